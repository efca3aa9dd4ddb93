"""The places in the same file of the thing that a name stands for: where it is set, and where it is used."""

from enum import Enum
from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import Role
from scone_ls.analysis.workspace.symbols import places, symbol_at
from scone_ls.analysis.workspace.workspace import ALONE, Workspace
from scone_ls.text import Span


class HighlightKind(Enum):
    """What a place does with the thing."""

    READ = "read"
    WRITE = "write"
    """It declares the thing, or gives it a value."""


class Highlight(NamedTuple):
    """One place, in code points."""

    span: Span
    kind: HighlightKind


def highlights(document: Document, offset: int, workspace: Workspace = ALONE) -> tuple[Highlight, ...]:
    """Return the places in the document of the name at an offset (code points)."""
    asked = symbol_at(document, offset)
    found = () if asked is None else places(workspace, document, asked)
    return tuple(Highlight(each.span, _kind(each.role)) for uri, each in found if uri == document.uri)


def _kind(role: Role) -> HighlightKind:
    return HighlightKind.WRITE if role in (Role.DECLARES, Role.GIVES) else HighlightKind.READ
