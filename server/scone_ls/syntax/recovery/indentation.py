"""Lines that stand at the wrong column: which line is wrong, and where it would fit."""

from collections.abc import Iterator
from itertools import islice

from scone_ls.syntax import green, lines
from scone_ls.syntax.compose import Composed, compose
from scone_ls.syntax.faults import Fault, FaultKind, Repair
from scone_ls.syntax.pieces import Level
from scone_ls.syntax.recovery.line import line_fault, list_below_value
from scone_ls.syntax.recovery.place import Explanation, Frame, Place, Reindent, Replace
from scone_ls.syntax.recovery.words import blanks, content_end


def foreign_key(place: Place) -> Iterator[Reindent]:
    """Explain a `key:` among the items of a list by the mapping, inside or outside, that it belongs to."""
    text, content = place.text, place.content
    line = lines.line_start(text, content)
    shape = lines.shape_at(text, content)
    if not place.level.is_sequence or not shape.key or shape.dash or text[line:content].strip():
        return
    column = content - line
    known = {level.column for level in (*place.levels, *place.before) if not level.is_sequence}
    ordered = sorted(known - {column}, key=lambda target: (abs(target - column), -target))
    others = tuple(ordered[1:2])
    for target in ordered[:2]:
        yield _reindented(
            place, _block(place, line, column, target), line, content, others if target == ordered[0] else ()
        )
    yield from _moved_dash(place, place.frames[-1].previous, column)


def misplaced_line(place: Place) -> Iterator[Explanation]:
    """Explain a line below the first one that stands at the wrong column."""
    text = place.text
    culprit = _culprit(place)
    if culprit is None or not _parses_before(place, culprit[0]):
        return
    line, content = culprit
    shape = lines.shape_at(text, content)
    if shape.starts_entry:
        yield from _moved_above(place, line, content, shape)
        yield from _moved_line(place, line, content, shape)
    else:
        yield _loose_line(place, line, content)


def _culprit(place: Place) -> tuple[int, int] | None:
    """Return the content line, not the first one, at which reading stopped."""
    text = place.text
    below = lines.content_lines(text, lines.next_line(text, place.content), place.end)
    if not below:
        return None
    problem = place.start + place.problem.offset
    reached = [line for line in below if line[0] <= problem]
    if not reached:
        return None
    return reached[-1]


def _parses_before(place: Place, line: int) -> bool:
    """Tell whether the entry parses when it ends before the line."""
    at_line_start = place.start == lines.line_start(place.text, place.start) and place.start != place.content
    column = 0 if at_line_start else place.level.column
    composed = compose(place.text[place.start : line], column)
    if not isinstance(composed, Composed):
        return False
    match composed.node:
        case green.Mapping(flow=False, pairs=pairs) if not place.level.is_sequence:
            return len(pairs) == 1
        case green.Sequence(flow=False, items=items) if place.level.is_sequence:
            return len(items) == 1
        case _:
            return False


def _moved_dash(place: Place, start: int | None, column: int) -> Iterator[Reindent]:
    """Explain a key at the wrong column by the dash of its item above it, which stands at `start`."""
    if start is None:
        return
    text = place.text
    content = lines.content_start(text, start, len(text))
    dash = lines.AFTER_DASH.match(text, content)
    first = lines.line_start(text, content)
    if dash is None or text[first:content].strip():
        return
    target = column - (dash.end() - content)
    if target >= 0 and target != content - first:
        yield _reindented(place, {first: target}, first, content, ())


def _moved_above(place: Place, line: int, content: int, shape: lines.Shape) -> Iterator[Reindent]:
    """Explain trouble below by the line of an entry above, the nearest first, that stands at the wrong column."""
    column = content - line
    for index in range(len(place.frames) - 1, -1, -1):
        frame = place.frames[index]
        parent = place.frames[index - 1].level.column if index else -1
        first = lines.line_start(place.text, frame.content)
        if not place.text[first : frame.content].strip():
            target = _better_column(place, frame, parent, (line, column), shape)
            if target is not None:
                moved = _block(place, first, frame.level.column, target)
                moved = {start: indent for start, indent in moved.items() if start < line}
                yield _reindented(place, moved, first, frame.content, ())
            if frame.level.is_sequence and shape.key:
                yield from _moved_dash(place, frame.content, column)
        if (
            column > frame.level.column
            and index < len(place.frames) - 1
            and column >= place.frames[index + 1].level.column
        ):
            return


def _better_column(place: Place, frame: Frame, parent: int, culprit: tuple[int, int], shape: lines.Shape) -> int | None:
    """Return the column at which an entry's line would have to stand, so that a line below stands right."""
    text, level = place.text, frame.level
    line, column = culprit
    is_own = frame is place.frames[-1]
    first_dash = lines.DASH.match(text, frame.content) is not None
    if column > level.column:
        if shape.dash and not first_dash and Level(column, shape.dash) in frame.before:
            # It was moved to the left, out of an item of a list that goes on below.
            return min(
                (each.column for each in frame.before if each.column > column and not each.is_sequence), default=None
            )
        if first_dash != shape.dash and is_own:
            return None
        if Level(column, shape.dash) in frame.before and first_dash == shape.dash:
            return column  # It was moved to the left, out of a collection that goes on below.
        if is_own and frame.is_after_header:
            return column  # It is the first line of the collection that the key above it lacks.
        alone = is_own and frame.is_first and level.column > parent and not _stands_at(place, line, level.column)
        return column if alone and (_peers(place, line, column) > 1 or column - parent == place.unit) else None
    if not frame.is_first or not parent < column < level.column or first_dash > shape.dash:
        return None
    at_unit = column - parent == place.unit if parent >= 0 else column == 0
    return column if at_unit or _peers(place, line, column) > 1 else None


