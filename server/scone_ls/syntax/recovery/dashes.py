"""Dashes of list items that touch what they stand before, are some other sign, or are missing."""

import re
from collections.abc import Iterator

from scone_ls.syntax import lines
from scone_ls.syntax.faults import Fault, FaultKind, Repair
from scone_ls.syntax.recovery.place import Place, Replace
from scone_ls.syntax.recovery.words import content_end

_GLUED = re.compile(r"-(?=[\w\"'{$/.&])[^\s:]*")
_WORD = re.compile(r"[\w\"']")
_OTHER_SIGN = re.compile("[*+\u2022\u2010-\u2015\u2212](?= )")
_FAR = 200  # Lines that are looked through for the other items of a list,
_REACH = 8192  # and code points.
_WIDTH = 2  # Code points of a dash and its blank.


def dashes(place: Place) -> Iterator[Replace]:
    """Explain a line that would be an item with a proper dash, the line where reading stopped last."""
    text = place.text
    problem = lines.line_start(text, place.start + place.problem.offset)
    above = _first_of_mapping(place, problem)
    for line in dict.fromkeys((lines.line_start(text, place.content), problem, *(() if above is None else (above,)))):
        content = place.content if line <= place.content < lines.next_line(text, line) else None
        content = lines.content_start(text, line, place.end) if content is None else content
        if text[line:content].strip():
            continue  # It stands behind a dash.
        yield from _glued(text, line, content)
        yield from _other_sign(text, content)
        yield from _missing(place, line, content)


def _glued(text: str, line: int, content: int) -> Iterator[Replace]:
    word = _GLUED.match(text, content)
    if word is None:
        return
    message = "no blank after the dash"
    repair = Repair("put a blank after the dash", ((content + 1, content + 1, " "),))
    fault = Fault(FaultKind.SYNTAX, content, word.end(), message, (repair,))
    if content > line:
        yield Replace(content - 1, "- ", {line: content - line}, fault)
    else:  # At the margin there is no room for a blank more, and the item is read as the mapping in it.
        yield Replace(content, " ", {line: _WIDTH}, fault)


def _other_sign(text: str, content: int) -> Iterator[Replace]:
    sign = _OTHER_SIGN.match(text, content)
    if sign is not None:
        message = f"`{sign[0]}` begins no list item; that is what `-` does"
        repair = Repair("write a `-`", ((content, content + 1, "-"),))
        yield Replace(content, "-", {}, Fault(FaultKind.SYNTAX, content, content + 1, message, (repair,)))


def _missing(place: Place, line: int, content: int) -> Iterator[Replace]:
    """Explain a key that stands like one of an item, as its siblings below do, in a list or before one."""
    text = place.text
    key = lines.KEY_LINE.match(text, content)
    column = content - line
    if key is None or not _WORD.match(text, content) or lines.HEADER.match(text, content) or column < _WIDTH:
        return
    end = min(max(place.rest, place.end), line + _REACH)
    below = lines.content_lines(text, lines.next_line(text, line), end)
    sibling = below[0] if below and lines.shape_at(text, below[0][1]).key else None
    item = sibling[1] - sibling[0] - _WIDTH if sibling else -1
    if not column - _WIDTH <= item <= column or not _is_in_list(place, item, below):
        return
    if _first_key(place, line, item) not in (None, key[1]):
        return  # It is a further key of the item above, and stands too far to the left or has a wrong value.
    message = f"`{key[1]}` begins a list item and has no dash"
    repair = Repair("put a dash before it", ((line, content, " " * item + "- "),))
    fault = Fault(FaultKind.SYNTAX, content, content_end(text, content), message, (repair,))
    yield Replace(content - _WIDTH, "- ", {line: item}, fault, (-(column % place.unit != 0), 0))


def _is_in_list(place: Place, column: int, below: list[tuple[int, int]]) -> bool:
    """Tell whether items of the same list stand around a line or below it."""
    if (column, True) in (*place.levels, *place.before):
        return True
    for start, begin in below[:_FAR]:
        if begin - start <= column:
            return begin - start == column and lines.DASH.match(place.text, begin) is not None
    return False


def _first_key(place: Place, line: int, column: int) -> str | None:
    """Return the key behind the dash of the item above a line, if there is one with a key."""
    text, start = place.text, line
    for _ in range(_FAR):
        if start == 0:
            return None
        start = lines.line_start(text, start - 1)
        content = lines.content_start(text, start, line)
        if content < line and content - start <= column and text[content : content + 1] not in ("#", "\n", "\r"):
            dash = lines.AFTER_DASH.match(text, content) if content - start == column else None
            key = lines.KEY_LINE.match(text, dash.end()) if dash is not None else None
            return None if key is None else key[1]
    return None


def _first_of_mapping(place: Place, problem: int) -> int | None:
    """Return the line that begins a mapping in which reading stopped at a dash further left: it may lack its own."""
    text = place.text
    content = lines.content_start(text, problem, place.limit)
    column = content - problem + _WIDTH
    if lines.DASH.match(text, content) is None or (column, False) not in place.levels:
        return None
    first, start = None, lines.line_start(text, place.content)
    for _ in range(_FAR):
        begin = lines.content_start(text, start, place.limit)
        if begin - start < column:
            break
        first = start if begin - start == column else first
        start = lines.line_start(text, start - 1)
    return first
