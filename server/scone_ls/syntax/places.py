"""Which collection a column on a line belongs to, judged by indentation: its path, and whether anything stands in it.

The lines around decide, so that neither the line in question nor its neighbours have to parse; where they reach too
far, the tree answers. In a path a number stands for an item, always 0: which item it is makes no difference to what
may stand there.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from scone_ls.syntax import green, tree
from scone_ls.syntax.file import File
from scone_ls.syntax.rows import Row, TooFarError, row_at, rows_above, rows_below
from scone_ls.text import Span

Path: TypeAlias = tuple[str | int, ...]


_ANY = 10_000  # deeper than any indentation


class InsideTextError(Exception):
    """The place is in the text of a block scalar."""


class PlaceKind(Enum):
    """What sort of collection a place belongs to."""

    MAPPING = "mapping"
    SEQUENCE = "sequence"
    EMPTY = "empty"
    """A key or dash without a value yet: anything may stand there."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a collection: what stands there has to begin at `column`.

    `list_path` is the path of a list whose dashes may stand at the same column as the keys of the mapping.
    """

    kind: PlaceKind
    path: Path
    column: int
    list_path: Path | None = None


def place_at(file: File, start: int, column: int) -> Place:
    """Return where something at the column of the line at `start` belongs; its own text plays no part.

    Raises `InsideTextError` where that is in the text of a block scalar.
    """
    try:
        for row in rows_above(file.string, start, column):
            place = _place_below(file, row, start, column)
            if place is not None:
                return place
    except TooFarError:
        return _place_by_tree(file, start, column)
    first = next(_rows_around(file.string, start), None)
    return Place(PlaceKind.MAPPING, (), first.indent if first and not first.dashes else column)


def path_of(file: File, row: Row) -> Path:
    """Return the path of the collection or item in which the content of a line stands (behind its dashes)."""
    if row.dashes:
        return list_path(file, row.start, row.dashes[0]) + (0,) * len(row.dashes)
    return _mapping_path(file, row.start, row.content)


def list_path(file: File, start: int, column: int) -> Path:
    """Return the path of the list to which a dash at the column of the line at `start` belongs."""
    return _list_owner(file, start, column)[0]


def in_scalar(file: File, offset: int) -> bool:
    """Tell whether the offset is in a scalar that begins on an earlier line, according to the tree.

    Lines that could as well be keys without colons do not count.
    """
    document = file.document_at(offset)
    node = document.root if document else None
    if node is None:
        return False
    steps = tree.path_to(node, offset)
    value = steps[-1].value if steps else node
    if not isinstance(value, tree.Scalar):
        return False
    span = Span(value.span.start, value.span.end)
    begun = file.string.find("\n", span.start, span.end)
    if begun < 0 or offset <= begun:
        return False
    if not value.style and not value.node.anchor:
        first, here = row_at(file.string, span.start), row_at(file.string, offset)
        if first.start + first.content == span.start and first.content == here.content:
            return False
    if offset < span.end:
        return True
    return offset == span.end and file.string[offset - 1] != "\n"


def collection_at(file: File, start: int, column: int, *, dash: bool = False) -> tuple[Path, tree.Node | None, int]:
    """Return the collection that goes on at the line at `start`, whose keys or dashes stand at the column or behind."""
    document = file.document_at(start)
    node = document.root if document else None
    path: Path = ()
    while isinstance(node, tree.Mapping | tree.Sequence):
        step = _step_before(node, start)
        if step is None:
            return path, node, column
        found = step.span.start - file.string.rfind("\n", 0, step.span.start) - 1
        compact = dash and isinstance(step, tree.Pair) and isinstance(step.value, tree.Sequence)
        if found > column or (found == column and not compact):
            return path, node, found
        path = (*path, (step.name or "") if isinstance(step, tree.Pair) else 0)
        node = step.value
    return path, node, column


def _place_below(file: File, row: Row, start: int, column: int) -> Place | None:
    """Return the place at the column where a line above decides about it."""
    if row.dashes and row.indent == column:
        path, owner = _list_owner(file, row.start, column)
        if owner == column:
            return Place(PlaceKind.MAPPING, path[:-1], column, path)
        return Place(PlaceKind.SEQUENCE, path, column)
    has_content = row.key is not None or bool(row.rest)
    if row.dashes and not has_content:
        return _place_inside(file, path_of(file, row), row, start, column)
    if row.content >= column:
        if row.key is None and not row.dashes:
            return None  # A line beside ours that is no pair yet.
        beside = row.is_header and row.content == column and not _has_value(file.string, row, start)
        path = path_of(file, row)
        return Place(PlaceKind.MAPPING, path, row.content, (*path, row.key or "") if beside else None)
    name = row.key if row.is_header else row.lone_word
    if name is not None:
        return _place_inside(file, (*path_of(file, row), name), row, start, column)
    if row.opens_text:
        raise InsideTextError
    return Place(PlaceKind.MAPPING, path_of(file, row), row.content) if row.key is not None else None


def _place_inside(file: File, path: Path, owner: Row, start: int, column: int) -> Place:
    """Return the place in the value below a key or dash: where its other lines stand, else at the column."""
    least = owner.content if owner.key is not None or owner.rest else owner.dashes[-1] + 1
    for row in _rows_around(file.string, start, owner.start):
        if row.start > start and row.indent > column:
            continue  # It belongs to what stands at the column.
        if row.indent < least or (row.indent == least and owner.key is not None and not row.dashes):
            break
        if row.dashes:
            return Place(PlaceKind.SEQUENCE, path, row.indent)
        if row.key is not None:
            return Place(PlaceKind.MAPPING, path, row.indent)
    return Place(PlaceKind.EMPTY, path, column)


def _rows_around(string: str, start: int, above: int | None = None) -> Iterator[Row]:
    """Yield the content lines below the one at `above` (or of the whole document), without the one at `start`."""
    try:
        for row in rows_below(string, above, _ANY) if above is not None else ():
            if row.start != start:
                yield row
        if above is None:
            yield from rows_above(string, start, _ANY)
            yield from rows_below(string, start, _ANY)
    except TooFarError:
        return


def _has_value(string: str, row: Row, start: int) -> bool:
    """Tell whether the value of a key stands in the lines below it, but for the line at `start`."""
    below = next((other for other in _rows_around(string, start, row.start)), None)
    return below is not None and (below.indent > row.content or (below.indent == row.content and bool(below.dashes)))


def _mapping_path(file: File, start: int, column: int) -> Path:
    """Return the path of the mapping that has a key at the column of the line at `start`."""
    if column == 0:
        return ()
    try:
        for row in rows_above(file.string, start, column):
            if row.dashes and row.indent == column:
                continue  # Items of a list that belongs to another key of the mapping.
            if row.dashes and (row.content >= column or not (row.key or row.rest)):
                return path_of(file, row)
            if row.content < column:
                return _path_inside(file, row)
    except TooFarError:
        return collection_at(file, start, column)[0]
    return ()


def _path_inside(file: File, row: Row) -> Path:
    """Return the path of what stands below a line and is indented further than its key."""
    if row.opens_text:
        raise InsideTextError
    name = row.key if row.is_header else row.lone_word
    path = path_of(file, row)
    return path if name is None else (*path, name)


def _list_owner(file: File, start: int, column: int) -> tuple[Path, int]:
    """Return the path of the list with dashes at the column, and the column of the key (or dash) that holds it."""
    try:
        for row in rows_above(file.string, start, column):
            if row.dashes and row.indent == column:
                continue
            if column in row.dashes:
                depth = row.dashes.index(column)
                return list_path(file, row.start, row.dashes[0]) + (0,) * depth, row.dashes[depth - 1]
            if row.dashes and not (row.key or row.rest):
                return path_of(file, row), row.dashes[-1]
            if row.content <= column and (row.is_header or row.lone_word):
                return _path_inside(file, row), row.content
            if row.content <= column and row.key is not None:
                raise InsideTextError  # The scalar of that key goes on.
    except TooFarError:
        path = collection_at(file, start, column, dash=True)[0]
        return path, -1
    return (), -1


def _place_by_tree(file: File, start: int, column: int) -> Place:
    path, node, found = collection_at(file, start, column)
    match node:
        case tree.Sequence():
            return Place(PlaceKind.SEQUENCE, path, found)
        case tree.Mapping():
            return Place(PlaceKind.MAPPING, path, found)
        case _:
            return Place(PlaceKind.EMPTY, path, column)


def _step_before(node: tree.Mapping | tree.Sequence, start: int) -> tree.Step | None:
    """Return the last pair or item of a collection that begins before an offset."""
    kept = node.node.pairs if isinstance(node.node, green.Mapping) else node.node.items
    if isinstance(kept, tuple):
        steps: tuple[tree.Step, ...] = node.pairs if isinstance(node, tree.Mapping) else node.items
        return next((step for step in reversed(steps) if step.span.start < start), None)
    index = bisect_left(kept.starts, start - node.base) - 1
    while index >= 0:
        if index < len(kept) and isinstance(kept.entries[index].child, green.Pair | green.Item):
            return tree.entry_step(kept, index, node.base)
        index -= 1
    return None
