"""A mesh gives a value to a variable that none of its services asks for.

It is said only where all services concerned are built in the workspace and come without charts of their own, and never
of variables that Helm charts read.

## Example

```yaml
#- /service.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
environment:
  global:
    - name: GREETING
#- /mesh.yaml
apiVersion: scone/5.8
kind: mesh
cas:
  - cas_url: cas.example.com
    name: cas
    alias: [image, security, access, attestation]
policy:
  namespace: guests
env:
  - service: guestbook
    env:
      - name: GREETING
        value: Hello
      - name: FAREWELL
#             ^^^^^^^^ unneeded-value: no service of the mesh asks for `FAREWELL`
        value: Bye
services:
  - name: guestbook
    image: example.com/guestbook:1
```

Use instead:

```yaml
#- /service.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
environment:
  global:
    - name: GREETING
#- /mesh.yaml
apiVersion: scone/5.8
kind: mesh
cas:
  - cas_url: cas.example.com
    name: cas
    alias: [image, security, access, attestation]
policy:
  namespace: guests
env:
  - service: guestbook
    env:
      - name: GREETING
        value: Hello
services:
  - name: guestbook
    image: example.com/guestbook:1
```

## Fix

A name that is nearly that of a variable without a value is replaced by it; else the entry can be removed.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.places import lines_of, place_at, removal, renamed
from scone_ls.analysis.workspace.interface import interface
from scone_ls.analysis.workspace.links import Linked, only_builder, services
from scone_ls.analysis.workspace.symbols import is_shared
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.edit import Edit
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, Subject, Tag, finds_no_links
from scone_ls.spec import facts, spelling
from scone_ls.syntax import tree


class Unneeded(NamedTuple):
    """A value that no service asks for, where it is given, and the variable that was probably meant."""

    place: Occurrence
    meant: str | None
    is_missed: bool
    """Whether the one that was meant has no value now and needs one: `missing-value` reports that, at this very place."""


def unneeded(names: Names, workspace: Workspace) -> Iterator[Unneeded]:
    """Yield the values of a mesh that no service asks for."""
    mesh = interface(names)
    if not mesh.given or not workspace.builds_any(mesh.images) or _has_files(names):
        return
    known = {variable.name for variable in facts.chart_variables()} | mesh.uses_variables
    groups = _Groups(services(workspace, mesh))
    for name, scope in sorted(mesh.given, key=lambda one: (one.name, one.scope or "")):
        asked = None if name in known else groups.asked(scope)
        if asked is not None and name not in asked:
            variables = groups.variables(scope)
            meant = spelling.nearest(name, sorted(variables.keys() - {one.name for one in mesh.given}))
            is_missed = meant is not None and not variables[meant] and NameKind.VARIABLE not in mesh.doubts
            for place in names.named(NameKind.VARIABLE, name, Role.GIVES):
                if place.scope == scope:
                    yield Unneeded(place, meant, is_missed)


def _check(document: Document, workspace: Workspace) -> Iterator[Finding]:
    for names in document.names:
        for one in unneeded(names, workspace):
            if not one.is_missed:
                yield _finding(one.place, one.meant)


class _Groups:
    """What the services of a mesh ask for, by the group that they get their values from; each told once."""

    def __init__(self, linked: tuple[Linked, ...]) -> None:
        self._linked = linked
        self._by_name: dict[str | None, list[Linked]] = {}
        for each in linked:
            self._by_name.setdefault(each.service.name, []).append(each)
        self._asked: dict[str | None, frozenset[str] | None] = {}

    def asked(self, scope: str | None) -> frozenset[str] | None:
        """Return all names that the services of a group use; nothing where one is built elsewhere, or there is none."""
        group = None if is_shared(scope) else scope
        if group not in self._asked:
            self._asked[group] = self._all_asked(scope)
        return self._asked[group]

    def variables(self, scope: str | None) -> dict[str, bool]:
        """Return the variables that the services of a group declare, and whether each has a default everywhere."""
        found: dict[str, bool] = {}
        for part in (part for each in self._of(scope) for part in each.builders):
            for variable in part.interface.variables:
                found[variable.name] = variable.has_default and found.get(variable.name, True)
        return found

    def _of(self, scope: str | None) -> Sequence[Linked]:
        return self._linked if is_shared(scope) else self._by_name.get(scope, [])

    def _all_asked(self, scope: str | None) -> frozenset[str] | None:
        found: set[str] = set()
        for each in self._of(scope):
            part = only_builder(each)
            if part is None or NameKind.VARIABLE in part.interface.doubts:
                return None
            found.update(part.interface.uses_variables, (variable.name for variable in part.interface.variables))
        return frozenset(found) if self._of(scope) else None


def _has_files(names: Names) -> bool:
    """Tell whether services bring charts or definitions of their own, which may ask for anything."""
    return bool(names.by_name(NameKind.FILE, Role.REFERS))


def _finding(place: Occurrence, meant: str | None) -> Finding:
    message = f"no service of the mesh asks for `{place.name}`"
    message += f"; did you mean `{meant}`?" if meant else ""
    return Finding(place.span, message, Subject(place.name, meant=meant))


def _fixes(document: Document, _workspace: Workspace, finding: Finding) -> Iterator[Fix]:
    subject = finding.cause
    names = document.names_at(finding.span.start)
    occurrence = None if names is None else names.at(finding.span.start)
    if occurrence is None or not isinstance(subject, Subject):
        return
    if subject.meant is not None:
        edit = renamed(document, occurrence, subject.meant)
        yield Fix(f"change it to `{subject.meant}`", (edit,), preferred=True)
    removing = _removing(document, occurrence)
    if removing is not None:
        yield Fix(f"remove the value of `{subject.name}`", (removing,))


def _removing(document: Document, occurrence: Occurrence) -> Edit | None:
    """Return the edit that takes out the entry of a list around a name, unless it is the only one."""
    place = place_at(document, occurrence.start)
    match place.steps if place is not None else ():
        case (*_, holder, tree.Item() as item, tree.Pair()):
            entries = holder.value
        case _:
            return None
    lines = lines_of(document.text.string, item.span)
    if not isinstance(entries, tree.Sequence) or entries.flow or len(entries.items) == 1 or lines is None:
        return None
    return Edit(removal(document.text.string, lines), "")


RULE = Rule(
    "unneeded-value",
    Severity.INFORMATION,
    "0.1.0",
    Group.WORKSPACE,
    tags=frozenset((Tag.UNNECESSARY,)),
    check_links=_check,
    fix_links=_fixes,
    are_links_quiet=finds_no_links(_check),
)
