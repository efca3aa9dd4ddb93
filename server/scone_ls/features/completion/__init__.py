"""What can be typed at an offset, as items to choose from: dispatch to the modules that know keys, items and values."""

from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.workspace import ALONE, Workspace
from scone_ls.features.completion.item import Completion, CompletionKind, CompletionOptions, Entry, Listing
from scone_ls.features.completion.keys import items_in_list, keys_in_mapping
from scone_ls.features.completion.manifest import beginnings
from scone_ls.features.completion.ranking import ranked
from scone_ls.features.completion.templates import in_template
from scone_ls.features.completion.values import values_at
from scone_ls.features.fields import field_of, is_scalar, roots_of
from scone_ls.spec.schema import Field
from scone_ls.syntax.cursor import slot_at
from scone_ls.syntax.layout import Layout, layout_of
from scone_ls.syntax.slots import ItemSlot, KeySlot, Slot, ValueSlot

__all__ = ["Completion", "CompletionKind", "CompletionOptions", "Entry", "completion"]


def completion(
    document: Document, offset: int, options: CompletionOptions, workspace: Workspace = ALONE
) -> tuple[Completion, ...]:
    """Return what can stand at an offset (code points), the likeliest first; nothing in documents of other tools."""
    inside = in_template(document, offset, workspace)
    if inside is not None:
        return ranked(inside, options)
    slot = slot_at(document.file, offset)
    if slot is None:
        return ()
    place = _Place(document, layout_of(document.file.string), workspace, options.listing)
    offered = beginnings(document, offset, slot, place.layout)
    for root in roots_of(document, offset):
        offered += place.offered(slot, root)
    return ranked(offered, options)


class _Place(NamedTuple):
    """What is around the slot."""

    document: Document
    layout: Layout
    workspace: Workspace
    listing: Listing

    def offered(self, slot: Slot, root: Field) -> list[Completion]:
        """Return what can stand in a slot of a manifest of this kind."""
        names = tuple(sibling.name for sibling in slot.siblings) if not isinstance(slot, ItemSlot) else ()
        if isinstance(slot, ItemSlot):
            field = field_of(root, slot.path)
            return [] if field is None else self._items(slot, field)
        if isinstance(slot, ValueSlot):
            field = field_of(root, slot.path, names)
            return [] if field is None else values_at(self.document, slot, field, self.workspace, self.listing)
        field = field_of(root, slot.path)
        return [] if field is None else self._at_key(slot, field.form_for(names or slot.beside), root)

    def _at_key(self, slot: KeySlot, field: Field, root: Field) -> list[Completion]:
        """Return what can stand where a key can: in an open place, that is whatever the field takes."""
        if slot.is_open and field.items is not None:
            return self._items(ItemSlot(slot.path, slot.span, slot.prefix, slot.lead, slot.column), field)
        if slot.is_open and is_scalar(field):
            value = ValueSlot(slot.path, slot.text, slot.prefix, slot.lead, (), flow=False, items=slot.items)
            return values_at(self.document, value, field, self.workspace, self.listing)
        offered = keys_in_mapping(slot, field, self.layout)
        if slot.list_path and not slot.prefix and self.layout.dash == 0:
            owner = field_of(root, slot.list_path)
            item = ItemSlot(slot.list_path, slot.span, slot.prefix, slot.lead, slot.column)
            offered += [] if owner is None else self._items(item, owner)
        return offered

    def _items(self, slot: ItemSlot, field: Field) -> list[Completion]:
        return items_in_list(slot, field, self.layout, self.document, self.workspace, self.listing)
