"""Why an entry does not parse, and how to read on: judgement about broken text, without any state.

An explanation is one of three: lines that should be indented otherwise, characters that should be others (both read as
if they were mended, and the fault says so), or a line that stays broken and costs no more than itself.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from scone_ls.syntax import green, lines
from scone_ls.syntax.compose import Composed, Problem, compose
from scone_ls.syntax.faults import Fault, FaultKind, Repair
from scone_ls.syntax.pieces import Level

_SEPARATING_TAB = re.compile(r"(?<=[:\-?,])[ \t]*\t[ \t]*")
_LEADING = re.compile(r"[ \t]*")
_WORD = re.compile(r"[^\s:#,\[\]{}\"']+")
_BRACKETS = {"[": "]", "{": "}"}


class Frame(NamedTuple):
    """One of the entries around a broken place, or that place itself.

    `content` is its first character that is no blank, which counts as standing at the column of `level`. `before` are
    the collections that were open, deeper than its own, at the end of the entry before it, which begins at `previous`;
    `is_after_header` tells that that one is a key without a value.
    """

    content: int
    level: Level
    before: tuple[Level, ...]
    previous: int | None
    is_after_header: bool

    @property
    def is_first(self) -> bool:
        """Whether it is the first entry of its collection."""
        return self.previous is None


class Place(NamedTuple):
    """An entry that did not parse, between `start` and `end`, and what stands around it.

    `frames` are the entries around it, the outermost first, itself last. `rest` ends its collection. `unit` is by how
    many blanks the document indents.
    """

    text: str
    start: int
    end: int
    rest: int
    frames: tuple[Frame, ...]
    unit: int
    problem: Problem

    @property
    def content(self) -> int:
        """The entry's first character that is no blank."""
        return self.frames[-1].content

    @property
    def level(self) -> Level:
        """The collection that the entry belongs to."""
        return self.frames[-1].level

    @property
    def levels(self) -> tuple[Level, ...]:
        """The open collections around the entry, the outermost first and its own last."""
        return tuple(frame.level for frame in self.frames)

    @property
    def before(self) -> tuple[Level, ...]:
        """The collections that were still open at the end of the entry before, deeper than its own."""
        return self.frames[-1].before


class Reindent(NamedTuple):
    """Lines (by their starts) are read as if their content stood at another column.

    `cost` says how much that asks one to believe: how many lines come to stand at an odd column, and how many move.
    """

    columns: dict[int, int]
    fault: Fault
    cost: tuple[int, int]


class Replace(NamedTuple):
    """Characters are read as others, as many as before."""

    start: int
    text: str
    columns: dict[int, int]
    fault: Fault


class Lost(NamedTuple):
    """The first line stays broken: what is known of its pair or item (absolute offsets), and whether lines follow.

    `body` tells that the lines below may be read as the value of the key.
    """

    fault: Fault
    child: green.Pair | green.Item | None
    body: bool


Explanation: TypeAlias = Reindent | Replace | Lost


def explain(place: Place) -> tuple[Explanation, ...]:
    """Return the explanations to choose from, the likeliest first; all offsets in them are absolute."""
    one = _tab(place) or _unclosed(place)
    if one is not None:
        return (one,)
    several = (*_foreign(place), *_misplaced_line(place))
    return several or (_broken_line(place),)


def _tab(place: Place) -> Replace | None:
    """Explain a tab where YAML wants blanks: in the indentation, or between an indicator and its value."""
    text, problem = place.text, place.start + place.problem.offset
    if text.find("\t", place.start, place.end) < 0:
        return None
    for line, _ in _tab_lines(text, place.start, place.end, problem):
        leading = _LEADING.match(text, line)
        if leading and "\t" in leading.group() and leading.end() < place.end:
            return _leading_tab(place, line, leading.end())
        match = _SEPARATING_TAB.search(text, line, lines.line_end(text, line))
        if match and (text.count('"', line, match.start()) + text.count("'", line, match.start())) % 2 == 0:
            first = match.start() + match.group().index("\t")
            fault = Fault(
                FaultKind.TAB,
                first,
                match.end(),
                "tab between an indicator and its value; YAML wants a blank",
                (Repair("replace the tab by a blank", ((match.start(), match.end(), " "),)),),
            )
            return Replace(first, " " * (match.end() - first), {}, fault)
    return None


