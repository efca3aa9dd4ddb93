"""A mesh gives a variable a value of several lines that will not survive.

Values are pasted into the text of other YAML files. There a value of several lines needs a `|` of its own, as its first
line, and lines that are indented further than whatever they are pasted into.

## Example

```yaml
apiVersion: scone/5.8
kind: mesh
cas:
  - cas_url: cas.example.com
policy:
  namespace: guestbook
env:
  - service: global
    env:
      - name: greeting
        value: |
#              ^ multiline-value: this value has several lines and is pasted into YAML; it needs a first line ` |` of its own
          Dear guest,
          be welcome.
services:
  - image: example.com/guestbook:1
```

Use instead:

```yaml
apiVersion: scone/5.8
kind: mesh
cas:
  - cas_url: cas.example.com
policy:
  namespace: guestbook
env:
  - service: global
    env:
      - name: greeting
        value: |
          |
                          Dear guest,
                          be welcome.
services:
  - image: example.com/guestbook:1
```
"""

import re
from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.gathered import Gathered
from scone_ls.analysis.names.index import Piece
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.places import place_at
from scone_ls.rules.rule import Finding, Group, Rule, Severity
from scone_ls.syntax import tree
from scone_ls.syntax.lines import line_end
from scone_ls.text import Span

_BLOCK = re.compile(r"\s*[|>][-+0-9]*[ \t]*\n")
_MESSAGE = "this value has several lines and is pasted into YAML; it needs a first line ` |` of its own"


def _check(document: Document) -> Iterator[Finding]:
    for names in document.names:
        torn = {
            name
            for piece, _ in names.telling(_of_several_lines, _of_several_lines)
            for name in _of_several_lines(piece)
        }
        for name in torn:
            for occurrence in names.named(NameKind.VARIABLE, name, Role.GIVES):
                if _is_torn(occurrence.detail or ""):
                    yield Finding(_head(document, occurrence), _MESSAGE)


def _of_several_lines(piece: Piece) -> list[str]:
    """Return the names of variables whose value has several lines; where there are only plain lines there is none."""
    if NameKind.VARIABLE not in piece.kinds or not isinstance(piece, Gathered):
        return []
    things = (thing for thing in piece.things if thing.kind is NameKind.VARIABLE and "\n" in (thing.detail or ""))
    return [thing.name for thing in things if thing.name is not None]


def _is_torn(value: str) -> bool:
    return "\n" in value.strip() and not _BLOCK.match(value)


def _head(document: Document, occurrence: Occurrence) -> Span:
    """Return the beginning of the value on its line; where it cannot be found, the name."""
    place = place_at(document, occurrence.start)
    mapping = place.container if place is not None else None
    for pair in mapping.pairs if isinstance(mapping, tree.Mapping) else ():
        if isinstance(pair.value, tree.Scalar) and pair.value.value == occurrence.detail:
            start, end = pair.value.span
            return Span(start, min(end, line_end(document.text.string, start)))
    return occurrence.span


RULE = Rule("multiline-value", Severity.INFORMATION, "0.1.0", Group.VALUES, _check)
