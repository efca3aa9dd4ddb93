"""What is shown between the words of a manifest: the values that Meshfiles give to variables, the kinds of secrets."""

from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.places import written_span
from scone_ls.analysis.workspace.given import given_values
from scone_ls.analysis.workspace.symbols import places
from scone_ls.analysis.workspace.workspace import ALONE, Workspace
from scone_ls.text import Span

_LONGEST = 40  # Characters of a value that are shown.
_MOST = 3  # Values of one variable that are shown.


class InlayHintOptions(NamedTuple):
    """Which hints are wanted."""

    values: bool = True
    secret_kinds: bool = True


class InlayHint(NamedTuple):
    """A text that is shown behind an offset (code points); `is_kind` tells whether it says what sort of thing stands there."""

    offset: int
    label: str
    is_kind: bool


def inlay_hints(
    document: Document, span: Span, options: InlayHintOptions, workspace: Workspace = ALONE
) -> tuple[InlayHint, ...]:
    """Return the hints in a span (code points), in the order of the text."""
    hints: list[InlayHint] = []
    for names in document.names:
        if names.span.overlaps(span):
            hints += _Hints(document, workspace, options).of(names, span)
    return tuple(sorted(hints))


class _Hints:
    """The hints for one manifest; what is known of a name is looked up once."""

    def __init__(self, document: Document, workspace: Workspace, options: InlayHintOptions) -> None:
        self._document = document
        self._workspace = workspace
        self._options = options
        self._values: dict[tuple[str, str | None], str] = {}
        self._kinds: dict[str, str] = {}

    def of(self, names: Names, span: Span) -> list[InlayHint]:
        """Return the hints in a span."""
        hints: list[InlayHint] = []
        for occurrence in names.within(span):
            label = self._label(occurrence)
            if label:
                end = written_span(self._document, occurrence).end
                hints.append(InlayHint(end, label, occurrence.kind is NameKind.SECRET))
        return hints

    def _label(self, occurrence: Occurrence) -> str:
        match occurrence.kind, occurrence.role:
            case NameKind.VARIABLE, Role.DECLARES | Role.REFERS if self._options.values:
                return self._value(occurrence)
            case NameKind.SECRET, Role.IMPORTS | Role.REFERS if self._options.secret_kinds and not occurrence.wanted:
                return self._kind(occurrence)
            case _:
                return ""

    def _value(self, occurrence: Occurrence) -> str:
        key = occurrence.name, occurrence.scope
        if key not in self._values:
            given = given_values(self._workspace, self._document, occurrence)
            values = dict.fromkeys(_short(one.occurrence.detail) for one in given if one.occurrence.detail is not None)
            shown = [*list(values)[:_MOST], *(["…"] if len(values) > _MOST else [])]
            self._values[key] = f"= {' | '.join(shown)}" if shown else ""
        return self._values[key]

    def _kind(self, occurrence: Occurrence) -> str:
        name = occurrence.name
        if name not in self._kinds:
            found = places(self._workspace, self._document, occurrence)
            kinds = {one.occurrence.detail for one in found if one.occurrence.role is Role.DECLARES}
            kind = kinds.pop() if len(kinds) == 1 else None
            self._kinds[name] = f": {_short(kind)}" if kind else ""
        return self._kinds[name]


def _short(value: str) -> str:
    text = " ".join(value[: 2 * _LONGEST].split())
    return text if len(text) <= _LONGEST and len(value) <= 2 * _LONGEST else f"{text[: _LONGEST - 1]}…"
