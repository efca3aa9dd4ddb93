"""What a file declares, in a compact form that outlives its tree: enough to find a name among thousands of manifests."""

from collections.abc import Iterator
from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Role

_UNLISTED = frozenset((NameKind.CAS_ROLE,))
"""What has the same few names in every manifest."""


class Listed(NamedTuple):
    """A declared name with its place (code points), and the program or the kind of manifest to which it belongs."""

    name: str
    kind: NameKind
    start: int
    end: int
    container: str


def listing(document: Document) -> tuple[Listed, ...]:
    """Return what the manifests of a file declare."""
    return tuple(listed for names in document.names for listed in _listing(names))


def _listing(names: Names) -> Iterator[Listed]:
    container = next(iter(names.by_name(NameKind.PROGRAM, Role.DECLARES)), names.kind)
    for kind, name, start, end in names.declared():
        if kind not in _UNLISTED:
            yield Listed(name, kind, start, end, container)
