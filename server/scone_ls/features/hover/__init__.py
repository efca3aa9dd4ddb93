"""What the word at an offset means: what is known of it in every manifest, and what it names in this one."""

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.workspace import ALONE, Workspace
from scone_ls.features.hover.item import Hover
from scone_ls.features.hover.names import of_name
from scone_ls.features.hover.words import of_word

__all__ = ["Hover", "hover"]


def hover(document: Document, offset: int, workspace: Workspace = ALONE) -> Hover | None:
    """Return what the word at an offset (code points) means; nothing in documents of other tools."""
    word, name = of_word(document, offset), of_name(document, offset, workspace)
    if word is None or name is None:
        return word or name
    return Hover(name.span, f"{name.markdown}\n\n---\n\n{word.markdown}")
