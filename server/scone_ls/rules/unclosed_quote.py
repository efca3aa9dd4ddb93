"""A quoted text has no end, or no beginning.

YAML looks for the other quote through all the lines that follow, so a missing one swallows the keys below.

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

from scone_ls.rules.rule import fault_rule
from scone_ls.syntax.faults import FaultKind

RULE = fault_rule(FaultKind.UNCLOSED_QUOTE, since="0.1.0")
