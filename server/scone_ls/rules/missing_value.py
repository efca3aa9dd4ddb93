"""A service needs a value for a variable, and the mesh gives it none.

A service manifest lists under `environment.global` the variables whose values come from the mesh. One without a default
needs a value: in the group of the service, in `helm` or in `global`. Looked at are the services whose manifests are in
the workspace; of images that are built elsewhere nobody knows what they need. A mesh whose `env` is empty may be meant
to be completed by a script, so there it is only an information.

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
  - service: global
    env:
      - name: APP_SERVICE_PORT
        value: 8080
services:
  - name: guestbook
#         ^^^^^^^^^ missing-value: the service `guestbook` needs a value for `GREETING`
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
  - service: global
    env:
      - name: APP_SERVICE_PORT
        value: 8080
      - name: GREETING
        value: ""
services:
  - name: guestbook
    image: example.com/guestbook:1
```

## Fix

The variable is listed with an empty value, for all services or for this one: fill it in.
Where the mesh gives a value under a misspelt name, that name is marked and can be corrected.
"""

from collections.abc import Iterator
from functools import cached_property

from scone_ls.analysis.document import Document
from scone_ls.analysis.giving import given
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.places import renamed
from scone_ls.analysis.workspace.interface import Interface, Service, interface
from scone_ls.analysis.workspace.links import Part, only_builder, place_of, services
from scone_ls.analysis.workspace.symbols import is_shared, shared_groups
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.rules.rule import Finding, Fix, Group, Related, Rule, Severity, Subject
from scone_ls.rules.unneeded_value import Unneeded, unneeded

_DEFINITIONS = "definitions"
"""What a service asks of a file that says which variables it needs, instead of its manifest."""


def _check(document: Document, workspace: Workspace) -> Iterator[Finding]:
    for names in document.names:
        mesh = interface(names)
        if not mesh.services or NameKind.VARIABLE in mesh.doubts or not workspace.builds_any(mesh.images):
            continue
        misspelt = _Misspelt(names, workspace)
        redefined = _redefinitions(names)
        for linked in services(workspace, mesh):
            builder = only_builder(linked)
            if builder is not None and not (redefined and _is_redefined(names, linked.service, redefined)):
                yield from _missing(misspelt, mesh, linked.service, builder)


def _redefinitions(names: Names) -> frozenset[int]:
    """Return where files are named that say more about variables than the manifests do."""
    return frozenset(one.start for one in names.all(NameKind.FILE) if one.wanted == _DEFINITIONS)


def _are_links_quiet(document: Document, workspace: Workspace) -> bool:
    # Which service a file belongs to is more than names tell.
    return not any(map(_redefinitions, document.names)) and not any(True for _ in _check(document, workspace))


class _Misspelt:
    """The values of a mesh whose names are misspelt, told when somebody asks; each is reported once."""

    def __init__(self, names: Names, workspace: Workspace) -> None:
        self.names = names
        self.workspace = workspace
        self._reported: set[int] = set()

    def places(self, name: str, service: Service) -> list[Occurrence] | None:
        """Return where a variable of a service is misspelt, without those returned before; nothing where it is not."""
        found = [one.place for one in self._all if one.meant == name and one.is_missed]
        found = [place for place in found if is_shared(place.scope) or place.scope == service.name]
        if not found:
            return None
        new = [place for place in found if place.start not in self._reported]
        self._reported.update(place.start for place in new)
        return new

    @cached_property
    def _all(self) -> tuple[Unneeded, ...]:
        return tuple(unneeded(self.names, self.workspace))


def _missing(misspelt: _Misspelt, mesh: Interface, service: Service, builder: Part) -> Iterator[Finding]:
    names, workspace = misspelt.names, misspelt.workspace
    given_here = {one.name for one in mesh.given if is_shared(one.scope) or one.scope == service.name}
    needed = {one.name for one in builder.interface.variables if not one.has_default}
    place = place_of(names, service)
    if place is None:
        return
    severity = None if mesh.given else Severity.INFORMATION
    for name in sorted(needed - given_here):
        message = f"{_called(service)} needs a value for `{name}`"
        declared = workspace.names(builder.uri)[builder.number].named(NameKind.VARIABLE, name, Role.DECLARES)
        related = tuple(Related(one.span, f"`{name}` is declared here", builder.uri) for one in declared[:1])
        wrong = misspelt.places(name, service)
        if wrong is not None:
            for one in wrong:
                fact = f"{message}, and nothing asks for `{one.name}`; did you mean `{name}`?"
                yield Finding(one.span, fact, Subject(one.name, meant=name), severity, related)
            continue
        yield Finding(place.span, message, Subject(name, service.name), severity, related)


def _called(service: Service) -> str:
    return f"the service `{service.name}`" if service.name is not None else f"the service of `{service.image}`"


def _is_redefined(names: Names, service: Service, redefined: frozenset[int]) -> bool:
    """Tell whether a file takes the place of what the image of a service says about its variables."""
    for thing, base, _ in names.things(NameKind.SERVICE):
        if thing.role is Role.DECLARES and thing.name == service.name:
            span = thing.at(base).span
            return any(span.touches(start) for start in redefined)
    return False


def _fixes(document: Document, _workspace: Workspace, finding: Finding) -> Iterator[Fix]:
    subject = finding.cause
    if not isinstance(subject, Subject):
        return
    if subject.meant is not None:
        names = document.names_at(finding.span.start)
        occurrence = None if names is None else names.at(finding.span.start)
        if occurrence is not None:
            edit = renamed(document, occurrence, subject.meant)
            yield Fix(f"change it to `{subject.meant}`", (edit,), preferred=True)
        return
    groups = [*sorted(shared_groups())[:1], *([subject.scope] if subject.scope else [])]
    for index, group in enumerate(groups):
        edit = given(document, finding.span.start, group, subject.name)
        if edit is not None:
            yield Fix(f"list `{subject.name}` for `{group}`", (edit,), preferred=index == 0)


RULE = Rule(
    "missing-value",
    Severity.ERROR,
    "0.1.0",
    Group.WORKSPACE,
    check_links=_check,
    fix_links=_fixes,
    are_links_quiet=_are_links_quiet,
)
