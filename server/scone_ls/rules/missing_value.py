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
"""

from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.giving import given
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.analysis.workspace.interface import Interface, Service, interface
from scone_ls.analysis.workspace.links import Part, only_builder, place_of, services
from scone_ls.analysis.workspace.symbols import is_shared, shared_groups
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.rules.rule import Finding, Fix, Group, Related, Rule, Severity, Subject

_DEFINITIONS = "definitions"
"""What a service asks of a file that says which variables it needs, instead of its manifest."""


def _check(document: Document, workspace: Workspace) -> Iterator[Finding]:
    for names in document.names:
        mesh = interface(names)
        if not mesh.services or NameKind.VARIABLE in mesh.doubts or not workspace.builds_any(mesh.images):
            continue
        redefined = {one.start for one in names.all(NameKind.FILE) if one.wanted == _DEFINITIONS}
        for linked in services(workspace, mesh):
            builder = only_builder(linked)
            if builder is not None and not (redefined and _is_redefined(names, linked.service, redefined)):
                yield from _missing(workspace, names, mesh, linked.service, builder)


def _missing(workspace: Workspace, names: Names, mesh: Interface, service: Service, builder: Part) -> Iterator[Finding]:
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
        yield Finding(place.span, message, Subject(name, service.name), severity, related)


def _called(service: Service) -> str:
    return f"the service `{service.name}`" if service.name is not None else f"the service of `{service.image}`"


def _is_redefined(names: Names, service: Service, redefined: set[int]) -> bool:
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
    groups = [*sorted(shared_groups())[:1], *([subject.scope] if subject.scope else [])]
    for index, group in enumerate(groups):
        edit = given(document, finding.span.start, group, subject.name)
        if edit is not None:
            yield Fix(f"list `{subject.name}` for `{group}`", (edit,), preferred=index == 0)


RULE = Rule("missing-value", Severity.ERROR, "0.1.0", Group.WORKSPACE, check_links=_check, fix_links=_fixes)
