"""The symbols of a document: its sections, and in them secrets, variables, services and files under their names."""

from dataclasses import dataclass
from enum import Enum

from scone_ls.analysis.document import Document
from scone_ls.spec.schema import Field
from scone_ls.syntax import tree
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
        if manifest.mapping is not None:
            found += _pairs(manifest.mapping, manifest.root)
    return tuple(found)


def _pairs(mapping: tree.Mapping, field: Field | None) -> tuple[OutlineItem, ...]:
    names = [pair.name or "" for pair in mapping.pairs]
    form = field.form_for(names) if field else None
    return tuple(_pair(pair, form.properties.get(pair.name) if form else None) for pair in mapping.pairs if pair.name)


def _pair(pair: tree.Pair, field: Field | None) -> OutlineItem:
    value = pair.value
    match value:
        case tree.Mapping():
            kind, detail, children = OutlineKind.SECTION, _label(value, field)[1], _pairs(value, field)
            detail = " · ".join(text for text in (_label(value, field)[0], detail) if text)
        case tree.Sequence():
            kind, detail, children = OutlineKind.LIST, "", _items(value, field.items if field else None)
        case _:
            kind, detail, children = OutlineKind.VALUE, _short(value), ()
    deprecated = field is not None and field.deprecated
    return OutlineItem(pair.name or "", detail, kind, pair.span, pair.key.span, children, deprecated)


def _items(sequence: tree.Sequence, field: Field | None) -> tuple[OutlineItem, ...]:
    return tuple(_item(item, number, field) for number, item in enumerate(sequence.items, start=1))


def _item(item: tree.Item, number: int, field: Field | None) -> OutlineItem:
    value = item.value
    match value:
        case tree.Mapping():
            name, detail = _label(value, field)
            labelled = field is not None and bool(name)
            shown = _pairs(value, field)
            # A thing known by its name need not be unfolded into it.
            children = tuple(child for child in shown if child.children or not labelled)
            span = _label_span(value, field) or _first_line(item)
            return OutlineItem(
                name or f"{number}", detail, OutlineKind.ITEM, item.span, span, children, deprecated=False
            )
        case tree.Sequence():
            return OutlineItem(
                f"{number}", "", OutlineKind.LIST, item.span, _first_line(item), _items(value, None), deprecated=False
            )
        case _:
            text = _short(value) or f"{number}"
            return OutlineItem(
                text, "", OutlineKind.ITEM, item.span, _inside(value.span, item.span), (), deprecated=False
            )


def _label(mapping: tree.Mapping, field: Field | None) -> tuple[str, str]:
    """Return the name of what a mapping describes, and what says most about it."""
    keys = _label_keys(mapping, field)
    texts = [_short(value) for key in keys if (value := mapping.value(key)) is not None]
    return (texts[0], " · ".join(text for text in texts[1:] if text)) if texts else ("", "")


def _label_span(mapping: tree.Mapping, field: Field | None) -> Span | None:
    for key in _label_keys(mapping, field)[:1]:
        value = mapping.value(key)
        if isinstance(value, tree.Scalar) and value.span.end > value.span.start:
            return value.span
    return None


def _label_keys(mapping: tree.Mapping, field: Field | None) -> tuple[str, ...]:
    if field is None:
        return ()
    form = field.form_for([pair.name or "" for pair in mapping.pairs])
    return form.label or (form.required if form is not field else ())


def _short(node: tree.Node) -> str:
    if not isinstance(node, tree.Scalar):
        return ""
    text = " ".join(node.value.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _first_line(item: tree.Item) -> Span:
    return Span(item.span.start, min(item.span.start + 1, item.span.end))


def _inside(span: Span, around: Span) -> Span:
    start = min(max(span.start, around.start), around.end)
    return Span(start, min(max(span.end, start), around.end))
