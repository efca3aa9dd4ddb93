"""What can be typed at an offset, as items to choose from: dispatch to the modules that know keys, items and values."""

from scone_ls.analysis.document import Document
from scone_ls.features.completion.item import Completion, CompletionKind, CompletionOptions
from scone_ls.features.completion.keys import items_in_list, keys_in_mapping
from scone_ls.features.completion.manifest import beginnings
from scone_ls.features.completion.ranking import ranked
from scone_ls.features.completion.values import values_at
from scone_ls.features.fields import field_of, is_scalar, roots_of
from scone_ls.spec.schema import Field
from scone_ls.syntax.cursor import slot_at
from scone_ls.syntax.layout import Layout, layout_of
from scone_ls.syntax.slots import ItemSlot, KeySlot, Slot, ValueSlot

__all__ = ["Completion", "CompletionKind", "CompletionOptions", "completion"]


def completion(document: Document, offset: int, options: CompletionOptions) -> tuple[Completion, ...]:
    """Return what can stand at an offset (code points), the likeliest first; nothing in documents of other tools."""
    slot = slot_at(document.file, offset)
    if slot is None:
        return ()
    layout = layout_of(document.file.string)
    roots = roots_of(document, offset)
    offered = beginnings(document, offset, slot, layout)
    for root in roots:
        offered += _offered(document, slot, root, layout)
    return ranked(offered, options)


def _offered(document: Document, slot: Slot, root: Field, layout: Layout) -> list[Completion]:
    names = tuple(sibling.name for sibling in slot.siblings) if not isinstance(slot, ItemSlot) else ()
    if isinstance(slot, ItemSlot):
        field = field_of(root, slot.path)
        return [] if field is None else items_in_list(slot, field, layout, document)
    if isinstance(slot, ValueSlot):
        field = field_of(root, slot.path, names)
        return [] if field is None else values_at(document, slot, field, root)
    field = field_of(root, slot.path)
    return [] if field is None else _at_key(document, slot, field.form_for(names or slot.beside), root, layout)


def _at_key(document: Document, slot: KeySlot, field: Field, root: Field, layout: Layout) -> list[Completion]:
    """Return what can stand where a key can: in an open place, that is whatever the field takes."""
    if slot.is_open and field.items is not None:
        item = ItemSlot(slot.path, slot.span, slot.prefix, slot.lead, slot.column)
        return items_in_list(item, field, layout, document)
    if slot.is_open and is_scalar(field):
        value = ValueSlot(slot.path, slot.text, slot.prefix, slot.lead, (), flow=False, items=slot.items)
        return values_at(document, value, field, root)
    offered = keys_in_mapping(slot, field, layout)
    if slot.list_path and not slot.prefix and layout.dash == 0:
        owner = field_of(root, slot.list_path)
        item = ItemSlot(slot.list_path, slot.span, slot.prefix, slot.lead, slot.column)
        offered += [] if owner is None else items_in_list(item, owner, layout, document)
    return offered
