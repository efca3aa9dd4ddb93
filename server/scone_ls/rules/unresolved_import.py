"""A service imports a secret that no other service of its mesh defines.

It is said only where all images of the mesh are built in the workspace: an image from elsewhere may define the secret.

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
  import:
    - store_pasword
#     ^^^^^^^^^^^^^ unresolved-import: no service of the mesh defines the secret `store_pasword`; did you mean `store_password`?
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
    - name: store_password
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
  import:
    - store_password
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
    - name: store_password
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

A name that is nearly that of a secret of another service is replaced by it, wherever the manifest uses it.
"""

from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.analysis.places import renamed
from scone_ls.analysis.workspace.interface import Interface, interface
from scone_ls.analysis.workspace.links import Part, meshes, services
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.rules.rule import Finding, Fix, Group, Related, Rule, Severity, Subject, finds_no_links
from scone_ls.spec import spelling
from scone_ls.text import Span


def _check(document: Document, workspace: Workspace) -> Iterator[Finding]:
    for names in document.names:
        imported = names.by_name(NameKind.SECRET, Role.IMPORTS)
        if not imported:
            continue
        own = interface(names)
        known = _known(workspace, document.uri, own)
        if known is None:
            continue
        for name in imported:
            if name not in known:
                meant = spelling.nearest(name, known)
                message = f"no service of the mesh defines the secret `{name}`"
                message += f"; did you mean `{meant}`?" if meant else ""
                for occurrence in names.named(NameKind.SECRET, name, Role.IMPORTS):
                    related = () if meant is None else _related(workspace, own, meant)
                    yield Finding(occurrence.span, message, Subject(name, meant=meant), related=related)


def _known(workspace: Workspace, uri: str, own: Interface) -> frozenset[str] | None:
    """Return the secrets that the other services of all meshes define; nothing where they can't all be known."""
    around = meshes(workspace, own)
    if not around:
        return None
    found: set[str] = set()
    for mesh in around:
        for linked in services(workspace, mesh.interface):
            others = [part for part in linked.builders if part.uri != uri or part.interface.builds != own.builds]
            if not linked.builders or any(NameKind.SECRET in part.interface.doubts for part in others):
                return None
            found.update(secret.name for part in others for secret in part.interface.secrets)
    return frozenset(found)


def _related(workspace: Workspace, own: Interface, name: str) -> tuple[Related, ...]:
    """Return where the secret that is meant is declared."""
    around = meshes(workspace, own)
    for mesh in around:
        for linked in services(workspace, mesh.interface):
            for part in linked.builders:
                for one in _declared(workspace, part, name):
                    return (Related(one, f"`{name}` is declared here", part.uri),)
    return ()


def _declared(workspace: Workspace, part: Part, name: str) -> list[Span]:
    names = workspace.names(part.uri)[part.number]
    return [one.span for one in names.named(NameKind.SECRET, name, Role.DECLARES)]


def _fixes(document: Document, _workspace: Workspace, finding: Finding) -> Iterator[Fix]:
    subject = finding.cause
    names = document.names_at(finding.span.start)
    if names is None or not isinstance(subject, Subject) or subject.meant is None:
        return
    places = names.named(NameKind.SECRET, subject.name)
    edits = tuple(renamed(document, place, subject.meant) for place in places)
    yield Fix(f"change it to `{subject.meant}`", edits, preferred=True)


RULE = Rule(
    "unresolved-import",
    Severity.WARNING,
    "0.1.0",
    Group.WORKSPACE,
    check_links=_check,
    fix_links=_fixes,
    are_links_quiet=finds_no_links(_check),
)
