"""A line stands at a column at which nothing can stand.

The indentation says which mapping or list a line belongs to. A column between two of them says nothing, and YAML
readers give up there.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
   kind: python
#^^^^^^ wrong-indentation: indented with 3 blanks where 2 would fit
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

The line, and those that belong to it, get the indentation that is most likely meant; further ones are offered where
there are any.
"""

from scone_ls.rules.rule import fault_rule
from scone_ls.syntax.faults import FaultKind

RULE = fault_rule(FaultKind.INDENTATION, since="0.1.0")
