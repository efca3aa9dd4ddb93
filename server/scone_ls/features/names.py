"""Names that a document defines, and that can be used elsewhere in it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.spec.schema import Field
from scone_ls.syntax import tree


class Name(NamedTuple):
    """A name and what says most about the thing that has it."""

    name: str
    detail: str


def names_in(document: Document, offset: int, root: Field, wanted: Sequence[str]) -> Iterator[Name]:
    """Yield the names of the items in a list of the manifest around an offset.

    `wanted` is the key of the list, or of the section in which it stands, and what the items' detail must be, if anything.
    """
    manifest = document.manifest_at(offset)
    mapping = manifest.mapping if manifest else None
    section = mapping.value(wanted[0]) if mapping else None
    field = root.properties.get(wanted[0])
    if section is None or field is None:
        return
    for sequence, items in _lists(section, field):
        for item in sequence.items:
            if isinstance(item.value, tree.Mapping) and items.label:
                texts = [_text(item.value.value(key)) for key in items.label]
                if texts[0] and (len(wanted) == 1 or texts[1:2] == [wanted[1]]):
                    yield Name(texts[0], (texts[1:] or [""])[0])


def _lists(node: tree.Node, field: Field) -> Iterator[tuple[tree.Sequence, Field]]:
    if isinstance(node, tree.Sequence) and field.items is not None:
        yield node, field.items
    elif isinstance(node, tree.Mapping):
        for pair in node.pairs:
            child = field.properties.get(pair.name or "")
            if child is not None:
                yield from _lists(pair.value, child)


def _text(node: tree.Node | None) -> str:
    return node.value if isinstance(node, tree.Scalar) else ""
