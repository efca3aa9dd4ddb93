"""What can be typed in a flow collection: the parts between its commas, as slots."""

import re

from scone_ls.syntax.flows import FlowCollection, FlowPart
from scone_ls.syntax.neighbours import Shape, Sibling, Value, unquoted
from scone_ls.syntax.places import Path
from scone_ls.syntax.slots import KeySlot, Slot, ValueSlot
from scone_ls.text import Span

_NO_VALUE = re.compile(r"[|>*&!]")


def slot_in_flow(string: str, base: Path, collection: FlowCollection, offset: int) -> Slot | None:
    """Return what can stand at an offset in a collection; `base` is the path of the outermost one."""
    part = next((part for part in collection.parts if part.start <= offset <= max(part.end, part.start)), None)
    if part is None:
        return None
    others = tuple(_flow_sibling(string, other) for other in collection.parts if other.colon >= 0 and other is not part)
    path = base + collection.path
    if collection.bracket == "[" and part.colon < 0:
        beside = tuple(
            unquoted(string[slice(*other.value)])
            for other in collection.parts
            if other is not part and other.value[0] >= 0
        )
        return _flow_value(string, part, offset, (*path, 0), (), beside)
    if part.colon >= 0 and offset > part.colon:
        name = unquoted(string[slice(*part.key)])
        return _flow_value(string, part, offset, (*path, name), others, ())
    return _flow_key(string, part, offset, path, others)


def _flow_sibling(string: str, part: FlowPart) -> Sibling:
    value = "" if part.value[0] < 0 else unquoted(string[slice(*part.value)])
    return Sibling(unquoted(string[slice(*part.key)]), value, part.key[0])


def _flow_value(
    string: str, part: FlowPart, offset: int, path: Path, others: tuple[Sibling, ...], beside: tuple[str, ...]
) -> ValueSlot | None:
    start, end = part.value
    if start < 0:
        lead = " " if string[offset - 1] in ":," else ""
        return ValueSlot(path, Span(offset, offset), "", lead, others, flow=True, items=beside)
    text = string[start:end]
    if not start <= offset <= end or text[0] in "[{" or _NO_VALUE.match(text):
        return None
    quote = text[0] if text[0] in "'\"" and offset > start else ""
    closed = bool(quote) and len(text) > 1 and text[-1] == quote
    if closed and offset == end:
        return None
    if quote:
        start, end = start + 1, end - closed
    return ValueSlot(
        path,
        Span(start, end),
        string[start:offset],
        "",
        others,
        flow=True,
        quote=quote,
        closed=closed or not quote,
        items=beside,
    )


def _flow_key(string: str, part: FlowPart, offset: int, path: Path, others: tuple[Sibling, ...]) -> KeySlot | None:
    has_colon = part.colon >= 0
    start, end = part.key if has_colon else part.value
    lead = ""
    if start < 0:
        start = end = offset
        lead = " " if string[offset - 1] == "," else ""
    if not start <= offset <= end or string[start:end][:1] in ("[", "{"):
        return None
    quote = string[start] if string[start:end][:1] in ("'", '"') and offset > start else ""
    closed = bool(quote) and end - start > 1 and string[end - 1] == quote
    if closed and offset == end:
        return None
    if quote:
        start, end = start + 1, end - closed
    shape = Shape.NOTHING
    text = ""
    if has_colon and part.value[0] >= 0:
        text = string[slice(*part.value)]
        shape = {"[": Shape.SEQUENCE, "{": Shape.MAPPING}.get(text[0], Shape.SCALAR)
    return KeySlot(
        path=path,
        span=Span(start, end),
        name=string[start:end],
        prefix=string[start:offset],
        lead=lead,
        column=0,
        colon=has_colon,
        value=Value(shape, unquoted(text) if shape is Shape.SCALAR else ""),
        siblings=others,
        is_open=False,
        flow=True,
        quote=quote,
    )
