"""A placeholder has no end.

A secret is written `$$SCONE::name$$`, with two dollar signs on both sides, and a mesh variable `{{name}}`, with two
braces. Where the end is missing or only half there, the text stays as it is, or the mesh can't be applied.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
environment:
  local:
    - name: ADMIN_TOKEN
      value: $$SCONE::admin_token
#            ^^^^^^^^^^^^^^^^^^^^ unterminated-placeholder: `$$SCONE::admin_token` has no closing `$$`
secrets:
  global:
    - name: admin_token
      kind: ascii
```

Use instead:

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
environment:
  local:
    - name: ADMIN_TOKEN
      value: $$SCONE::admin_token$$
secrets:
  global:
    - name: admin_token
      kind: ascii
```

## Fix

The end is added, or completed.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from scone_ls.analysis import secrets
from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import Occurrence
from scone_ls.analysis.places import place_at
from scone_ls.edit import Edit
from scone_ls.rules.rule import Finding, Fix, FromNames, Group, Rule, Severity
from scone_ls.rules.undeclared_variable import is_known
from scone_ls.spec import facts
from scone_ls.syntax.templates import Template, TemplateKind
from scone_ls.text import Span

_GOES_ON = re.compile(r"\$\{?[A-Za-z_]|\{\{|[^\s$]*\$\$(?!SCONE::)")
"""What says that a name does not end here: a variable that is filled in, or a character before the end that no name has."""
_ONE_BRACE = re.compile(r"[ \t]*+\}(?!\})")
_NOTHING_MORE = re.compile(r"[ \t]*+\}?+(?![ \t]*+[^\s\"'])")
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)


class _End(NamedTuple):
    """What stands in the place of the end of a placeholder, and what has to stand there."""

    span: Span
    closing: str


def _check(document: Document) -> Iterator[Finding]:
    for names in document.names:
        for occurrence in names.unusual:
            template = occurrence.template
            if template is not None and not template.closed:
                end = _end(document, names, template)
                if end is not None:
                    span = Span(template.span.start, end.span.end)
                    text = document.text.string[slice(*span)]
                    yield Finding(span, f"`{text}` has no closing `{end.closing}`")


def _unusual(names: Names) -> list[Occurrence]:
    return names.unusual


def _end(document: Document, names: Names, template: Template) -> _End | None:
    match template.kind:
        case TemplateKind.SECRET:
            return _end_of_secret(document.text.string, names, template)
        case TemplateKind.MESH:
            return _end_of_variable(document, names, template)
        case TemplateKind.SHELL:
            return None


def _end_of_secret(string: str, names: Names, template: Template) -> _End | None:
    if not template.name or _GOES_ON.match(string, template.span.end):
        return None
    closing = facts.placeholders().closing
    end = template.name_span.end + len(_suffix(names, template))
    if end == template.suffix_span.end and template.encoding in {one.text for one in facts.placeholders().encodings}:
        end = template.encoding_span.end
    begun = len(closing) - 1 if string.startswith(closing[:-1], end) else 0
    return _End(Span(end, end + begun), closing)


def _suffix(names: Names, template: Template) -> str:
    """Return as much of what follows the name as is a suffix: the rest is the text around, such as a full stop."""
    kinds = secrets.declared_kinds(names, template.name)
    known = [suffix for kind in kinds for suffix in secrets.suffixes(kind) or ()] if kinds else secrets.all_suffixes()
    fitting = (suffix for suffix in known if template.suffix.startswith(suffix))
    return max(fitting, key=len, default="")


def _end_of_variable(document: Document, names: Names, template: Template) -> _End | None:
    """Return the end of a mesh variable, if it must be one: other languages have braces, too."""
    string, name_end = document.text.string, template.name_span.end
    last = _NOTHING_MORE.match(string, name_end)
    end = _ONE_BRACE.match(string, name_end) or last
    if end is None or not _NAME.fullmatch(template.name):
        return None
    if not is_known(names, template.name) and not (last and _is_all(document, template.span.start, last.end())):
        return None
    opening = string[template.span.start : template.name_span.start].count("{")
    return _End(Span(*end.span()), "}" * opening)


def _is_all(document: Document, start: int, end: int) -> bool:
    """Tell whether a part of the text is a whole value."""
    place = place_at(document, start)
    if place is None or not place.steps:
        return False
    string = document.text.string
    return string[slice(*place.steps[-1].value.span)].strip("\"'") == string[start:end]


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    names = document.names_at(finding.span.start)
    for occurrence in () if names is None else names.unusual:
        template = occurrence.template
        if names is None or template is None or template.span.start != finding.span.start:
            continue
        end = _end(document, names, template)
        if end is not None:
            yield Fix(f"close it with `{end.closing}`", (Edit(end.span, end.closing),), preferred=True, safe=True)


RULE = Rule(
    "unterminated-placeholder", Severity.ERROR, "0.1.0", Group.NAMES, _check, _fixes, is_quiet=FromNames(_unusual)
)
