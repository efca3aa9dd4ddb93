r"""Text of a document, with its line index: offsets to lines and columns and back.

Everything inside the package speaks of *offsets*, counted in code points; only this module knows lines, columns and
the units in which a client counts columns. A line ends where the Language Server Protocol says so: at `\n`, `\r\n`
or `\r`, and nowhere else (not at U+2028, a form feed or the other characters that `str.splitlines` honours).
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from enum import Enum
from itertools import accumulate
from operator import add
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\n|\r")


class Span(NamedTuple):
    """A half-open range of code points: `start` is inside, `end` is not."""

    start: int
    end: int

    def touches(self, offset: int) -> bool:
        """Tell whether a cursor at the offset is in the span or at one of its two ends."""
        return self.start <= offset <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share a character, or touch where one of them is empty."""
        if self.start == self.end or other.start == other.end:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end

    def moved(self, distance: int) -> "Span":
        """Return the span moved by so many code points."""
        return Span(self.start + distance, self.end + distance)


class Encoding(Enum):
    """The unit in which a client counts columns (LSP 3.17, `PositionEncodingKind`)."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    UTF32 = "utf-32"


class Position(NamedTuple):
    """A zero-based line and a column counted in units of an `Encoding`."""

    line: int
    column: int


class Text:
    """One version of a document's text; a change makes a new one that takes over most of the index.

    Line starts after the latest change are kept unmoved, with the distance by which they have to be read further on;
    so a keystroke costs a copy of the index, not arithmetic on every line.
    """

    __slots__ = ("_pivot", "_shift", "_starts", "string")

    def __init__(self, string: str, starts: "array[int]", pivot: int, shift: int) -> None:
        self.string = string
        self._starts = starts
        self._pivot = pivot
        self._shift = shift

    @classmethod
    def of(cls, string: str) -> "Text":
        """Index a whole text."""
        starts = array("q", [0])
        starts.extend(_ends_of_lines(string))
        return cls(string, starts, len(starts), 0)

    def __len__(self) -> int:
        return len(self.string)

    @property
    def line_count(self) -> int:
        """The number of lines; a text that ends with a line end has an empty last line."""
        return len(self._starts)

    def line_start(self, line: int) -> int:
        """Return the offset at which a line begins; `line` must exist."""
        return self._starts[line] + (self._shift if line >= self._pivot else 0)

    def line_span(self, line: int) -> Span:
        """Return the span of a line without its line end."""
        start = self.line_start(line)
        if line + 1 >= len(self._starts):
            return Span(start, len(self.string))
        end = self.line_start(line + 1) - 1
        if self.string[end] == "\n" and end > start and self.string[end - 1] == "\r":
            end -= 1
        return Span(start, end)

    def line_at(self, offset: int) -> int:
        """Return the line that holds the offset; an offset outside the text counts as the nearest one in it."""
        pivot = self._pivot
        starts = self._starts
        if pivot < len(starts) and offset >= starts[pivot] + self._shift:
            return bisect_right(starts, offset - self._shift, pivot) - 1
        return max(0, bisect_right(starts, offset, 0, pivot) - 1)

    def offset(self, position: Position, encoding: Encoding) -> int:
        """Return the offset of a position; what lies past the end of a line or of the text counts as that end.

        A column that points into the middle of a character counts as the start of that character.
        """
        if position.line >= len(self._starts):
            return len(self.string)
        start, end = self.line_span(max(0, position.line))
        column = max(0, position.column)
        if encoding is Encoding.UTF32 or column == 0:
            return min(start + column, end)
        line = self.string[start:end]
        if line.isascii():
            return min(start + column, end)
        return start + _code_points(line, column, encoding)

    def position(self, offset: int, encoding: Encoding) -> Position:
        """Return the position of an offset, its column in units of the encoding."""
        offset = min(max(0, offset), len(self.string))
        line = self.line_at(offset)
        start = self.line_start(line)
        if encoding is Encoding.UTF32:
            return Position(line, offset - start)
        before = self.string[start:offset]
        return Position(line, offset - start if before.isascii() else _units(before, encoding))

    def replaced(self, span: Span, new: str) -> "Text":
        """Return the text with the span replaced; only the lines that the change touches are looked at."""
        string = self.string
        start = min(max(0, span.start), len(string))
        end = min(max(start, span.end), len(string))
        first = self.line_at(start)
        if first and self.line_start(first) == start:
            first -= 1  # What is inserted may begin with the `\n` of a line that ended with `\r`.
        last = self.line_at(end)
        begin = self.line_start(first)
        is_last_line = last + 1 >= len(self._starts)
        finish = len(string) if is_last_line else self.line_start(last + 1)
        lines = string[begin:start] + new + string[end:finish]
        fresh = array("q", (begin + match.end() for match in _LINE_END.finditer(lines)))
        if not is_last_line:
            fresh.pop()  # The start of the line behind the change, which the index has already.
        starts = self._starts[:]
        self._move_pivot(starts, last + 1)
        starts[first + 1 : last + 1] = fresh
        shift = self._shift + len(new) - (end - start)
        return Text(string[:start] + new + string[end:], starts, first + 1 + len(fresh), shift)

    def _move_pivot(self, starts: "array[int]", pivot: int) -> None:
        """Rewrite the copied starts so that the pending shift begins at another line."""
        if self._shift:
            for line in range(self._pivot, pivot):
                starts[line] += self._shift
            for line in range(pivot, self._pivot):
                starts[line] -= self._shift


def _ends_of_lines(string: str) -> Iterable[int]:
    """Return the offsets behind the line ends."""
    if "\r" in string:
        return (match.end() for match in _LINE_END.finditer(string))
    lengths = accumulate(map(len, string.split("\n")[:-1]))
    return map(add, lengths, range(1, len(string) + 2))


def _units(string: str, encoding: Encoding) -> int:
    if encoding is Encoding.UTF8:
        return len(string.encode("utf-8", "surrogatepass"))
    return len(string.encode("utf-16-le", "surrogatepass")) // 2


def _code_points(line: str, column: int, encoding: Encoding) -> int:
    """Return how many characters of the line fit wholly before the column."""
    units = 0
    for count, character in enumerate(line):
        units += _units(character, encoding)
        if units > column:
            return count
    return len(line)