def _tab_lines(text: str, start: int, end: int, problem: int) -> list[tuple[int, int]]:
    """Return the lines with a tab, the one where reading stopped first."""
    begin = lines.line_start(text, start)
    found = [
        (line, line)
        for line in _line_starts(text, begin, end)
        if "\t" in text[max(line, start) : lines.line_end(text, line)]
    ]
    return sorted(found, key=lambda line: line[0] != lines.line_start(text, problem))


def _line_starts(text: str, start: int, end: int) -> list[int]:
    starts = [start]
    while (line := text.find("\n", starts[-1], end) + 1) and line < end:
        starts.append(line)
    return starts


def _leading_tab(place: Place, line: int, content: int) -> Replace:
    text = place.text
    blank = text[line:content]
    is_dash = lines.DASH.match(text, content) is not None
    known = {level.column for level in (*place.levels, *place.before) if level.is_sequence == is_dash}
    column = len(blank)
    if column not in known:
        width = len(blank.replace("\t", " " * place.unit))
        column = min(known, key=lambda known: (abs(known - width), -known), default=width)
    first = line + blank.index("\t")
    last = line + blank.rindex("\t") + 1
    fault = Fault(
        FaultKind.TAB,
        first,
        last,
        "tab in the indentation; YAML indents with blanks only",
        (Repair(f"indent with {column} blanks", ((line, content, " " * column),)),),
    )
    columns = {line: column} if column != len(blank) else {}
    return Replace(first, " " * (last - first), columns, fault)


def _unclosed(place: Place) -> Lost | None:
    """Explain a quote or bracket that is never closed."""
    text, problem = place.text, place.problem
    if not problem.is_open or problem.context is None:
        return None
    opening = place.start + problem.context
    character = text[opening : opening + 1]
    if character in ("'", '"'):
        opening = _odd_quote(text, place.content, opening)
        character = text[opening]
        end = _content_end(text, opening)
        if character == '"' and text[opening:end] == '"' and opening > place.content:
            fault = _stray_quote(text, place.content, opening)
        else:
            fault = Fault(
                FaultKind.UNCLOSED_QUOTE,
                opening,
                end,
                f"the quote `{character}` is never closed",
                _closing_repairs(text, place.content, opening, end),
            )
    elif character in _BRACKETS:
        closing = _BRACKETS[character]
        last = _flow_end(text, opening, place.end)
        title = f"close it with `{closing}`"
        repairs = (Repair(title, ((last, last, closing),)),)
        first_line = _content_end(text, opening)
        if first_line != last:
            repairs += (Repair(f"{title} on this line", ((first_line, first_line, closing),)),)
        fault = Fault(
            FaultKind.UNCLOSED_FLOW, opening, max(opening + 1, first_line), f"`{character}` is never closed", repairs
        )
    else:
        return None
    return Lost(fault, _line_child(place, lines.line_end(text, place.content)), body=False)


def _odd_quote(text: str, start: int, opening: int) -> int:
    """Return the quote that has no partner on its line: in a flow list the last one opened wrongly shifts all others."""
    line = text[lines.line_start(text, opening) : lines.line_end(text, opening)]
    if "[" not in line and "{" not in line:
        return opening
    base = lines.line_start(text, opening)
    for match in re.finditer(r"[^,\[\]{}\s][^,\[\]{}]*", line):
        part = match.group().strip()
        for quote in "\"'":
            if part.count(quote) % 2 == 1 and base + match.start() >= start and (part[0] == quote or part[-1] == quote):
                return base + match.start() + part.index(quote)
    return opening


def _closing_repairs(text: str, start: int, opening: int, end: int) -> tuple[Repair, ...]:
    """Return where the missing quote may go: behind the word in a flow list, before a comment, at the line's end."""
    quote = text[opening]
    places: list[int] = []
    line = text[lines.line_start(text, opening) : opening]
    if "[" in line or "{" in line:
        inside = re.compile(r"[^,\]}\n]*").match(text, opening + 1)
        if inside:
            places.append(opening + 1 + len(inside.group().rstrip()))
        word = re.compile(r"[^,\[\]{}\s\"'][^,\[\]{}\n\"']*$").search(text[max(start, opening - 200) : opening])
        if word:
            begin = max(start, opening - 200) + word.start()
            return (
                Repair(f"open the quote `{quote}` before `{word.group()}`", ((begin, begin, quote),)),
                *(Repair(f"close the quote with `{quote}`", ((place, place, quote),)) for place in places),
            )
    places.append(end)
    line_end = len(text[:0]) + lines.line_end(text, opening)
    places.append(line_end)
    unique = list(dict.fromkeys(places))
    return tuple(Repair(f"close the quote with `{quote}`", ((place, place, quote),)) for place in unique)


