"""A path leads out of the folder in which `sconectl` runs.

Only that folder is there while the image is built, so an absolute path, or one that climbs out with `..`, leads nowhere.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
  copy:
    - ../shared/guestbook.py
#     ^^^^^^^^^^^^^^^^^^^^^^ unreachable-path: `../shared/guestbook.py` leads out of the folder in which sconectl runs
    - /opt/pages
#     ^^^^^^^^^^ unreachable-path: `/opt/pages` is absolute; only the folder in which sconectl runs is there during a build
environment:
```

Use instead:

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
  copy:
    - guestbook.py
    - pages
environment:
```
"""

import posixpath
from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Role, is_open
from scone_ls.rules.rule import Finding, FromNames, Group, Rule, Severity


def _check(document: Document) -> Iterator[Finding]:
    for names in document.names:
        for path, fact in _unreachable(names):
            for occurrence in names.named(NameKind.FILE, path, Role.REFERS):
                yield Finding(occurrence.span, f"`{path}` {fact}")


def _unreachable(names: Names) -> list[tuple[str, str]]:
    found = ((path, _fact(path)) for path in names.by_name(NameKind.FILE, Role.REFERS))
    return [(path, fact) for path, fact in found if fact is not None]


def _fact(path: str) -> str | None:
    if is_open(path):
        return None
    if path.startswith("/"):
        return "is absolute; only the folder in which sconectl runs is there during a build"
    if posixpath.normpath(path).partition("/")[0] == "..":
        return "leads out of the folder in which sconectl runs"
    return None


RULE = Rule("unreachable-path", Severity.WARNING, "0.1.0", Group.WORKSPACE, _check, is_quiet=FromNames(_unreachable))