def _peers(place: Place, line: int, column: int) -> int:
    """Return how many lines from one on stand at a column."""
    below = lines.each_content_line(place.text, line, max(place.rest, line))
    return sum(1 for start, content in islice(below, 200) if content - start == column)


def _stands_at(place: Place, line: int, column: int) -> bool:
    return _peers(place, line, column) > 0


def _moved_line(place: Place, line: int, content: int, shape: lines.Shape) -> Iterator[Explanation]:
    """Explain a line by a column at which it would have a place."""
    column = content - line
    known = {level.column for level in place.levels if level.is_sequence == shape.dash}
    if not known and shape.dash:
        below = list_below_value(place)
        if below is not None:
            yield below
    ordered = sorted(known, key=lambda target: (abs(target - column), -target))
    for target in ordered[:2]:
        others = tuple(other for other in ordered[:2] if other != target)
        yield _reindented(place, _block(place, line, column, target), line, content, others)


def _block(place: Place, line: int, column: int, target: int) -> dict[int, int]:
    """Return the new columns of a line and of the lines that go with it: its value, and what was moved along."""
    text = place.text
    moved = {line: target}
    content = lines.content_start(text, line, len(text))
    dash = lines.AFTER_DASH.match(text, content)
    if dash is None and lines.HEADER.match(text, content) is None:
        return moved | _moved_along(place, line, column, target)
    inner = column + dash.end() - content if dash else column + place.unit
    along: bool | None = None
    for start, begin in lines.each_content_line(text, lines.next_line(text, line), max(place.rest, place.end)):
        indent = begin - start
        is_item = lines.DASH.match(text, begin) is not None
        if indent < target or (indent == target and not (is_item and dash is None)):
            break
        if along is None:
            along = indent == inner or (dash is None and is_item and indent == column != target)
        if not along:
            break
        moved[start] = indent + target - column
    return moved | (_moved_along(place, line, column, target) if along is None else {})


def _moved_along(place: Place, line: int, column: int, target: int) -> dict[int, int]:
    """Return the siblings below a line without a value in the lines below that were moved to the right with it."""
    text = place.text
    moved: dict[int, int] = {}
    if column <= target:
        return moved
    for start, begin in lines.each_content_line(text, lines.next_line(text, line), max(place.rest, place.end)):
        indent = begin - start
        if indent < column:
            break
        moved[start] = indent + target - column
    return moved


def _reindented(place: Place, columns: dict[int, int], line: int, content: int, others: tuple[int, ...]) -> Reindent:
    text = place.text
    first = columns[line]
    repairs = [_indent_repair(text, columns, first)]
    for other in others:
        moved = {ln: column + other - first for ln, column in columns.items()}
        if all(column >= 0 for column in moved.values()):
            repairs.append(_indent_repair(text, moved, other))
    word = lines.KEY_LINE.match(text, content)
    end = word.end(1) if word else content + 1
    found = content - line
    message = f"indented with {blanks(found)} where {first} would fit"
    odd = sum(
        (column % place.unit != 0) - ((lines.content_start(text, start, len(text)) - start) % place.unit != 0)
        for start, column in columns.items()
    )
    fault = Fault(FaultKind.INDENTATION, line, max(end, line + 1), message, tuple(repairs))
    return Reindent(columns, fault, (odd + _stays_empty(place, columns, line, content), len(columns)))


def _stays_empty(place: Place, columns: dict[int, int], line: int, content: int) -> bool:
    """Tell whether a key without a value has a list or the like below it, and none of it at its new column."""
    text = place.text
    below = lines.first_content(text, lines.next_line(text, line), place.limit)
    if lines.HEADER.match(text, content) is None or below is None or below[0] in columns:
        return False
    indent, is_item = below[1] - below[0], lines.DASH.match(text, below[1]) is not None
    return indent < columns[line] or (indent == columns[line] and not is_item)


def _indent_repair(text: str, columns: dict[int, int], column: int) -> Repair:
    edits = tuple(
        (
            line,
            line
            + len(text[line : lines.line_end(text, line)])
            - len(text[line : lines.line_end(text, line)].lstrip(" ")),
            " " * new,
        )
        for line, new in sorted(columns.items())
    )
    return Repair(f"indent with {blanks(column)}", edits)


def _loose_line(place: Place, line: int, content: int) -> Replace:
    """Explain a line that belongs to nothing: it is reported, and read as if it were blank."""
    text = place.text
    end = lines.line_end(text, line)
    if content - line <= place.level.column and "\n" in text[place.start : line]:
        previous = lines.content_lines(text, place.start, line)
        column = previous[-1][1] - previous[-1][0] if previous else 0
        if column > content - line and " " in text[content:end].strip():
            fault = Fault(
                FaultKind.INDENTATION,
                line,
                max(content_end(text, content), content + 1),
                f"indented with {blanks(content - line)} where {column} would fit",
                (Repair(f"indent with {blanks(column)}", ((line, content, " " * column),)),),
            )
            return Replace(content, " " * (end - content), {}, fault)
    fault = line_fault(place, content, end)
    return Replace(content, " " * (end - content), {}, fault)