def _stray_quote(text: str, start: int, opening: int) -> Fault:
    colon = text.rfind(": ", start, opening)
    begin = colon + 2 if colon >= 0 else start
    repairs = (Repair("open the quote at the beginning of the value", ((begin, begin, text[opening]),)),)
    return Fault(FaultKind.UNCLOSED_QUOTE, begin, opening + 1, f"the quote `{text[opening]}` is never opened", repairs)


def _content_end(text: str, offset: int) -> int:
    """Return the end of what stands on the line, before a comment and the blanks in front of it."""
    end = lines.line_end(text, offset)
    comment = re.compile(r"[ \t]+#").search(text, offset, end)
    if comment:
        return comment.start()
    return offset + len(text[offset:end].rstrip())


def _flow_end(text: str, opening: int, end: int) -> int:
    """Return where a bracket that is never closed would best be closed: behind the last line of the entry's content."""
    last = opening + 1
    for _, content in lines.content_lines(text, lines.line_start(text, opening), end):
        if content >= lines.line_start(text, opening):
            last = _content_end(text, max(content, opening))
    return max(opening + 1, last)


def _misplaced_line(place: Place) -> Iterator[Explanation]:
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


def _foreign(place: Place) -> Iterator[Reindent]:
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
        if first_dash != shape.dash and is_own:
            return None
        if Level(column, shape.dash) in frame.before and first_dash == shape.dash:
            return column  # It was moved to the left, out of a collection that goes on below.
        if is_own and frame.is_after_header:
            return column  # It is the first line of the collection that the key above it lacks.
        alone = is_own and frame.is_first and level.column > parent and not _stands_at(place, line, level.column)
        return column if alone and (_peers(place, line, column) > 1 or column - parent == place.unit) else None
    if not frame.is_first or not parent < column < level.column or first_dash != shape.dash:
        return None
    at_unit = column - parent == place.unit if parent >= 0 else column == 0
    return column if at_unit or _peers(place, line, column) > 1 else None


def _peers(place: Place, line: int, column: int) -> int:
    """Return how many lines from one on stand at a column."""
    below = lines.content_lines(place.text, line, max(place.rest, line))
    return sum(1 for start, content in below[:200] if content - start == column)


def _stands_at(place: Place, line: int, column: int) -> bool:
    return _peers(place, line, column) > 0


def _moved_line(place: Place, line: int, content: int, shape: lines.Shape) -> Iterator[Explanation]:
    """Explain a line by a column at which it would have a place."""
    column = content - line
    known = {level.column for level in place.levels if level.is_sequence == shape.dash}
    if not known and shape.dash:
        below = _list_below_value(place)
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
    for start, begin in lines.content_lines(text, lines.next_line(text, line), max(place.rest, place.end)):
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
    for start, begin in lines.content_lines(text, lines.next_line(text, line), max(place.rest, place.end)):
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
    message = f"indented with {_blanks(found)} where {first} would fit"
    odd = sum(
        (column % place.unit != 0) - ((lines.content_start(text, start, len(text)) - start) % place.unit != 0)
        for start, column in columns.items()
    )
    fault = Fault(FaultKind.INDENTATION, line, max(end, line + 1), message, tuple(repairs))
    return Reindent(columns, fault, (odd, len(columns)))


def _blanks(count: int) -> str:
    return "1 blank" if count == 1 else f"{count} blanks"


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
    return Repair(f"indent with {_blanks(column)}", edits)


def _list_below_value(place: Place) -> Lost | None:
    text = place.text
    match = lines.KEY_LINE.match(text, place.content)
    if match is None:
        return None
    end = _content_end(text, match.end())
    begin = match.end() + len(text[match.end() : end]) - len(text[match.end() : end].lstrip())
    fault = Fault(
        FaultKind.SYNTAX,
        begin,
        max(end, begin + 1),
        "a value stands here and a list below; a key has one value",
        (Repair("remove the value before the list", ((match.end(), end, ""),)),),
    )
    key = _key_scalar(text, match.start(), match.end(1))
    return Lost(fault, green.Pair(key, match.end() - 1, green.Broken(begin, end)), body=True)


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
                max(_content_end(text, content), content + 1),
                f"indented with {_blanks(content - line)} where {column} would fit",
                (Repair(f"indent with {_blanks(column)}", ((line, content, " " * column),)),),
            )
            return Replace(content, " " * (end - content), {}, fault)
    fault = _line_fault(place, content, end)
    return Replace(content, " " * (end - content), {}, fault)


