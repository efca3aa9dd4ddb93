"""Keys that a mapping can still take, and new items of a list, with the skeleton of what belongs to them."""

from collections.abc import Mapping

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.features.completion import snippets
from scone_ls.features.completion.item import Completion, CompletionKind, Listing
from scone_ls.features.completion.values import values_at
from scone_ls.features.descriptions import of_field, type_text
from scone_ls.spec import facts
from scone_ls.spec.schema import Field
from scone_ls.syntax.layout import Layout, escaped, indented
from scone_ls.syntax.neighbours import Shape, Value
from scone_ls.syntax.slots import ItemSlot, KeySlot, ValueSlot

_SCALARS = frozenset({"string", "number", "boolean"})


def keys_in_mapping(slot: KeySlot, field: Field, layout: Layout) -> list[Completion]:
    """Return the keys that are not there yet, the likeliest first."""
    present = {sibling.name for sibling in slot.siblings}
    names = [name for name in field.properties if name not in present]
    names = [name for name in names if not field.properties[name].deprecated or slot.prefix]
    order = sorted(names, key=lambda name: _unlikeliness(name, field, slot))
    return [_key(name, rank, field, slot, layout) for rank, name in enumerate(order)]


def items_in_list(
    slot: ItemSlot, field: Field, layout: Layout, document: Document, workspace: Workspace, listing: Listing
) -> list[Completion]:
    """Return the beginning of a new item, with its dash; for a list of scalars also the known values."""
    if field.items is None:
        return []
    skeleton = snippets.item(field, layout, filled=False)
    plain = snippets.beginning(skeleton)
    label = plain.rstrip(": ") or "-"
    new = Completion(
        label=label,
        kind=CompletionKind.SNIPPET,
        detail=field.items.title,
        documentation=of_field((*slot.path, 0), field.items, required=False),
        span=slot.span,
        new_text=slot.lead + indented(plain, slot.column, layout),
        snippet=_snippet(skeleton, slot.lead, slot.column, layout),
        rank=0,
        filter_text=slot.prefix or label,
        preselect=False,
        deprecated=False,
    )
    value = ValueSlot((*slot.path, 0), slot.span, slot.prefix, f"{slot.lead}- ", (), flow=False)
    return [new, *values_at(document, value, field.items, workspace, listing)]


def _unlikeliness(name: str, field: Field, slot: KeySlot) -> tuple[float, ...]:
    """Return what keys are ordered by: whether they fit what is there, are needed, are used, and stand next."""
    child = field.properties[name]
    order = list(field.properties)
    before = [
        order.index(sibling.name)
        for sibling in slot.siblings
        if sibling.start < slot.span.start and sibling.name in field.properties
    ]
    place = order.index(name)
    skipped = bool(before) and place < max(before)
    return (
        child.deprecated,
        -_fit(child, slot.value),
        name in _strange(field, slot),
        name not in field.required,
        -child.usage + 0.3 * skipped,
        place,
    )


def _fit(field: Field, value: Value) -> int:
    """Return how well a value that is there fits a field: below 0 not at all, above 0 better than any text would."""
    match value.shape:
        case Shape.NOTHING:
            return 0
        case Shape.SEQUENCE:
            if not snippets.is_list(field):
                return -2
            return _known_keys(value, field.items)
        case Shape.MAPPING:
            if not snippets.is_mapping(field) or snippets.is_list(field):
                return -2
            return _known_keys(value, field)
        case Shape.SCALAR:
            return _scalar_fit(field, value.text)


def _known_keys(value: Value, field: Field | None) -> int:
    if field is None or not value.keys:
        return 0 if field is None or not field.properties or not value.keys else -1
    known = {name for form in (field, *(form.field for form in field.forms)) for name in form.properties}
    count = sum(key in known for key in value.keys)
    if not known:
        return -1 if field.types else 1
    return 2 * count - len(value.keys)


def _scalar_fit(field: Field, text: str) -> int:
    if field.types and not field.types & _SCALARS:
        return -2
    if not field.types and snippets.is_mapping(field):
        return -2
    if not text or field.is_exempt(text):
        return 0
    if field.enum:
        return 3 if text in field.enum else -1
    if field.pattern:
        return 2 if field.matches(text) else -1
    if text in field.enum_descriptions:
        return 3
    boolean = field.types <= {"boolean", "string", "null"} and "boolean" in field.types
    return (2 if text in ("true", "false") else -1) if boolean else 0


def _strange(field: Field, slot: KeySlot) -> frozenset[str]:
    """Return the keys that do not go with the kind that the mapping says it is of."""
    for name, child in field.properties.items():
        if child.completes:
            kind = next((sibling.value for sibling in slot.siblings if sibling.name == name), None)
            uses = _uses(child.completes[0])
            if kind is not None and kind in uses:
                special = {key for keys in uses.values() for key in keys}
                return frozenset(special - set(uses[kind]))
    return frozenset()


def _uses(table: str) -> Mapping[str, tuple[str, ...]]:
    """Return the keys that go with each kind in a fact table."""
    match table:
        case "secret-kinds":
            return {kind.name: kind.fields for kind in facts.secret_kinds()}
        case "build-kinds":
            return {kind.name: kind.uses for kind in facts.build_kinds()}
        case _:
            return {}


def _key(name: str, rank: int, field: Field, slot: KeySlot, layout: Layout) -> Completion:
    child = field.properties[name]
    required = name in field.required
    plain, snippet = _texts(name, child, slot, layout)
    return Completion(
        label=name,
        kind=CompletionKind.KEY,
        detail=f"{child.title}: {type_text(child)}" + (", required" if required else ""),
        documentation=of_field((*slot.path, name), child, required=required),
        span=slot.span,
        new_text=slot.lead + plain,
        snippet=snippet,
        rank=rank,
        filter_text=name,
        preselect=False,
        deprecated=child.deprecated,
    )


def _texts(name: str, field: Field, slot: KeySlot, layout: Layout) -> tuple[str, str | None]:
    """Return what a key inserts, plain and with places to fill in."""
    word = escaped(name, slot.quote) if slot.quote else name
    if slot.colon or slot.quote:
        return word, None
    if slot.value.shape is not Shape.NOTHING:
        return f"{word}:", None
    if slot.flow:
        skeleton: snippets.Skeleton = _in_flow(name, field)
    else:
        skeleton = snippets.pair(name, field, layout, filled=False)
    plain = indented(snippets.beginning(skeleton), slot.column, layout)
    return plain + _after_first_stop(field, slot), _snippet(skeleton, slot.lead, slot.column, layout)


def _snippet(skeleton: snippets.Skeleton, lead: str, column: int, layout: Layout) -> str | None:
    snippet = snippets.snippet(skeleton)
    return None if snippet is None else lead + indented(snippet, column, layout)


def _in_flow(name: str, field: Field) -> snippets.Skeleton:
    if snippets.is_list(field):
        return (f"{name}: [", snippets.Stop(""), "]")
    if snippets.is_mapping(field):
        return (f"{name}: {{", snippets.Stop(""), "}")
    return (f"{name}: ", snippets.Stop(""))


def _after_first_stop(field: Field, slot: KeySlot) -> str:
    """Return what a collection in brackets needs to be whole without places to fill in."""
    if not slot.flow:
        return ""
    return "]" if snippets.is_list(field) else "}" if snippets.is_mapping(field) else ""
