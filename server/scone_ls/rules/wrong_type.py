"""A value is of another type than the one that has to stand here.

There are three: a single value, a list, a mapping. A text that is nothing but `$NAME` passes everywhere, as a template
may be filled in with anything.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
  copy: guestbook.py
#       ^^^^^^^^^^^^ wrong-type: `copy` is text; it has to be a list
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
  copy:
    - guestbook.py
environment:
```

## Fix

A single value becomes a list, the only entry of a list a single value, `key value` a mapping; and the like, where
what stands there says how.
"""

from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.retyping import retyped
from scone_ls.analysis.violations import Keyword, Violation
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, without_violations
from scone_ls.spec.schema import Field

_FOUND = {
    "array": "a list",
    "object": "a mapping",
    "string": "text",
    "number": "a number",
    "boolean": "`true` or `false`",
    "null": "empty",
}


def _check(document: Document) -> Iterator[Finding]:
    for violation in document.violations_by_keyword.get(Keyword.TYPE, ()):
        if violation.field is not None:
            yield Finding(violation.span, _message(violation, violation.field), violation)


def _message(violation: Violation, field: Field) -> str:
    wanted = _wanted(field.types)
    is_item = bool(violation.path) and isinstance(violation.path[-1], int)
    subject = f"this entry of `{field.name}`" if is_item else f"`{field.name}`"
    return f"{subject} is {_FOUND[violation.name]}; it has to be {wanted}"


def _wanted(types: frozenset[str]) -> str:
    """Return what may stand at a place, in words."""
    parts = [word for json_type, word in (("array", "a list"), ("object", "a mapping")) if json_type in types]
    scalars = types - {"array", "object", "null"}
    if "boolean" in scalars and "number" not in scalars:
        parts.append("`true` or `false`")
    elif scalars and scalars <= {"number", "integer"}:
        parts.append("a number")
    elif scalars:
        parts.append("a single value")
    return " or ".join(parts)


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    violation = finding.cause
    if isinstance(violation, Violation) and violation.field is not None:
        for title, edits in retyped(document, violation, violation.field):
            yield Fix(title, edits, preferred=True)


RULE = Rule("wrong-type", Severity.ERROR, "0.1.0", Group.STRUCTURE, _check, _fixes, is_quiet=without_violations)
