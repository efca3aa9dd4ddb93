"""Two services of one mesh define a secret of the same name.

Within a mesh every secret has one owner; the other services import it.

## Example

```yaml
#- /shop.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: shop
  kind: python
  to: example.com/shop:1
  command: python3 shop.py
environment:
secrets:
  global:
    - name: password
#           ^^^^^^^^ secret-declared-twice: the mesh has two secrets `password`: another service defines one as well
      kind: ascii
#- /store.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: store
  kind: python
  to: example.com/store:1
  command: python3 store.py
environment:
secrets:
  global:
    - name: password
#           ^^^^^^^^ secret-declared-twice: the mesh has two secrets `password`: another service defines one as well
      kind: ascii
#- /mesh.yaml
apiVersion: scone/5.8
kind: mesh
cas:
  - cas_url: cas.example.com
    name: cas
    alias: [image, security, access, attestation]
policy:
  namespace: shop
env:
services:
  - name: shop
    image: example.com/shop:1
  - name: store
    image: example.com/store:1
```

Use instead:

```yaml
#- /shop.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: shop
  kind: python
  to: example.com/shop:1
  command: python3 shop.py
environment:
secrets:
  global:
    - name: shop_password
      kind: ascii
#- /store.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: store
  kind: python
  to: example.com/store:1
  command: python3 store.py
environment:
secrets:
  global:
    - name: password
      kind: ascii
#- /mesh.yaml
apiVersion: scone/5.8
kind: mesh
cas:
  - cas_url: cas.example.com
    name: cas
    alias: [image, security, access, attestation]
policy:
  namespace: shop
env:
services:
  - name: shop
    image: example.com/shop:1
  - name: store
    image: example.com/store:1
```

## Fix

The secret gets the name of its service in front, in this manifest only.
"""

from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.places import renamed
from scone_ls.analysis.workspace.interface import Interface, interface
from scone_ls.analysis.workspace.links import Part, meshes, only_builder, services
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.rules.rule import Finding, Fix, Group, Related, Rule, Severity, Subject, finds_no_links


def _check(document: Document, workspace: Workspace) -> Iterator[Finding]:
    for names in document.names:
        own = interface(names)
        if own.secrets and own.builds:
            declared = names.by_name(NameKind.SECRET, Role.DECLARES)
            for name, other in sorted(_repeated(workspace, own).items()):
                for occurrence in names.named(NameKind.SECRET, name, Role.DECLARES) if name in declared else ():
                    yield _finding(workspace, occurrence, other)


def _repeated(workspace: Workspace, own: Interface) -> dict[str, Part]:
    """Return the secrets that another service of a mesh declares as well, with its manifest."""
    around = meshes(workspace, own)
    wanted = {secret.name for secret in own.secrets} if around else ()
    found: dict[str, Part] = {}
    for mesh in around:
        for linked in services(workspace, mesh.interface):
            part = only_builder(linked)
            if part is not None and not (part.interface.builds & own.builds):
                for secret in part.interface.secrets:
                    if secret.name in wanted:
                        found.setdefault(secret.name, part)
    return found


def _finding(workspace: Workspace, occurrence: Occurrence, other: Part) -> Finding:
    name = occurrence.name
    message = f"the mesh has two secrets `{name}`: another service defines one as well"
    places = workspace.names(other.uri)[other.number].named(NameKind.SECRET, name, Role.DECLARES)
    related = tuple(Related(place.span, f"`{name}` is declared here as well", other.uri) for place in places[:1])
    return Finding(occurrence.span, message, Subject(name), related=related)


def _fixes(document: Document, _workspace: Workspace, finding: Finding) -> Iterator[Fix]:
    subject = finding.cause
    names = document.names_at(finding.span.start)
    if names is None or not isinstance(subject, Subject):
        return
    new = _owned(names, subject.name)
    if new is not None:
        places = names.named(NameKind.SECRET, subject.name)
        yield Fix(f"rename it to `{new}`", tuple(renamed(document, place, new) for place in places))


def _owned(names: Names, name: str) -> str | None:
    """Return the name with that of the service in front, if the service has one and nothing is called so yet."""
    program = next(iter(names.by_name(NameKind.PROGRAM, Role.DECLARES)), None)
    if program is None:
        return None
    new = f"{program.replace('-', '_')}_{name}"
    return None if names.named(NameKind.SECRET, new) else new


RULE = Rule(
    "secret-declared-twice",
    Severity.ERROR,
    "0.1.0",
    Group.WORKSPACE,
    check_links=_check,
    fix_links=_fixes,
    are_links_quiet=finds_no_links(_check),
)
