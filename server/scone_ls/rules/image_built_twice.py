"""Two service manifests of the workspace build the same image.

The one that is built last takes the place of the other.

## Example

```yaml
#- /shop.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: shop
  kind: python
  to: example.com/shop:1
#     ^^^^^^^^^^^^^^^^^^ image-built-twice: another manifest builds the image `example.com/shop:1` as well
  command: python3 shop.py
environment:
#- /store.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: store
  kind: python
  to: example.com/shop:1
#     ^^^^^^^^^^^^^^^^^^ image-built-twice: another manifest builds the image `example.com/shop:1` as well
  command: python3 store.py
environment:
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
#- /store.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: store
  kind: python
  to: example.com/store:1
  command: python3 store.py
environment:
```
"""

from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.analysis.workspace.links import Part, builders
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.rules.rule import Finding, Group, Related, Rule, Severity, finds_no_links

_RENDERED = ".template"


def _check(document: Document, workspace: Workspace) -> Iterator[Finding]:
    for number, names in enumerate(document.names):
        for image in names.by_name(NameKind.IMAGE, Role.DECLARES):
            others = [
                part
                for part in builders(workspace, image)
                if part[:2] != (document.uri, number) and not _is_rendered(part.uri, document.uri)
            ]
            for occurrence in names.named(NameKind.IMAGE, image, Role.DECLARES) if others else ():
                message = f"another manifest builds the image `{image}` as well"
                yield Finding(occurrence.span, message, related=_related(workspace, others[0], image))


def _related(workspace: Workspace, part: Part, image: str) -> tuple[Related, ...]:
    places = workspace.names(part.uri)[part.number].named(NameKind.IMAGE, image, Role.DECLARES)
    return tuple(Related(place.span, f"`{image}` is built here as well", part.uri) for place in places[:1])


def _is_rendered(one: str, other: str) -> bool:
    """Tell whether one file is the template of the other."""
    return one.removesuffix(_RENDERED) == other.removesuffix(_RENDERED)


RULE = Rule(
    "image-built-twice",
    Severity.WARNING,
    "0.1.0",
    Group.WORKSPACE,
    check_links=_check,
    are_links_quiet=finds_no_links(_check),
)
