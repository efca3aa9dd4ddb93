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
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role, is_open
from scone_ls.analysis.places import renamed
from scone_ls.analysis.remembered import Remembered
from scone_ls.analysis.variables import SET, known_variables, settings
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, Subject
from scone_ls.spec import facts, spelling


def _check(document: Document) -> Iterator[Finding]:
    for setting in settings(document):
        name = setting.occurrence.name
        meant = _meant(name) if setting.variable is None and not is_open(name) else None
        if meant is not None:
            message = f"SCONE has no variable `{name}`; did you mean `{meant}`?"
            yield Finding(setting.occurrence.span, message, Subject(name, meant=meant))

    for names in document.names:
        for occurrence, meant in _wrongly_begun(names):
            message = f"`{occurrence.name}` is nearly the variable `{meant}` of SCONE; did you mean that?"
            yield Finding(occurrence.span, message, Subject(occurrence.name, meant=meant))


def _wrongly_begun(names: Names) -> Iterator[tuple[Occurrence, str]]:
    """Yield the variables of SCONE in whose first word a slip is."""

    def derive() -> tuple[tuple[NameKind, Role, str, str], ...]:
        wrong = ((place, name) for place in SET for name in _WELL_BEGUN.failing(names.by_name(*place)))
        found = ((*place, name, _of_wrong_beginning(name)) for place, name in wrong)
        return tuple((kind, role, name, meant) for kind, role, name, meant in found if meant is not None)

    for kind, role, name, meant in names.derived("nearly variables of SCONE", SET, derive, from_names=True):
        yield from ((occurrence, meant) for occurrence in names.named(kind, name, role))


def _of_wrong_beginning(name: str) -> str | None:
    prefix = facts.variables().prefix
    word, sign, rest = name.partition(prefix[-1])
    right = prefix + rest
    is_near = sign and right in known_variables() and word != prefix[:-1]
    return right if is_near and spelling.distance(word, prefix[:-1]) == 1 else None


_WELL_BEGUN = Remembered(lambda name: _of_wrong_beginning(name) is None)


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    if not isinstance(finding.cause, Subject) or finding.cause.meant is None:
        return
    meant = finding.cause.meant
    names = document.names_at(finding.span.start)
    occurrence = None if names is None else names.at(finding.span.start)
    if names is None or occurrence is None or any(meant in names.by_name(*place) for place in SET):
        return  # A variable that is set already would be set twice.
    yield Fix(f"rename it to `{meant}`", (renamed(document, occurrence, meant),), preferred=True)


@cache
def _meant(name: str) -> str | None:
    prefix = facts.variables().prefix
    if any(variable.name == name for variable in facts.chart_variables()):
        return None
    # All have the beginning in common, so it must not count when names are compared.
    near = spelling.nearest(name.removeprefix(prefix), (known.removeprefix(prefix) for known in known_variables()))
    return None if near is None else prefix + near


RULE = Rule("misspelt-variable", Severity.INFORMATION, "0.1.0", Group.NAMES, _check, _fixes)
