"""A value is none of those that can stand here.

Values with a shell variable or a mesh variable in them are not judged.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: pyton
#       ^^^^^ unknown-value: unknown value `pyton` for `kind`; did you mean `python`?
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

A misspelt value gets the right name.
"""

from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.meaning import probable_value
from scone_ls.analysis.places import replaced
from scone_ls.analysis.violations import Keyword, Violation
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, without_violations
from scone_ls.rules.unknown_kind import is_kind
from scone_ls.spec.schema import Field

_FEW = 6  # Values that a message may list.


def _check(document: Document) -> Iterator[Finding]:
    for violation in document.violations_by_keyword.get(Keyword.ENUM, ()):
        field = violation.field
        if field is not None and not is_kind(document, violation):
            severity = Severity(field.severity) if field.severity else None
            yield Finding(violation.span, _message(violation.name, field), violation, severity)


def _message(text: str, field: Field) -> str:
    fact = f"unknown value `{text}` for `{field.name}`"
    meant = probable_value(text, field)
    if meant is not None:
        return f"{fact}; did you mean `{meant}`?"
    words = [f"`{value}`" for value in field.enum]
    if len(words) > _FEW:
        return fact
    return f"{fact}; it takes {' or '.join((', '.join(words[:-1]), words[-1])) if len(words) > 1 else words[0]}"


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    violation = finding.cause
    if not isinstance(violation, Violation) or violation.field is None:
        return
    meant = probable_value(violation.name, violation.field)
    if meant is not None:
        yield Fix(f"change it to `{meant}`", (replaced(document, violation.span, meant),), preferred=True, safe=True)


RULE = Rule("unknown-value", Severity.ERROR, "0.1.0", Group.STRUCTURE, _check, _fixes, is_quiet=without_violations)
