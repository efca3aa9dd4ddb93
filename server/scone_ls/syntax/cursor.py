"""What can be typed at an offset: a key, a value or a list item, where in the document, and what text it replaces.

The line of the cursor may be in any half-typed state; no fake text is made and nothing is guessed about meaning. What
may stand there according to the specification is not known here.
"""

import re

from scone_ls.syntax import tree
from scone_ls.syntax.file import File
from scone_ls.syntax.flows import flow_at
from scone_ls.syntax.flowslots import slot_in_flow
from scone_ls.syntax.lines import MARKER
from scone_ls.syntax.neighbours import Shape, Sibling, Value, first_below, items, keys_beside, siblings, value_of
from scone_ls.syntax.places import InsideTextError, Path, Place, PlaceKind, in_scalar, list_path, path_of, place_at
from scone_ls.syntax.rows import LONGEST_LINE, Row, TooFarError, is_content, row_at, rows_above
from scone_ls.syntax.slots import ItemSlot, KeySlot, Slot, ValueSlot
from scone_ls.text import Span

_DEEPEST = 120  # column of a line's content beyond which nobody types; it bounds the nesting that is followed
_NO_VALUE = re.compile(r"[|>*&!]")


def slot_at(file: File, offset: int) -> Slot | None:
    """Return what can stand at an offset (code points); nothing in comments and in the text of scalars."""
    string = file.string
    offset = min(max(0, offset), len(string))
    row = row_at(string, offset)
    if offset - row.start > LONGEST_LINE or max(row.indent, row.content) > _DEEPEST:
        return None
    if MARKER.match(string, row.start) or string.startswith("%", row.start) or _in_comment(string, row, offset):
        return None
    try:
        if in_scalar(file, offset):
            return None
        opening = _flow_opening(file, row, offset)
        if opening is not None:
            collection = flow_at(string, opening[1], offset)
            if collection is not None:
                return slot_in_flow(string, opening[0], collection, offset)
        return _block_slot(file, row, offset)
    except InsideTextError:
        return None


def _block_slot(file: File, row: Row, offset: int) -> Slot | None:
    column = offset - row.start
    if not is_content(row):
        return _blank_slot(file, row, offset)
    if row.dashes and row.key is None and not row.rest:
        return _dash_slot(file, row, column)
    if column < row.content:
        return None
    if row.key is None:
        return _scalar_slot(file, row, column)
    if column <= row.key_end:
        return _key_slot(file, row, column)
    return _value_slot(file, row, column) if column > row.colon else None


def _in_comment(string: str, row: Row, offset: int) -> bool:
    """Tell whether a comment begins before the offset on its line."""
    line = string[row.start : offset]
    behind = row.value + len(row.rest)
    comment = re.search(r"(?:^|(?<=[ \t]))#", line[behind:]) if len(line) > behind else None
    return comment is not None or (not is_content(row) and "#" in line)


def _key_slot(file: File, row: Row, column: int) -> KeySlot | None:
    """The cursor is in a key, or where one was; nothing can be typed behind its closing quote."""
    string = file.string
    raw = string[row.start + row.content : row.start + row.key_end]
    quote = raw[0] if raw[:1] in ("'", '"') and column > row.content else ""
    start, end = row.start + row.content, row.start + row.key_end
    if quote:
        start, end = start + 1, max(start + 1, end - 1)
    if row.start + column > end:
        return None
    return KeySlot(
        path=path_of(file, row),
        span=Span(start, end),
        name=string[start:end],
        prefix=string[start : row.start + column],
        lead="",
        column=row.content,
        colon=True,
        value=value_of(string, row),
        siblings=siblings(file, row.start, row.content, first=bool(row.dashes)),
        is_open=False,
        flow=False,
        quote=quote,
        beside=keys_beside(string, row) if row.dashes else (),
    )


def _value_slot(file: File, row: Row, column: int) -> ValueSlot | None:
    """The cursor is behind the colon of a key."""
    if not row.key or _NO_VALUE.match(row.rest) or row.rest[:1] in ("[", "{"):
        return None
    if not row.rest and value_of(file.string, row).shape is not Shape.NOTHING:
        return None
    path = (*path_of(file, row), row.key)
    others = siblings(file, row.start, row.content, first=bool(row.dashes))
    return _scalar_in(file.string, row, column, path, others, ())


def _scalar_in(
    string: str, row: Row, column: int, path: Path, others: tuple[Sibling, ...], beside: tuple[str, ...]
) -> ValueSlot | None:
    """Return the slot for the scalar (or the place of one) at the end of a line."""
    offset = row.start + column
    if not row.rest:
        lead = " " if string[offset - 1 : offset] in (":", "-") else ""
        return ValueSlot(path, Span(offset, offset), "", lead, others, flow=False, items=beside)
    start = row.start + row.value
    end = start + len(row.rest)
    if offset < start:
        return None
    quote = row.rest[0] if row.rest[0] in "'\"" and offset > start else ""
    closed = bool(quote) and len(row.rest) > 1 and row.rest[-1] == quote
    if offset > end or (offset == end and closed):
        if string[end:offset].strip() or quote:
            return None
        end = offset
    if quote:
        start, end = start + 1, end - closed
    return ValueSlot(
        path,
        Span(start, end),
        string[start:offset],
        "",
        others,
        flow=False,
        quote=quote,
        closed=closed or not quote,
        items=beside,
    )


