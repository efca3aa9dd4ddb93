"""Entries read in one piece by ruamel.yaml: one by one, or many small ones that follow each other in one go."""

from collections.abc import Container
from typing import NamedTuple

from scone_ls.syntax import green, lines
from scone_ls.syntax.compose import Problem, compose, compose_run, needs_pure

_LEAF_LINES = 24  # A piece of so many lines costs the fast scanner about 0.1 ms …
_PURE_LEAF_LINES = 6  # … and one of so many lines costs the pure scanner about 1 ms.
_RUN = 3  # At least so many entries are worth being read together, …
_RUN_LINES = 250  # … and about so many lines.


class Level(NamedTuple):
    """An open block collection: the column of its keys or dashes, and which of the two it has."""

    column: int
    is_sequence: bool


def is_small(piece: str) -> bool:
    """Tell whether a piece is read sooner than it is cut."""
    height = piece.count("\n")
    return height <= _PURE_LEAF_LINES or (height <= _LEAF_LINES and not needs_pure(piece))


def whole(text: str, start: int, end: int, level: Level, *, bound: bool, explain: bool = True) -> green.Entry | Problem:
    """Compose an entry in one piece; a piece that is not one entry of the level is a problem.

    `explain` asks for what the problem is (see `compose`).
    """
    content = lines.content_start(text, start, end)
    at_line_start = content > start or level.column == 0
    composed = compose(text[start:end], 0 if at_line_start else level.column, explain=explain)
    if isinstance(composed, Problem):
        return composed
    match composed.node:
        case green.Mapping(flow=False, tag="", anchor=None, pairs=(pair,)) if not level.is_sequence:
            return green.Entry(end - start, level.column, pair, names=composed.names, bound=bound)
        case green.Sequence(flow=False, tag="", anchor=None, items=(item,)) if level.is_sequence:
            return green.Entry(end - start, level.column, item, names=composed.names, bound=bound)
        case _:
            return Problem("could not find expected ':'", content - start, None)


def run(text: str, starts: list[int], end: int, level: Level, known: Container[int]) -> dict[int, green.Entry]:
    """Return the small entries that can be read together with their neighbours, by their starts.

    The entries begin at `starts`, the last one ends at `end`; those in `known` are left out.
    """
    found: dict[int, green.Entry] = {}
    if len(starts) < _RUN or all(start in known for start in starts):
        return found
    bounds = [*starts, end]
    group: list[int] = []
    count = 0
    for start, finish in zip(starts, bounds[1:], strict=True):
        height = text.count("\n", start, finish)
        if height > _LEAF_LINES or start in known:
            found |= _run(text, group, start, level)
            group, count = [], 0
            continue
        group.append(start)
        count += height
        if count > _RUN_LINES:
            found |= _run(text, group, finish, level)
            group, count = [], 0
    return found | _run(text, group, end, level)


def _run(text: str, group: list[int], end: int, level: Level) -> dict[int, green.Entry]:
    if len(group) < _RUN:
        return {}
    start = group[0]
    column = 0 if level.column == 0 or text[start] == " " else level.column
    children = compose_run(text[start:end], column, [offset - start for offset in group])
    if children is None:
        return {}
    kind = green.Item if level.is_sequence else green.Pair
    found: dict[int, green.Entry] = {}
    for offset, finish, child in zip(group, [*group[1:], end], children, strict=True):
        if not isinstance(child, kind) or not 0 <= _start(child) < finish - offset:
            return {}
        found[offset] = green.Entry(finish - offset, level.column, child)
    return found


def _start(child: green.Pair | green.Item) -> int:
    return child.dash if isinstance(child, green.Item) else child.key.start
