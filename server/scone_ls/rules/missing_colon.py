"""A key has no colon.

Without the `:`, and a blank or the end of the line behind it, YAML reads the line as text.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind python
# ^^^^^^^^^^^ missing-colon: `kind` has no colon
  to: example.com/guestbook:1
  command: python3 guestbook.py
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
environment:
```

## Fix

The colon is inserted behind the first word.
"""

from scone_ls.rules.rule import fault_rule
from scone_ls.syntax.faults import FaultKind

RULE = fault_rule(FaultKind.MISSING_COLON, since="0.1.0", safe=True)
