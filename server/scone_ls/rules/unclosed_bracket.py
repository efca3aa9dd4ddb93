"""A list in `[…]` or a mapping in `{…}` has no end.

YAML looks for the closing bracket through all the lines that follow.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
  copy: [guestbook.py, pages
#       ^^^^^^^^^^^^^^^^^^^^ unclosed-bracket: `[` is never closed
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
  command: python3 guestbook.py
  copy: [guestbook.py, pages]
environment:
```

## Fix

The closing bracket is added at the end of the line.
"""

from scone_ls.rules.rule import fault_rule
from scone_ls.syntax.faults import FaultKind

RULE = fault_rule(FaultKind.UNCLOSED_FLOW, since="0.1.0")
