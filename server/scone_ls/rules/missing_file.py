"""A manifest names a file or folder that is not there.

Paths count from the folder in which `sconectl` runs, mostly that of the whole workspace; a file beside the manifest is
taken for the one that is meant as well. A path with a variable in it cannot be looked up, and a file that the build
itself makes need not be there yet.

## Example

```yaml
#- /guestbook.py
#- /service.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
  copy:
    - gestbook.py
#     ^^^^^^^^^^^ missing-file: there is no `gestbook.py`, neither where sconectl runs nor beside this manifest
environment:
```

Use instead:

```yaml
#- /guestbook.py
#- /service.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
  copy:
    - guestbook.py
environment:
```
"""

from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.rules.rule import Finding, Group, Rule, Severity, finds_no_links

_MADE = "made"
"""What is said of a file that the build makes where it is missing."""


def _check(document: Document, workspace: Workspace) -> Iterator[Finding]:
    for names in document.names:
        for path in names.by_name(NameKind.FILE, Role.REFERS):
            if workspace.files.get((document.uri, path), "") is None:
                for occurrence in names.named(NameKind.FILE, path, Role.REFERS):
                    if occurrence.wanted != _MADE:
                        message = f"there is no `{path}`, neither where sconectl runs nor beside this manifest"
                        yield Finding(occurrence.span, message)


RULE = Rule(
    "missing-file",
    Severity.WARNING,
    "0.1.0",
    Group.WORKSPACE,
    check_links=_check,
    are_links_quiet=finds_no_links(_check),
)
