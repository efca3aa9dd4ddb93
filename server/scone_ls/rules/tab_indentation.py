"""A tab stands where YAML wants blanks.

YAML does not say how wide a tab is, so it does not allow one in an indentation, nor between a dash or colon and what
follows it. (In the example `⇥` stands for a tab.)

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
⇥name: guestbook
#^ (+0:1) tab-indentation: tab in the indentation; YAML indents with blanks only
  kind: python
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

The tab becomes as many blanks as the lines around it have.
"""

from scone_ls.rules.rule import fault_rule
from scone_ls.syntax.faults import FaultKind

RULE = fault_rule(FaultKind.TAB, since="0.1.0", safe=True)
