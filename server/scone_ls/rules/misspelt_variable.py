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
from functools import cache, partial

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.index import Place
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import is_open
from scone_ls.analysis.places import renamed
from scone_ls.analysis.variables import SET, known_variables, scone_names, settings
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, Subject
from scone_ls.spec import facts, spelling


def _check(document: Document) -> Iterator[Finding]:
    for names in document.names:
        for (kind, role), name, meant in names.derived("misspelt", SET, partial(_misspelt, names), from_names=True):
            message = f"SCONE has no variable `{name}`; did you mean `{meant}`?"
            for occurrence in names.named(kind, name, role):
                yield Finding(occurrence.span, message, Subject(name, meant=meant))


def _misspelt(names: Names) -> tuple[tuple[Place, str, str], ...]:
    """Return the names that SCONE does not have, each with the one that is probably meant."""
    unknown = (
        (place, name) for place, name in scone_names(names) if name not in known_variables() and not is_open(name)
    )
    meant = ((place, name, _meant(name)) for place, name in unknown)
    return tuple((place, name, other) for place, name, other in meant if other is not None)


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
