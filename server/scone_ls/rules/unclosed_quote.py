"""A quoted text has no end, or no beginning.

YAML looks for the other quote through all the lines that follow, so a missing one swallows the keys below.
A quote that ends a value and is its only one is fine for YAML, and belongs to the value; mostly its partner was lost.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: "python3 guestbook.py
#          ^^^^^^^^^^^^^^^^^^^^^ unclosed-quote: the quote `"` is never closed
environment:
```

Use instead:

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: "python3 guestbook.py"
environment:
```

## Fix

The missing quote is added at the end of the line, or where else it may have been.
"""

import re
from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.places import Place, field_at, place_at
from scone_ls.rules.malformed_variable import judged_values
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, faults_of, repairs_of
from scone_ls.rules.unknown_tolerance import is_list_of_risks
from scone_ls.spec.schema import Field
from scone_ls.syntax import lines, tree
from scone_ls.syntax.faults import FaultKind
from scone_ls.syntax.recovery.quotes import stray_quote
from scone_ls.text import Span

_END = {quote: re.compile(rf"[^{quote}\n]*({quote})[ \t]*(?: #[^\n]*)?\r?(?:\n|\Z)") for quote in ("'", '"')}
"""A line whose only quote is at its end."""


def _check(document: Document) -> Iterator[Finding]:
    yield from faults_of(document, FaultKind.UNCLOSED_QUOTE)
    string = document.text.string
    for quote, end in _END.items():
        if string.count(quote) % 2:  # Where all have a partner, none is stray: nothing has to be looked for.
            match = end.match(string, _odd_line(string, quote))
            if match is not None:
                yield from _stray(document, match.start(1))


def _odd_line(string: str, quote: str) -> int:
    """Return the start of the line with a quote that makes their number odd, of several such lines any one."""
    low, high = 0, len(string)
    while True:
        middle = lines.next_line(string, (low + high) // 2)
        if middle >= high:
            break
        if string.count(quote, low, middle) % 2:
            high = middle
        else:
            low = middle
    while (end := lines.next_line(string, low)) < high and not string.count(quote, low, end) % 2:
        low = end
    return low


def _stray(document: Document, closing: int) -> Iterator[Finding]:
    """Yield a finding for a quote at the end of a plain text, where no other rule looks at the text."""
    string, place = document.text.string, place_at(document, closing)
    value = place.steps[-1].value if place is not None and place.steps else None
    if place is None or not isinstance(value, tree.Scalar) or value.style or value.span.end != closing + 1:
        return
    if string.count(string[closing], *value.span) > 1 or not _is_free(document, place, value):
        return
    line = lines.line_start(string, value.span.start)
    fault = stray_quote(string, lines.content_start(string, line, len(string)), closing)
    yield Finding(Span(value.span.start, closing + 1), fault.message, fault, Severity.INFORMATION)


def _is_free(document: Document, place: Place, value: tree.Scalar) -> bool:
    field: Field | None = field_at(document, place)
    if field is None or field.enum or field.pattern or field.names or is_list_of_risks(field):
        return False
    return value.span not in judged_values(document)


def _fixes(_document: Document, finding: Finding) -> Iterator[Fix]:
    return repairs_of(finding, safe=False)


RULE = Rule(FaultKind.UNCLOSED_QUOTE.value, Severity.ERROR, "0.1.0", Group.SYNTAX, _check, _fixes)
