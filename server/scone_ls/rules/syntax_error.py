"""The text is not YAML at this place.

The line, or the part of it that is marked, could not be read, so nothing is said about its content; the rest of the
file is judged as usual. Common mistakes have rules of their own, such as `missing-colon` or `unclosed-quote`; this
one is for all others.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py --title: Guests
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ syntax-error: a second `:` in `python3 guestbook.py --title: Guests`; a value with `: ` in it needs quotes
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
  command: "python3 guestbook.py --title: Guests"
environment:
```

## Fix

A value that YAML takes for something else is put in quotes.
"""

from scone_ls.rules.rule import fault_rule
from scone_ls.syntax.faults import FaultKind

RULE = fault_rule(FaultKind.SYNTAX, since="0.1.0")
