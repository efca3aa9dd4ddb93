"""Two things have the same name.

Names of secrets are unique in a manifest (and in the whole mesh), those of services and roles in a mesh. Of two
variables with one name only one gets through, and which one nothing on the page tells; the same goes for two injected
files with one path.

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
  global:
    - name: store_host
    - name: store_host
#           ^^^^^^^^^^ duplicate-name: variable `store_host` stands on line 10 already
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
  global:
    - name: store_host
```

## Fix

The later one is removed if it is the very same text.
"""

from collections.abc import Iterator
from functools import partial
from itertools import combinations
from typing import NamedTuple

from scone_ls.analysis.cutting import without_item
from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.places import place_at
from scone_ls.analysis.violations import Keyword
from scone_ls.rules.rule import Finding, Fix, FromNames, Group, Related, Rule, Severity
from scone_ls.syntax import tree
from scone_ls.text import Span


class _Sort(NamedTuple):
    """Names that have to differ from each other, the word for what has them, and how bad it is if they do not."""

    word: str
    places: tuple[tuple[NameKind, Role], ...]
    severity: Severity


_SORTS = (
    _Sort("secret", ((NameKind.SECRET, Role.DECLARES),), Severity.ERROR),
    _Sort("import", ((NameKind.SECRET, Role.IMPORTS),), Severity.WARNING),
    _Sort("variable", ((NameKind.LOCAL, Role.DECLARES), (NameKind.VARIABLE, Role.DECLARES)), Severity.WARNING),
    _Sort("variable", ((NameKind.VARIABLE, Role.GIVES),), Severity.WARNING),
    _Sort("service", ((NameKind.SERVICE, Role.DECLARES),), Severity.ERROR),
    _Sort("role", ((NameKind.CAS_ROLE, Role.DECLARES),), Severity.ERROR),
    _Sort("volume", ((NameKind.VOLUME, Role.DECLARES),), Severity.WARNING),
    _Sort("injected file", ((NameKind.INJECTED, Role.DECLARES),), Severity.WARNING),
)
_GROUPS = (NameKind.SERVICE, Role.REFERS)
"""Where variables get their groups from."""
_GROUNDS = (*dict.fromkeys(place for sort in _SORTS for place in sort.places), _GROUPS)


def _check(document: Document) -> Iterator[Finding]:
    for names in document.names:
        for sort, name in names.derived("several", _GROUNDS, partial(_all_several, names), from_names=True):
            yield from _repeated(document, _in_order(names, sort, name), sort)
        yield from _declared_and_imported(document, names)


def _stands_twice(names: Names) -> bool:
    return bool(_all_several(names) or _in_both(names))


def _all_several(names: Names) -> tuple[tuple[_Sort, str], ...]:
    return tuple((sort, name) for sort in _SORTS for name in _several(names, sort))


def _several(names: Names, sort: _Sort) -> set[str]:
    """Return the names that stand in several places."""
    found: set[str] = set()
    for place in sort.places:
        repeated = (name for name, raw in names.by_name(*place).items() if len(raw) > 1)
        found.update(name for name in repeated if _clash(names.scopes(*place, name)))
    tables = [names.by_name(*place) for place in sort.places]
    for table, other in combinations(tables, 2):
        found |= table.keys() & other.keys()
    return found


def _clash(scopes: list[str | None]) -> bool:
    """Tell whether two of the places are meant for the same service."""
    return len(set(scopes)) < len(scopes)


def _in_order(names: Names, sort: _Sort, name: str) -> list[Occurrence]:
    found = (occurrence for kind, role in sort.places for occurrence in names.named(kind, name, role))
    return sorted(found, key=lambda occurrence: occurrence.start)


def _repeated(document: Document, occurrences: list[Occurrence], sort: _Sort) -> Iterator[Finding]:
    first: dict[str | None, Occurrence] = {}
    for occurrence in occurrences:
        known = first.setdefault(occurrence.scope, occurrence)
        if known is occurrence or _is_unknown_group(document, occurrence):
            continue
        if not _is_under_repeated_key(document, occurrence):
            line = document.text.line_at(known.start) + 1
            message = f"{sort.word} `{occurrence.name}` stands on line {line} already"
            related = (Related(known.span, f"`{occurrence.name}` stands here first"),)
            yield Finding(occurrence.span, message, severity=sort.severity, related=related)


def _is_under_repeated_key(document: Document, occurrence: Occurrence) -> bool:
    """Tell whether a name stands twice only because a key around it does, which is reported there."""
    repeated = {violation.start for violation in document.violations_by_keyword.get(Keyword.DUPLICATE, ())}
    place = place_at(document, occurrence.start) if repeated else None
    return place is not None and any(
        isinstance(step, tree.Pair) and step.key.span.start in repeated for step in place.steps
    )


def _is_unknown_group(document: Document, occurrence: Occurrence) -> bool:
    """Tell whether a value is given in a group that does not say yet for whom it is."""
    if occurrence.role is not Role.GIVES or occurrence.scope is not None:
        return False
    place = place_at(document, occurrence.start)
    return place is not None and sum(isinstance(step, tree.Item) for step in place.steps) > 1


def _in_both(names: Names) -> set[str]:
    """Return the secrets that are both declared and imported."""
    declared, imported = (names.by_name(NameKind.SECRET, role) for role in (Role.DECLARES, Role.IMPORTS))
    return declared.keys() & imported.keys()


def _declared_and_imported(document: Document, names: Names) -> Iterator[Finding]:
    for name in _in_both(names):
        here = names.named(NameKind.SECRET, name, Role.DECLARES)[0]
        for occurrence in names.named(NameKind.SECRET, name, Role.IMPORTS):
            line = document.text.line_at(here.start) + 1
            message = f"secret `{name}` is imported, and declared on line {line}"
            related = (Related(here.span, f"`{name}` is declared here"),)
            yield Finding(occurrence.span, message, severity=Severity.WARNING, related=related)


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    later, first = (_value(document, span) for span in (finding.span, *(one.span for one in finding.related[:1])))
    edit = without_item(document, finding.span.start)
    if later is None or first is None or edit is None:
        return
    string = document.text.string
    same = string[slice(*later.span)].rstrip() == string[slice(*first.span)].rstrip()
    if same or isinstance(later, tree.Scalar):
        yield Fix("remove this one", (edit,), preferred=same, safe=same)


def _value(document: Document, span: Span) -> tree.Node | None:
    """Return what the innermost item of a list around a name holds."""
    place = place_at(document, span.start)
    steps = () if place is None else place.steps
    return next((step.value for step in reversed(steps) if isinstance(step, tree.Item)), None)


RULE = Rule("duplicate-name", Severity.ERROR, "0.1.0", Group.NAMES, _check, _fixes, is_quiet=FromNames(_stands_twice))
