"""Names that a document defines, and that can be used elsewhere in it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.spec.schema import Field
from scone_ls.syntax import green


class Name(NamedTuple):
    """A name and what says most about the thing that has it."""

    name: str
    detail: str


def names_in(document: Document, offset: int, root: Field, wanted: Sequence[str | int]) -> Iterator[Name]:
    """Yield the names of the items in a list of the manifest around an offset.

    `wanted` is the key of the list, or of the section in which it stands, and what the items' detail must be, if anything.
    """
    manifest = document.manifest_at(offset)
    field = root.properties.get(str(wanted[0]))
    top = manifest.document.entry.child if manifest else None
    if field is None or not isinstance(top, green.Mapping):
        return
    for _, pair in green.pairs_of(top):
        if isinstance(pair.key, green.Scalar) and pair.key.value == wanted[0]:
            for sequence, items in _lists(pair.value, field):
                yield from _names(sequence, items.label, wanted[1:])


def _names(sequence: green.Sequence, label: tuple[str, ...], details: Sequence[str | int]) -> Iterator[Name]:
    for _, item in green.items_of(sequence):
        if isinstance(item.value, green.Mapping) and label:
            texts = {
                pair.key.value: pair.value.value
                for _, pair in green.pairs_of(item.value)
                if isinstance(pair.key, green.Scalar) and isinstance(pair.value, green.Scalar)
            }
            name, detail = texts.get(label[0], ""), texts.get(label[1], "") if len(label) > 1 else ""
            if name and (not details or detail in details):
                yield Name(name, detail)


def _lists(node: green.Node, field: Field) -> Iterator[tuple[green.Sequence, Field]]:
    if isinstance(node, green.Sequence) and field.items is not None:
        yield node, field.items
    elif isinstance(node, green.Mapping):
        for _, pair in green.pairs_of(node):
            child = field.properties.get(pair.key.value) if isinstance(pair.key, green.Scalar) else None
            if child is not None:
                yield from _lists(pair.value, child)