def _broken_line(place: Place) -> Lost:
    """Explain an entry by its first line."""
    text = place.text
    end = lines.line_end(text, place.content)
    fault = _line_fault(place, place.content, end)
    return Lost(fault, _line_child(place, end), body=True)


def _line_fault(place: Place, content: int, end: int) -> Fault:
    """Return what is wrong with a single line."""
    text = place.text
    dash = lines.AFTER_DASH.match(text, content, end)
    begin = dash.end() if dash else content
    key = lines.KEY_LINE.match(text, begin)
    if key is None or key.end() > end + 1:
        return _without_colon(place, begin)
    value_start = key.end() + len(text[key.end() : end]) - len(text[key.end() : end].lstrip())
    value_end = _content_end(text, value_start) if value_start < end else value_start
    value = text[value_start:value_end]
    if value.startswith("{{"):
        return Fault(
            FaultKind.TEMPLATE,
            value_start,
            value_end,
            f"`{_clipped(value)}` begins with `{{{{`, which YAML reads as a mapping",
            (Repair("put the value in quotes", _quoted(text, value_start, value_end)),),
        )
    if value[:1] in "@`%" and value:
        message = f"a plain value can't begin with `{value[0]}`"
        return Fault(
            FaultKind.SYNTAX,
            value_start,
            value_end,
            message,
            (Repair("put the value in quotes", _quoted(text, value_start, value_end)),),
        )
    return _value_fault(place, value_start, value_end, value)


def _value_fault(place: Place, start: int, end: int, value: str) -> Fault:
    """Return what is wrong with a value that follows its key properly."""
    text, problem = place.text, place.problem
    inner = re.search(r":(?=\s|$)", value)
    if inner and value[:1] not in "\"'[{" and "mapping values" in problem.message:
        at = start + inner.start()
        return Fault(
            FaultKind.SYNTAX,
            start,
            end,
            f"a second `:` in `{_clipped(value)}`; a value with `: ` in it needs quotes",
            (
                Repair("put the value in quotes", _quoted(text, start, end)),
                Repair("remove the colon", ((at, at + 1, ""),)),
            ),
        )
    offset = place.start + problem.offset
    if value[:1] in "\"'" and start < offset <= end:
        quote = value[0]
        repairs: tuple[Repair, ...] = ()
        if "escape character" in problem.message and offset > start:
            repairs = (Repair("double the backslash", ((offset - 1, offset - 1, "\\"),)),)
            return Fault(FaultKind.SYNTAX, offset - 1, offset + 1, f"`\\{text[offset]}` is no escape of YAML", repairs)
        rest = text[offset:end]
        repairs = tuple(
            Repair("move the closing quote to the end", ((offset - 1, offset, ""), (end, end, quote)))
            for _ in range(1)
            if text[offset - 1] == quote and quote not in rest
        )
        if value.count(quote) % 2 == 1 and value.endswith(quote):
            middle = value.rfind(quote, 0, len(value) - 1)
            escaped = (start + middle, start + middle + 1, quote * 2 if quote == "'" else '\\"')
            repairs = (*repairs, Repair("escape the quote inside", (escaped,)))
        return Fault(FaultKind.UNCLOSED_QUOTE, start, end, f"the quoted text ends before `{_clipped(rest)}`", repairs)
    if start >= end:
        offset = min(max(place.content, offset - 1), max(place.content, place.end - 1))
        return Fault(FaultKind.SYNTAX, offset, offset + 1, _words(problem.message))
    if value[:1] in _BRACKETS:
        return _flow_fault(place, start, end, value)
    return Fault(FaultKind.SYNTAX, start, end, _words(problem.message))


