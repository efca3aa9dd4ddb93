"""The three sorts of template in a scalar's text, each with its exact place.

* `$NAME` and `${NAME}` are filled in by a shell before the manifest is used;
* `{{name}}` is filled in when a mesh is applied;
* `$$SCONE::name:suffix|encoding$$` is filled in at run time, after attestation.

It finds them in the source text, so quotes and line ends of the scalar play no part. It does not know which names exist.
"""

import re
from dataclasses import dataclass
from enum import Enum

from scone_ls.text import Span

_TEMPLATE = re.compile(
    r"\$\$SCONE::(?P<secret>[\w-]*)(?P<suffix>[:.][\w:.-]*)?(?P<encoding>\|[\w()-]*)?(?P<closing>\$\$)?"
    r"|(?P<brace>\{\{\{?)[ \t]*(?P<mesh>[^\s{}\"']*)(?:[^{}\n]*(?P<unbrace>\}\}\}?))?"
    r"|\$\{(?P<braced>[A-Za-z_]\w*)(?P<unbraced>\})?"
    r"|\$(?P<shell>[A-Za-z_]\w*)",
    re.ASCII,
)
_NAMES = ("secret", "mesh", "braced", "shell")


class TemplateKind(Enum):
    """Who fills a template in."""

    SHELL = "shell"
    MESH = "mesh"
    SECRET = "secret"  # noqa: S105  # The word, not a password.


@dataclass(frozen=True, slots=True)
class Template:
    """One template; all spans are half-open, in code points of the whole text.

    `suffix` has its first character (`:` or `.`), `encoding` its `|`; both are empty, with an empty span, where none is
    written. `closed` tells whether the template has its end.
    """

    kind: TemplateKind
    span: Span
    name: str
    name_span: Span
    suffix: str
    suffix_span: Span
    encoding: str
    encoding_span: Span
    closed: bool

    def moved(self, distance: int) -> "Template":
        """Return the template moved by so many code points."""
        # Spelled out, as `replace` takes nearly twice as long, and large manifests have many.
        return Template(
            self.kind,
            self.span.moved(distance),
            self.name,
            self.name_span.moved(distance),
            self.suffix,
            self.suffix_span.moved(distance),
            self.encoding,
            self.encoding_span.moved(distance),
            self.closed,
        )


def templates_in(string: str, span: Span) -> tuple[Template, ...]:
    """Return the templates in a part of the text, in its order."""
    return tuple(_template(match) for match in _TEMPLATE.finditer(string, span.start, span.end))


def template_at(string: str, span: Span, offset: int) -> Template | None:
    """Return the template in a part of the text that the offset touches."""
    return next((found for found in templates_in(string, span) if found.span.touches(offset)), None)


def _template(match: re.Match[str]) -> Template:
    group = next(name for name in _NAMES if match[name] is not None)
    name_span = Span(*match.span(group))
    suffix_span = _span_or_empty(match, "suffix", name_span.end)
    encoding_span = _span_or_empty(match, "encoding", suffix_span.end)
    match group:
        case "secret":
            kind, closed = TemplateKind.SECRET, match["closing"] is not None
        case "mesh":
            kind, closed = TemplateKind.MESH, len(match["unbrace"] or "") >= len(match["brace"])
        case "braced":
            kind, closed = TemplateKind.SHELL, match["unbraced"] is not None
        case _:
            kind, closed = TemplateKind.SHELL, True
    return Template(
        kind=kind,
        span=Span(*match.span()),
        name=match[group],
        name_span=name_span,
        suffix=match["suffix"] or "",
        suffix_span=suffix_span,
        encoding=match["encoding"] or "",
        encoding_span=encoding_span,
        closed=closed,
    )


def _span_or_empty(match: re.Match[str], group: str, otherwise: int) -> Span:
    return Span(*match.span(group)) if match[group] is not None else Span(otherwise, otherwise)
