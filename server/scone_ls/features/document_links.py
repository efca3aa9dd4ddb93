"""What in a manifest leads to another file: the files that it names, and images that another manifest builds."""

from collections.abc import Iterator
from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.workspace.links import builders
from scone_ls.analysis.workspace.workspace import ALONE, Workspace
from scone_ls.text import Span


class DocumentLink(NamedTuple):
    """A name (code points), the URI of the file that it leads to, and what that file is."""

    span: Span
    target: str
    tooltip: str


def document_links(document: Document, workspace: Workspace = ALONE) -> tuple[DocumentLink, ...]:
    """Return the links of a document in the order of the text."""
    return tuple(sorted(link for names in document.names for link in _links(document, names, workspace)))


def _links(document: Document, names: Names, workspace: Workspace) -> Iterator[DocumentLink]:
    for occurrence in names.all(NameKind.FILE):
        target = workspace.files.get((document.uri, occurrence.name))
        if target is not None:
            yield _link(occurrence, target, f"`{occurrence.name}`")
    for occurrence in names.all(NameKind.IMAGE, Role.REFERS):
        built = builders(workspace, occurrence.name)
        if built and built[0].uri != document.uri:
            yield _link(occurrence, built[0].uri, "the manifest that builds this image")


def _link(occurrence: Occurrence, target: str, tooltip: str) -> DocumentLink:
    return DocumentLink(occurrence.span, target, tooltip)
