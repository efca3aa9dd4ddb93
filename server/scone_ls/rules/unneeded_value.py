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

from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.places import lines_of, place_at, removal, renamed
from scone_ls.analysis.workspace.interface import Interface, interface
from scone_ls.analysis.workspace.links import Linked, Part, only_builder, services
from scone_ls.analysis.workspace.symbols import is_shared
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.edit import Edit
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, Subject, Tag
from scone_ls.spec import facts, spelling
from scone_ls.syntax import tree


def _check(document: Document, workspace: Workspace) -> Iterator[Finding]:
    for names in document.names:
        mesh = interface(names)
        if not mesh.services or not mesh.given or _has_files(names):
            continue
        known = {variable.name for variable in facts.chart_variables()} | mesh.uses_variables
        linked = services(workspace, mesh)
        for name, scope in sorted(mesh.given, key=lambda one: (one.name, one.scope or "")):
            asking = None if name in known else _asking(linked, scope)
            if asking is not None and not any(_asks(part.interface, name) for part in asking):
                meant = _meant(name, asking, mesh)
                for place in names.named(NameKind.VARIABLE, name, Role.GIVES):
                    if place.scope == scope:
                        yield _finding(place, meant)


def _has_files(names: Names) -> bool:
    """Tell whether services bring charts or definitions of their own, which may ask for anything."""
    return bool(names.by_name(NameKind.FILE, Role.REFERS))


def _asking(linked: tuple[Linked, ...], scope: str | None) -> list[Part] | None:
    """Return the services that a group is for; nothing where one of them is built elsewhere, or there is none."""
    found: list[Part] = []
    for each in linked:
        if is_shared(scope) or each.service.name == scope:
            part = only_builder(each)
            if part is None or NameKind.VARIABLE in part.interface.doubts:
                return None
            found.append(part)
    return found or None


def _asks(service: Interface, name: str) -> bool:
    return name in service.uses_variables or any(variable.name == name for variable in service.variables)


def _meant(name: str, asking: list[Part], mesh: Interface) -> str | None:
    given = {one.name for one in mesh.given}
    lacking = {variable.name for part in asking for variable in part.interface.variables} - given
    return spelling.nearest(name, sorted(lacking))


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
)
