"""Where the block collection begins that is the value of an entry: behind its dash, or in the lines below."""

from collections.abc import Mapping
from typing import TypeAlias

from scone_ls.syntax import lines
from scone_ls.syntax.pieces import Level

# The columns at which lines count as standing, by their starts, where that is not where they stand.
Columns: TypeAlias = Mapping[int, int]


def item_body(
    text: str, columns: Columns, content: int, end: int, level: Level, *, is_strict: bool
) -> tuple[int, int] | None:
    """Return where the block collection of an item begins, and its column, if there is one.

    It begins at the start of its first line, or at its first character where that stands behind the dash or was moved.
    `is_strict` leaves alone what only looks like a collection.
    """
    dash = lines.AFTER_DASH.match(text, content)
    if dash is None:
        bare = lines.BARE_DASH.match(text, content)
        return None if bare is None else body(text, columns, bare.end(), end, level, is_strict=is_strict)
    column = level.column + dash.end() - content
    if lines.shape_at(text, dash.end()).starts_entry:
        return dash.end(), column
    if is_strict:
        return None
    below = lines.content_lines(text, lines.next_line(text, content), end)
    return (dash.end(), column) if any(_opens(text, columns, line, start, column) for line, start in below) else None


def body(text: str, columns: Columns, start: int, end: int, level: Level, *, is_strict: bool) -> tuple[int, int] | None:
    """Return first line and column of the block collection that begins below a header, if there is one."""
    first = lines.first_content(text, start, end)
    if first is None:
        return None
    line, content = first
    corrected = columns.get(line)
    column = content - line if corrected is None else corrected
    shape = lines.shape_at(text, content)
    allowed = column > level.column or (column == level.column and shape.dash and not level.is_sequence)
    if not allowed:
        return None
    if not shape.starts_entry:
        if is_strict:
            return None
        below = lines.content_lines(text, lines.next_line(text, content), end)
        if not any(_opens(text, columns, line, begin, column) for line, begin in below):
            return None
    return (line if corrected is None else content), column


def _opens(text: str, columns: Columns, line: int, content: int, column: int) -> bool:
    """Tell whether a line begins a pair or an item at the column."""
    return columns.get(line, content - line) == column and lines.shape_at(text, content).starts_entry
