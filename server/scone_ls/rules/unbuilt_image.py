"""A mesh runs an image that seems to be built in the workspace, but no manifest there builds it.

It is said only of images that lie where the workspace's own images lie, as the text before the last `/` shows: what
comes from elsewhere is somebody else's.

## Example

```yaml
#- /service.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guests/guestbook:2
  command: python3 guestbook.py
environment:
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
services:
  - name: guestbook
    image: example.com/guests/guestbook:1
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unbuilt-image: no manifest here builds `example.com/guests/guestbook:1`; did you mean `example.com/guests/guestbook:2`?
```

Use instead:

```yaml
#- /service.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guests/guestbook:2
  command: python3 guestbook.py
environment:
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
services:
  - name: guestbook
    image: example.com/guests/guestbook:2
```

## Fix

The image that is nearest by its name takes its place.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.analysis.places import renamed
from scone_ls.analysis.workspace.interface import interface
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, Subject, finds_no_links
from scone_ls.spec import facts, spelling


def _check(document: Document, workspace: Workspace) -> Iterator[Finding]:
    if not workspace.is_complete:
        return
    for names in document.names if workspace.built else ():
        for image in {service.image for service in interface(names).services} - workspace.built:
            near = _by_place(workspace.built).get(_place(image), ())
            if _place(image) and near:
                meant = _meant(image, near)
                if meant is None and _comes_with_scone(image):
                    continue
                message = f"no manifest here builds `{image}`"
                message += f"; did you mean `{meant}`?" if meant else ""
                for occurrence in names.named(NameKind.IMAGE, image, Role.REFERS):
                    yield Finding(occurrence.span, message, Subject(image, meant=meant))


@lru_cache(maxsize=2)
def _by_place(images: frozenset[str]) -> dict[str, list[str]]:
    """Return images by where they lie, each time in the order of the alphabet."""
    found: dict[str, list[str]] = {}
    for image in sorted(images):
        found.setdefault(_place(image), []).append(image)
    return found


def _comes_with_scone(image: str) -> bool:
    """Tell whether an image lies where ready ones come from."""
    host = image.partition("/")[0].replace("{", "").replace("}", "").partition(":")[0]
    return any(host == registry.name for registry in facts.registries())


def _place(image: str) -> str:
    """Return where an image lies: the text before its last `/`."""
    return image.rpartition("/")[0]


def _meant(image: str, near: Sequence[str]) -> str | None:
    """Return the image that is probably meant: the only one with another tag, or one of nearly the same name."""
    names = {_name(one): one for one in near}
    same = [name for name in names if name.partition(":")[0] == _name(image).partition(":")[0]]
    meant = same[0] if len(same) == 1 else spelling.nearest(_name(image), same or names)
    return None if meant is None else names[meant]


def _name(image: str) -> str:
    return image.rpartition("/")[2]


def _fixes(document: Document, _workspace: Workspace, finding: Finding) -> Iterator[Fix]:
    subject = finding.cause
    names = document.names_at(finding.span.start)
    if names is None or not isinstance(subject, Subject) or subject.meant is None:
        return
    for occurrence in names.named(NameKind.IMAGE, subject.name, Role.REFERS):
        if occurrence.span == finding.span:
            edit = renamed(document, occurrence, subject.meant)
            yield Fix(f"change it to `{subject.meant}`", (edit,), preferred=True)


RULE = Rule(
    "unbuilt-image",
    Severity.INFORMATION,
    "0.1.0",
    Group.WORKSPACE,
    check_links=_check,
    fix_links=_fixes,
    are_links_quiet=finds_no_links(_check),
)
