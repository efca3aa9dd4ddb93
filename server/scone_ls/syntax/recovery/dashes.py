"""Dashes of list items that touch what they stand before, are some other sign, or are missing."""

import re
from collections.abc import Iterator

from scone_ls.syntax import lines
from scone_ls.syntax.faults import Fault, FaultKind, Repair
from scone_ls.syntax.recovery.place import Place, Replace
from scone_ls.syntax.recovery.words import content_end

_GLUED = re.compile(r"-(?=[\w\"'{$/.&])[^\s:]*")
_OTHER_SIGN = re.compile("[*+\u2022\u2010-\u2015\u2212](?= )")
_WIDTH = 2  # Code points of a dash and its blank.


def dashes(place: Place) -> Iterator[Replace]:
    """Explain a line that would be an item with a proper dash, the line where reading stopped last."""
    text = place.text
    problem = place.start + place.problem.offset
    for line in dict.fromkeys((lines.line_start(text, place.content), lines.line_start(text, problem))):
        content = place.content if line <= place.content < lines.next_line(text, line) else None
        content = lines.content_start(text, line, place.end) if content is None else content
        if text[line:content].strip():
            continue  # It stands behind a dash.
        yield from _glued(text, line, content)
        yield from _other_sign(text, content)
        yield from _missing(place, line, content)


def _glued(text: str, line: int, content: int) -> Iterator[Replace]:
    word = _GLUED.match(text, content)
    if word is None or content == line:
        return  # At the margin there is no room for a blank more.
    message = "no blank after the dash"
    repair = Repair("put a blank after the dash", ((content + 1, content + 1, " "),))
    fault = Fault(FaultKind.SYNTAX, content, word.end(), message, (repair,))
    yield Replace(content - 1, "- ", {line: content - line}, fault)


def _other_sign(text: str, content: int) -> Iterator[Replace]:
    sign = _OTHER_SIGN.match(text, content)
    if sign is not None:
        message = f"`{sign[0]}` begins no list item; that is what `-` does"
        repair = Repair("write a `-`", ((content, content + 1, "-"),))
        yield Replace(content, "-", {}, Fault(FaultKind.SYNTAX, content, content + 1, message, (repair,)))


def _missing(place: Place, line: int, content: int) -> Iterator[Replace]:
    """Explain a key whose siblings below stand as deep as in an item, in a list or before one."""
    text = place.text
    key = lines.KEY_LINE.match(text, content)
    column = content - line
    if key is None or lines.HEADER.match(text, content) is not None or column < _WIDTH:
        return
    below = lines.content_lines(text, lines.next_line(text, line), max(place.rest, place.end))
    is_followed = bool(below) and below[0][1] - below[0][0] == column + _WIDTH and lines.shape_at(text, below[0][1]).key
    is_in_list = place.level == (column, True) or any(
        begin - start == column and lines.DASH.match(text, begin) for start, begin in below
    )
    if not is_followed or not is_in_list:
        return
    message = f"`{key[1]}` begins a list item and has no dash"
    repair = Repair("put a dash before it", ((content, content, "- "),))
    fault = Fault(FaultKind.SYNTAX, content, content_end(text, content), message, (repair,))
    yield Replace(content - _WIDTH, "- ", {line: column}, fault)
