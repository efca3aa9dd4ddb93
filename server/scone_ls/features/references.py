"""Every place of the thing that a name stands for, in all files of the workspace."""

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import Role
from scone_ls.analysis.workspace.symbols import Located, places, symbol_at
from scone_ls.analysis.workspace.workspace import ALONE, Workspace


def references(
    document: Document, offset: int, workspace: Workspace = ALONE, *, declarations: bool
) -> tuple[Located, ...]:
    """Return the places of the name at an offset (code points), with its declarations or without them."""
    asked = symbol_at(document, offset)
    found = () if asked is None else places(workspace, document, asked)
    return tuple(one for one in found if declarations or one.occurrence.role is not Role.DECLARES)