def _scalar_slot(file: File, row: Row, column: int) -> Slot | None:
    """The cursor is in a line without a colon: a key that is being typed, or a scalar."""
    if row.value != row.content or _NO_VALUE.match(row.rest) or row.rest[:1] in ("[", "{"):
        return None
    word = re.match(r"\S+", row.rest)
    in_word = word is not None and column <= row.content + word.end() and row.rest[0] not in "'\""
    if row.dashes:
        path = path_of(file, row)
        beside = items(file.string, row.start, row.dashes[0])
        if not in_word or word is None:
            return _scalar_in(file.string, row, column, path, (), beside)
        others = siblings(file, row.start, row.content, first=True)
        return _word_slot(file.string, row, column, Place(PlaceKind.EMPTY, path, row.content), others, beside)
    place = place_at(file, row.start, row.content)
    if not in_word or word is None:
        return _scalar_in(file.string, row, column, place.path, (), ()) if place.kind is PlaceKind.EMPTY else None
    if place.kind is PlaceKind.SEQUENCE:
        start = row.start + row.content
        span = Span(start, start + len(row.rest))
        lead = " " * max(0, place.column - row.content)
        return ItemSlot(place.path, span, file.string[start : row.start + column], lead, place.column)
    others = siblings(file, row.start, row.content)
    return _word_slot(file.string, row, column, place, others, ())


def _word_slot(
    string: str, row: Row, column: int, place: Place, others: tuple[Sibling, ...], beside: tuple[str, ...]
) -> KeySlot:
    """Return the slot for the first word of a line without a colon."""
    start = row.start + row.content
    word = re.match(r"[^\s:]+", row.rest)
    if word is None or column > row.content + word.end():
        word = re.match(r"\S+", row.rest)
    end = start + (word.end() if word else 0)
    behind = string[end : start + len(row.rest)].strip()
    value = Value(Shape.SCALAR, behind) if behind else value_of(string, row._replace(key="", rest=""))
    return KeySlot(
        path=place.path,
        span=Span(start, end),
        name=string[start:end],
        prefix=string[start : row.start + column],
        lead="",
        column=row.content,
        colon=False,
        value=value,
        siblings=others,
        is_open=place.kind is PlaceKind.EMPTY and not others,
        flow=False,
        text=Span(start, start + len(row.rest)),
        items=beside,
        list_path=place.list_path,
        beside=keys_beside(string, row) if row.dashes else (),
    )


def _dash_slot(file: File, row: Row, column: int) -> KeySlot | None:
    """The cursor is behind a dash with nothing behind it."""
    last = row.dashes[-1]
    if column <= last:
        return None
    below = first_below(file.string, row.start)
    if below and below.indent > last and (below.key is None or below.dashes):
        return None  # The lines below are the item.
    wanted = below.indent if below and below.indent > last + 1 else max(column, last + 2)
    offset = row.start + column
    return KeySlot(
        path=path_of(file, row),
        span=Span(offset, offset),
        name="",
        prefix="",
        lead=" " * max(0, wanted - column),
        column=wanted,
        colon=False,
        value=Value(Shape.NOTHING),
        siblings=siblings(file, row.start, wanted, first=True),
        is_open=not (below and below.indent > last),
        flow=False,
        text=Span(offset, offset),
        items=items(file.string, row.start, row.dashes[0]),
        beside=keys_beside(file.string, row),
    )


def _blank_slot(file: File, row: Row, offset: int) -> Slot | None:
    """The cursor is on a line with nothing but blanks before it."""
    column = offset - row.start
    if "\t" in file.string[row.start : offset]:
        return None
    below = first_below(file.string, row.start)
    wanted = below.indent if below and below.indent > column else column
    place = place_at(file, row.start, wanted)
    if below and below.dashes and below.indent == wanted and place.column <= wanted:
        return _item_slot(row, offset, list_path(file, below.start, below.indent), wanted)
    if place.kind is PlaceKind.SEQUENCE:
        return _item_slot(row, offset, place.path, place.column)
    start = row.start + min(column, place.column)
    return KeySlot(
        path=place.path,
        span=Span(start, offset),
        name="",
        prefix="",
        lead=" " * max(0, place.column - column),
        column=place.column,
        colon=False,
        value=Value(Shape.NOTHING),
        siblings=siblings(file, row.start, place.column),
        is_open=place.kind is PlaceKind.EMPTY,
        flow=False,
        text=Span(start, offset),
        list_path=place.list_path,
    )


def _item_slot(row: Row, offset: int, path: Path, column: int) -> ItemSlot:
    start = row.start + min(offset - row.start, column)
    return ItemSlot(path, Span(start, offset), "", " " * max(0, column - (offset - row.start)), column)


def _flow_opening(file: File, row: Row, offset: int) -> tuple[Path, int] | None:
    """Return the path and the bracket of the flow collection that may hold the offset."""
    opened = row.start + row.value
    if row.rest[:1] in ("[", "{") and offset > opened:
        return _path_of_value(file, row), opened
    indent = row.indent if is_content(row) else offset - row.start
    try:
        for above in rows_above(file.string, row.start, indent):
            if above.rest[:1] in ("[", "{"):
                opened = above.start + above.value
                return (_path_of_value(file, above), opened) if flow_at(file.string, opened, offset) else None
            if above.key is not None or above.dashes:
                break
    except TooFarError:
        pass
    document = file.document_at(offset)
    root = document.root if document else None
    if isinstance(root, tree.Mapping | tree.Sequence) and root.flow and offset > root.span.start:
        return (), root.span.start
    return None


def _path_of_value(file: File, row: Row) -> Path:
    path = path_of(file, row)
    return path if row.key is None else (*path, row.key)