def _flow_fault(place: Place, start: int, end: int, value: str) -> Fault:
    """Return what is wrong inside a flow collection: a quote without its partner, or the place where reading stopped."""
    text = place.text
    for match in re.finditer(r"[^,\[\]{}\s][^,\[\]{}]*", value):
        part = match.group().strip()
        for quote in "\"'":
            if part.count(quote) == 1 and (part[0] == quote or part[-1] == quote) and len(part) > 1:
                begin = start + match.start()
                finish = begin + len(part)
                missing = finish if part[0] == quote else begin
                verb = "closed" if part[0] == quote else "opened"
                return Fault(
                    FaultKind.UNCLOSED_QUOTE,
                    begin,
                    finish,
                    f"the quote `{quote}` is never {verb}",
                    (Repair(f"add the missing `{quote}`", ((missing, missing, quote),)),),
                )
    offset = min(max(start, place.start + place.problem.offset), max(start, end - 1))
    word = _WORD.match(text, offset, end)
    repairs: tuple[Repair, ...] = ()
    if "expected ','" in place.problem.message and word:
        before = start + len(text[start:offset].rstrip())
        repairs = (Repair("put a comma between the two", ((before, before, ","),)),)
    elif "<block end>" in place.problem.message:
        repairs = (Repair("put the value in quotes", _quoted(text, start, end)),)
    return Fault(
        FaultKind.SYNTAX, offset, max(offset + 1, word.end() if word else 0), _words(place.problem.message), repairs
    )


def _without_colon(place: Place, begin: int) -> Fault:
    """Return the fault of a line in a mapping that has no `key:`."""
    text = place.text
    finish = _content_end(text, begin)
    content = text[begin:finish]
    joined = re.match(r"([\w.-]+):(?=[^\s/])", content)
    if joined:
        at = begin + joined.end()
        return Fault(
            FaultKind.MISSING_COLON,
            begin,
            finish,
            f"no blank after the colon of `{joined.group(1)}`",
            (Repair("put a blank after the colon", ((at, at, " "),)),),
        )
    word = re.match(r"[^\s#&*!|>'\"%@`{}\[\],:][^\s:#]*", content)
    if place.level.is_sequence and begin == place.content:
        return Fault(
            FaultKind.SYNTAX,
            begin,
            max(finish, begin + 1),
            f"`{_clipped(content)}` stands among list items without a dash",
            (Repair("make it a list item", ((begin, begin, "- "),)),),
        )
    if word is None:
        return Fault(FaultKind.SYNTAX, begin, max(finish, begin + 1), _words(place.problem.message))
    key = word.group()
    at = begin + word.end()
    value = content[word.end() :]
    repairs = (Repair(f"put a colon after `{key}`", ((at, at, ":"),)),)
    span = (begin, at if not value else finish)
    return Fault(FaultKind.MISSING_COLON, *span, f"`{_clipped(key)}` has no colon", repairs)


def _line_child(place: Place, end: int) -> green.Pair | green.Item | None:
    """Return what can be known of the first line: its key, or that it is an item."""
    text, content = place.text, place.content
    if place.level.is_sequence:
        if lines.DASH.match(text, content):
            return green.Item(content, green.Broken(content + 1, max(content + 1, _content_end(text, content))))
        return None
    key = lines.KEY_LINE.match(text, content)
    if key and key.end() <= end:
        value = key.end() + len(text[key.end() : end]) - len(text[key.end() : end].lstrip())
        node = green.Broken(min(value, end), max(min(value, end), _content_end(text, min(value, end))))
        return green.Pair(_key_scalar(text, content, key.end(1)), key.end() - 1, node)
    word = re.compile(r"[\w.-]+").match(text, content, end)
    if word:
        return green.Pair(
            _key_scalar(text, content, word.end()), -1, green.Broken(word.end(), _content_end(text, word.end()))
        )
    return None


def _key_scalar(text: str, start: int, end: int) -> green.Scalar:
    raw = text[start:end]
    quoted = raw[:1] in "\"'" and len(raw) > 1
    value = raw[1:-1] if quoted else raw
    return green.Scalar(start, end, value, raw[0] if quoted else "", "tag:yaml.org,2002:str")


def _quoted(text: str, start: int, end: int) -> tuple[tuple[int, int, str], ...]:
    raw = text[start:end]
    if '"' in raw or "\\" in raw:
        return ((start, end, "'" + raw.replace("'", "''") + "'"),)
    return ((start, start, '"'), (end, end, '"'))


def _clipped(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "…"


def _words(message: str) -> str:
    """Return ruamel.yaml's words for a problem without its brackets."""
    message = message.replace("<block end>", "the end of this part").replace("<stream end>", "the end of the text")
    message = re.sub(r"'?<(\w+(?: \w+)*)>'?", r"\1", message)
    return f"not valid YAML: {message}"
