"""No CAS of a mesh plays one of the roles that are needed.

Mostly one CAS plays them all: the first one in `name`, the others in `alias`. A mesh that has a CAS without a name is
not judged.

## Example

```yaml
apiVersion: scone/5.8
kind: mesh
cas:
  - name: cas
    alias: [image, security]
#   ^^^^^ missing-cas-role: no CAS has the roles `access`, `attestation`
    cas_url: cas.example.com
policy:
  namespace: guestbook
env:
services:
  - image: example.com/guestbook:1
```

Use instead:

```yaml
apiVersion: scone/5.8
kind: mesh
cas:
  - name: cas
    alias: [image, security, access, attestation]
    cas_url: cas.example.com
policy:
  namespace: guestbook
env:
services:
  - image: example.com/guestbook:1
```

## Fix

The first CAS plays the missing roles as well. A misspelt role gets its right name.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.analysis.places import place_at, renamed, written_span
from scone_ls.edit import Edit
from scone_ls.rules.rule import Finding, Fix, FromNames, Group, Rule, Severity, Subject
from scone_ls.spec import facts, spelling
from scone_ls.syntax import tree
from scone_ls.syntax.layout import insert_item, insert_pair
from scone_ls.text import Span

_SIGNS = re.compile(r"[\s,;]+")
"""What stands between roles that were meant to be several."""


def _check(document: Document) -> Iterator[Finding]:
    for names in document.names:
        missing = _missing(names)
        roles = {role.name for role in facts.cas_roles()}
        declared = names.by_name(NameKind.CAS_ROLE, Role.DECLARES).keys()
        for name in sorted(declared - roles) if missing else ():
            several = _SIGNS.split(name)
            if len(several) > 1 and roles.issuperset(several):
                missing = [role for role in missing if role not in several]
                listed = ", ".join(several)
                for occurrence in names.named(NameKind.CAS_ROLE, name, Role.DECLARES):
                    message = f"`{name}` is one role; did you mean `{listed}`?"
                    yield Finding(occurrence.span, message, Subject(name, meant=listed))
                continue
            meant = spelling.nearest(name, missing)
            if meant is not None:
                missing.remove(meant)
                for occurrence in names.named(NameKind.CAS_ROLE, name, Role.DECLARES):
                    message = f"unknown role `{name}`; did you mean `{meant}`?"
                    yield Finding(occurrence.span, message, Subject(name, meant=meant))
        first = _first(names) if missing else None
        if first is not None:
            lacking = ", ".join(f"`{role}`" for role in missing)
            yield Finding(first.span, f"no CAS has the role{'s' if len(missing) > 1 else ''} {lacking}")


def _missing(names: Names) -> list[str]:
    """Return the roles that a mesh needs and has not, where it has some."""
    declared = names.by_name(NameKind.CAS_ROLE, Role.DECLARES)
    if not declared or NameKind.CAS_ROLE in names.doubts:
        return []
    return [role.name for role in facts.cas_roles() if role.required and role.name not in declared]


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    names = document.names_at(finding.span.start)
    if names is None:
        return
    if isinstance(finding.cause, Subject) and finding.cause.meant is not None:
        meant = finding.cause.meant
        found = (one for one in names.named(NameKind.CAS_ROLE, finding.cause.name) if one.span == finding.span)
        for occurrence in found:
            if _SIGNS.search(meant):
                place = place_at(document, occurrence.start)
                is_flow = place is not None and isinstance(place.container, tree.Sequence) and place.container.flow
                if is_flow:
                    edit = Edit(written_span(document, occurrence), meant)
                    yield Fix(f"write `{meant}`", (edit,), preferred=True)
                continue
            yield Fix(f"change it to `{meant}`", (renamed(document, occurrence, meant),), preferred=True, safe=True)
        return
    declared = names.by_name(NameKind.CAS_ROLE, Role.DECLARES)
    missing = [role.name for role in facts.cas_roles() if role.required and role.name not in declared]
    first = _first(names)
    edit = _added(document.text.string, first, missing) if first is not None else None
    if edit is not None:
        yield Fix(f"add {', '.join(f'`{role}`' for role in missing)}", (edit,), preferred=True)


class _First(NamedTuple):
    """The first CAS of a mesh: its mapping, the key of the list of its roles, and the pair that has this key, if any."""

    mapping: tree.Mapping
    key: str
    roles: tree.Pair | None

    @property
    def span(self) -> Span:
        """What is worth pointing at."""
        pair = self.roles or self.mapping.pairs[0]
        return pair.key.span if self.roles else pair.value.span


def _first(names: Names) -> _First | None:
    thing = next(names.things(NameKind.CAS_ROLE), None)
    if thing is None:
        return None
    mapping, fields = thing.thing.at(thing.base), thing.thing.field.properties
    key = next(name for name, field in fields.items() if field.items is not None and field.items.names)
    return _First(mapping, key, next((pair for pair in mapping.pairs if pair.name == key), None))


def _added(string: str, first: _First, missing: list[str]) -> Edit | None:
    """Return an edit that adds roles to the list of a CAS."""
    listed = ", ".join(missing)
    if first.roles is None:
        return insert_pair(string, first.mapping, f"{first.key}: [{listed}]", first.mapping.pairs[0])
    match first.roles.value:
        case tree.Sequence(flow=True) as roles:
            return insert_item(string, roles, listed)
        case tree.Sequence() as roles:
            edits = [insert_item(string, roles, role) for role in missing]
            return Edit(edits[0].span, "".join(edit.new_text for edit in edits))
        case tree.Scalar(is_null=True) if first.roles.colon is not None:
            return Edit(Span(first.roles.colon + 1, first.roles.value.span.end), f" [{listed}]")
        case _:
            return None


RULE = Rule("missing-cas-role", Severity.WARNING, "0.1.0", Group.NAMES, _check, _fixes, is_quiet=FromNames(_missing))
