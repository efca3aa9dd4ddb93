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
from scone_ls.analysis.names.index import Place
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import is_open
from scone_ls.analysis.places import renamed
from scone_ls.analysis.remembered import Remembered
from scone_ls.analysis.variables import SET, known_variables, scone_names
from scone_ls.rules.rule import Finding, Fix, FromNames, Group, Rule, Severity, Subject
from scone_ls.spec import facts, spelling


def _check(document: Document) -> Iterator[Finding]:
    for names in document.names:
        for (kind, role), name, meant in _misspelt(names):
            message = f"SCONE has no variable `{name}`; did you mean `{meant}`?"
            for occurrence in names.named(kind, name, role):
                yield Finding(occurrence.span, message, Subject(name, meant=meant))
        for (kind, role), name, meant in _wrongly_begun(names):
            message = f"`{name}` is nearly the variable `{meant}` of SCONE; did you mean that?"
            for occurrence in names.named(kind, name, role):
                yield Finding(occurrence.span, message, Subject(name, meant=meant))


def _misspelt(names: Names) -> tuple[tuple[Place, str, str], ...]:
    """Return the names that SCONE does not have, each with the one that is probably meant."""

    def derive() -> tuple[tuple[Place, str, str], ...]:
        unknown = (
            (place, name) for place, name in scone_names(names) if name not in known_variables() and not is_open(name)
        )
        meant = ((place, name, _meant(name)) for place, name in unknown)
        return tuple((place, name, other) for place, name, other in meant if other is not None)

    return names.derived("misspelt", SET, derive, from_names=True)


def _wrongly_begun(names: Names) -> tuple[tuple[Place, str, str], ...]:
    """Return the names in whose first word, which would make them SCONE's, is a slip, each with what is meant."""

    def derive() -> tuple[tuple[Place, str, str], ...]:
        wrong = ((place, name) for place in SET for name in _WELL_BEGUN.failing(names.by_name(*place)))
        meant = ((place, name, _of_wrong_beginning(name)) for place, name in wrong)
        return tuple((place, name, other) for place, name, other in meant if other is not None)

    return names.derived("nearly of scone", SET, derive, from_names=True)


def _is_any_wrong(names: Names) -> bool:
    return bool(_misspelt(names) or _wrongly_begun(names))


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


RULE = Rule(
    "misspelt-variable", Severity.INFORMATION, "0.1.0", Group.NAMES, _check, _fixes, is_quiet=FromNames(_is_any_wrong)
)
