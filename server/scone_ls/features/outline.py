"""The symbols of a document: its sections, and in them secrets, variables, services and files under their names."""

from dataclasses import dataclass
from enum import Enum

from scone_ls.analysis.document import Document
from scone_ls.spec.schema import Field
from scone_ls.syntax import green
from scone_ls.text import Span

_LONGEST = 80  # characters of a value shown as a detail


class OutlineKind(Enum):
    """What sort of thing a symbol is; an editor shows an icon for it."""

    SECTION = "section"
    LIST = "list"
    ITEM = "item"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """A symbol; `span` covers all of it, `name_span` (inside) the word that names it, both in code points."""

    name: str
    detail: str
    kind: OutlineKind
    span: Span
    name_span: Span
    children: "tuple[OutlineItem, ...]"
    deprecated: bool


def outline(document: Document) -> tuple[OutlineItem, ...]:
    """Return the symbols of the manifests in a document; nothing of documents of other tools."""
    found: list[OutlineItem] = []
    for manifest in document.manifests:
        root = manifest.document.entry.child
        if isinstance(root, green.Mapping):
            found += _pairs(root, manifest.document.base, manifest.root)
    return tuple(found)


def _pairs(mapping: green.Mapping, base: int, field: Field | None, *, scalars: bool = True) -> tuple[OutlineItem, ...]:
    """Return the symbols of pairs, or only of those whose values are no scalars."""
    form = _form(mapping, field) if field else None
    return tuple(
        _pair(pair, pair.key, base + shift, form.properties.get(pair.key.value) if form else None)
        for shift, pair in green.pairs_of(mapping)
        if isinstance(pair.key, green.Scalar)
        and pair.key.value
        and (scalars or isinstance(pair.value, green.Mapping | green.Sequence))
    )


def _pair(pair: green.Pair, key: green.Scalar, base: int, field: Field | None) -> OutlineItem:
    value = pair.value
    detail = ""
    children: tuple[OutlineItem, ...] = ()
    match value:
        case green.Mapping():
            kind = OutlineKind.SECTION
            detail = " · ".join(text for text, _ in _labels(value, field))
            children = _pairs(value, base, field)
        case green.Sequence():
            kind = OutlineKind.LIST
            children = _items(value, base, field.items if field else None)
        case _:
            kind, detail = OutlineKind.VALUE, _short(value)
    end = max(key.end, pair.colon + 1, value.end)
    span, name_span = Span(base + key.start, base + end), Span(base + key.start, base + key.end)
    return OutlineItem(key.value, detail, kind, span, name_span, children, field is not None and field.deprecated)


def _items(sequence: green.Sequence, base: int, field: Field | None) -> tuple[OutlineItem, ...]:
    return tuple(
        _item(item, number, base + shift, field)
        for number, (shift, item) in enumerate(green.items_of(sequence), start=1)
    )


def _item(item: green.Item, number: int, base: int, field: Field | None) -> OutlineItem:
    value = item.value
    start = value.start if item.dash < 0 else item.dash
    span = Span(base + start, base + max(start, value.end))
    name, detail, name_span = f"{number}", "", Span(span.start, min(span.start + 1, span.end))
    children: tuple[OutlineItem, ...] = ()
    match value:
        case green.Mapping():
            labels = _labels(value, field)
            named = bool(labels and labels[0][0])
            if named:
                name, name_span = labels[0][0], labels[0][1].moved(base)
                detail = " · ".join(text for text, _ in labels[1:] if text)
            # What is known by its name need not be unfolded into its scalars.
            children = _pairs(value, base, field, scalars=not named)
        case green.Sequence():
            children = _items(value, base, None)
        case _:
            name = _short(value) or name
            if value.start < value.end:
                name_span = Span(base + value.start, base + value.end)
    return OutlineItem(name, detail, OutlineKind.ITEM, span, name_span, children, deprecated=False)


def _labels(mapping: green.Mapping, field: Field | None) -> list[tuple[str, Span]]:
    """Return the texts by which a reader knows what a mapping describes, each with its place in the entry."""
    if field is None:
        return []
    form = _form(mapping, field)
    keys = form.label or (form.required if form is not field else ())
    found: dict[str, tuple[str, Span]] = {}
    for shift, pair in green.pairs_of(mapping) if keys else ():
        key, value = pair.key, pair.value
        if isinstance(key, green.Scalar) and key.value in keys and isinstance(value, green.Scalar):
            found[key.value] = (_short(value), Span(shift + value.start, shift + value.end))
    return [found[key] for key in keys if key in found]


def _form(mapping: green.Mapping, field: Field) -> Field:
    if not field.forms:
        return field
    keys = [pair.key.value for _, pair in green.pairs_of(mapping) if isinstance(pair.key, green.Scalar)]
    return field.form_for(keys)


def _short(node: green.Node) -> str:
    if not isinstance(node, green.Scalar):
        return ""
    text = node.value
    if len(text) > _LONGEST or "\n" in text:
        text = " ".join(text[: 2 * _LONGEST].split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
