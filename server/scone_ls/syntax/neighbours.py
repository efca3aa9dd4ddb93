"""What stands around a line: the other keys of its mapping, the other items of its list, the value below it."""

from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import islice
from typing import NamedTuple

from scone_ls.syntax import green, tree
from scone_ls.syntax.file import File
from scone_ls.syntax.places import collection_at
from scone_ls.syntax.rows import Row, TooFarError, rows_above, rows_below

_KEYS_LOOKED_AT = 30
_PAIRS_LOOKED_AT = 1000
_ANY = 10_000  # deeper than any indentation


class Sibling(NamedTuple):
    """Another key of the same mapping: its name, the scalar behind its colon as text, and where it begins."""

    name: str
    value: str
    start: int


class Shape(Enum):
    """What stands as the value of a key."""

    NOTHING = "nothing"
    SCALAR = "scalar"
    MAPPING = "mapping"
    SEQUENCE = "sequence"


class Value(NamedTuple):
    """A value that is there: a scalar's text, or the keys of the mapping (of the first item, for a list)."""

    shape: Shape
    text: str = ""
    keys: tuple[str, ...] = ()


def siblings(file: File, start: int, column: int, *, first: bool = False) -> tuple[Sibling, ...]:
    """Return the other keys of the mapping whose keys stand at the column, in the order of the text.

    `first` says that the line at `start` begins the mapping, behind a dash.
    """
    try:
        above = [] if first else list(_siblings_above(file.string, start, column))
        return (*reversed(above), *_siblings_below(file.string, start, column))
    except TooFarError:
        node = collection_at(file, start, column)[1]
        end = file.string.find("\n", start)
        found = _siblings_in(node) if isinstance(node, tree.Mapping) else ()
        return tuple(one for one in found if not start <= one.start <= (end if end >= 0 else len(file.string)))


def items(string: str, start: int, column: int) -> tuple[str, ...]:
    """Return the texts of the other scalar items in the list whose dashes stand at the column, as far as they are near."""
    found: list[str] = []
    for rows in (rows_above(string, start, column), rows_below(string, start, column)):
        try:
            for row in rows:
                if row.indent != column or not row.dashes:
                    break
                if row.key is None and len(row.dashes) == 1 and row.rest:
                    found.append(unquoted(row.rest))
        except TooFarError:
            continue
    return tuple(found)


def keys_beside(string: str, row: Row) -> tuple[str, ...]:
    """Return the keys of the item above the one that begins on a line with a dash."""
    above = _first(rows_above(string, row.start, row.indent))
    if above is None or above.indent != row.indent or not above.dashes or above.key is None:
        return ()
    return _keys_from(string, above)


def value_of(string: str, row: Row) -> Value:
    """Return what stands as the value of the key on a line, there or in the lines below."""
    if row.rest:
        shape = {"[": Shape.SEQUENCE, "{": Shape.MAPPING}.get(row.rest[0], Shape.SCALAR)
        text = "" if shape is not Shape.SCALAR or row.opens_text else unquoted(row.rest)
        return Value(shape, text)
    below = first_below(string, row.start)
    if below is None or below.indent < row.content or (below.indent == row.content and not below.dashes):
        return Value(Shape.NOTHING)
    if below.dashes:
        return Value(Shape.SEQUENCE, keys=_keys_from(string, below))
    return Value(Shape.MAPPING, keys=_keys_from(string, below)) if below.key is not None else Value(Shape.SCALAR)


def first_below(string: str, start: int) -> Row | None:
    """Return the next content line below the one at `start`, if it is near."""
    return _first(rows_below(string, start, _ANY))


def unquoted(text: str) -> str:
    """Return the text of a scalar without its quotes, for comparison only: escapes stay as they are."""
    if text[:1] in ("'", '"'):
        return text[1:-1] if len(text) > 1 and text[-1] == text[0] else text[1:]
    return text


def _siblings_above(string: str, start: int, column: int) -> Iterator[Sibling]:
    for row in rows_above(string, start, column):
        if row.key is not None and row.content == column:
            yield _sibling(row)
            if row.dashes:
                return
        elif row.indent < column:
            return


def _siblings_below(string: str, start: int, column: int) -> Iterator[Sibling]:
    for row in rows_below(string, start, column):
        if row.indent < column:
            return
        if row.key is not None and row.content == column:
            yield _sibling(row)


def _sibling(row: Row) -> Sibling:
    return Sibling(row.key or "", unquoted(row.rest), row.start + row.content)


def _siblings_in(mapping: tree.Mapping) -> Iterator[Sibling]:
    """Yield the keys of a mapping; no mapping that the specification knows has as many as are looked at."""
    for shift, pair in islice(green.pairs_of(mapping.node), _PAIRS_LOOKED_AT):
        if isinstance(pair.key, green.Scalar):
            value = pair.value.value if isinstance(pair.value, green.Scalar) else ""
            yield Sibling(pair.key.value, value, mapping.base + shift + pair.key.start)


def _keys_from(string: str, first: Row) -> tuple[str, ...]:
    """Return the first keys of the mapping that begins on a line."""
    keys = [first.key or ""]
    try:
        for row in rows_below(string, first.start, first.content):
            if row.indent < first.content or len(keys) == _KEYS_LOOKED_AT:
                break
            if row.key is not None:
                keys.append(row.key)
    except TooFarError:
        pass
    return tuple(key for key in keys if key)


def _first(rows: Iterable[Row]) -> Row | None:
    try:
        return next(iter(rows), None)
    except TooFarError:
        return None
