"""A variable looks like one of the SCONE runtime whose name is misspelt.

The runtime reads the variables that it knows and ignores all others, so nobody would notice.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
environment:
  local:
    - name: SCONE_HAEP
#           ^^^^^^^^^^ misspelt-variable: SCONE has no variable `SCONE_HAEP`; did you mean `SCONE_HEAP`?
      value: 1G
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
  local:
    - name: SCONE_HEAP
      value: 1G
```

## Fix

The variable gets the name that is near.
"""

from collections.abc import Iterator
from functools import cache

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import is_open
from scone_ls.analysis.places import renamed
from scone_ls.analysis.variables import known_variables, settings
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, Subject
from scone_ls.spec import facts, spelling


def _check(document: Document) -> Iterator[Finding]:
    for setting in settings(document):
        name = setting.occurrence.name
        meant = _meant(name) if setting.variable is None and not is_open(name) else None
        if meant is not None:
            message = f"SCONE has no variable `{name}`; did you mean `{meant}`?"
            yield Finding(setting.occurrence.span, message, Subject(name, meant=meant))


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    if not isinstance(finding.cause, Subject) or finding.cause.meant is None:
        return
    meant = finding.cause.meant
    for setting in settings(document):
        if setting.occurrence.span == finding.span:
            yield Fix(f"rename it to `{meant}`", (renamed(document, setting.occurrence, meant),), preferred=True)


@cache
def _meant(name: str) -> str | None:
    prefix = facts.variables().prefix
    if any(variable.name == name for variable in facts.chart_variables()):
        return None
    # All have the beginning in common, so it must not count when names are compared.
    near = spelling.nearest(name.removeprefix(prefix), (known.removeprefix(prefix) for known in known_variables()))
    return None if near is None else prefix + near


RULE = Rule("misspelt-variable", Severity.INFORMATION, "0.1.0", Group.NAMES, _check, _fixes)
