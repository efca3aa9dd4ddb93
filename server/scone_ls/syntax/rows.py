"""One line of block YAML taken apart by its characters, and the way from a line to those around it.

It works on any text, parsed or not: who asks what can be typed at a place must get an answer while the line there, or
the one above, is no YAML yet. Every walk is bounded; beyond the bound the tree has to answer.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from scone_ls.syntax.lines import KEY_LINE, MARKER

LONGEST_LINE = 5_000  # code points of a line that are looked at; nobody types behind them
_LINES = 400  # lines that a walk looks at,
_ROWS = 50  # and those of them that it takes apart
_INDENT = re.compile(" *")
_DASHES = re.compile(r"(?:-(?:[ \t]+|(?=[\r\n]|\Z)))*")
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*(?:[ \t]+|\Z))+")
_LONE_WORD = re.compile(r"[A-Za-z_][\w-]*")
_BLOCK_INDICATOR = re.compile(r"[|>][-+0-9]{0,3}")
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#")
_SCALAR = re.compile(r"\"(?:[^\"\\]|\\.)*\"?|'(?:[^']|'')*'?|[^\s\"'#][^#]*(?:(?<=\S)#[^#]*)*")


class Row(NamedTuple):
    """A line; `start` is the offset at which it begins, the other numbers are columns (code points).

    `content` is the column behind the indentation and the dashes, `end` that of the line end. `key` is the text of the
    key, without quotes, from `content` to `key_end`; `colon` is `-1` without one. `rest` is what stands behind the
    colon (or from `content` on, where there is no key) without properties and comments, `value` its column.
    """

    start: int
    indent: int
    dashes: tuple[int, ...]
    content: int
    key: str | None
    key_end: int
    colon: int
    value: int
    rest: str
    end: int

    @property
    def is_header(self) -> bool:
        """Whether the value of the key has to stand in the lines below."""
        return self.key is not None and not self.rest

    @property
    def opens_text(self) -> bool:
        """Whether the lines below are the text of a block scalar."""
        return _BLOCK_INDICATOR.fullmatch(self.rest) is not None

    @property
    def lone_word(self) -> str | None:
        """The only word of a line without a colon: perhaps a key whose colon is missing."""
        return self.rest if self.key is None and _LONE_WORD.fullmatch(self.rest) else None


class TooFarError(Exception):
    """A walk over lines has reached its bound."""


def row_at(string: str, offset: int) -> Row:
    """Return the line around an offset, taken apart."""
    start = string.rfind("\n", 0, offset) + 1
    end = string.find("\n", offset)
    end = len(string) if end < 0 else end
    end = end - 1 if end > start and string[end - 1] == "\r" else end
    line = string[start : min(end, start + LONGEST_LINE)]
    indent = len(line) - len(line.lstrip(" \t"))
    dashed = _DASHES.match(line, indent)
    content = dashed.end() if dashed else indent
    dashes = tuple(column for column in range(indent, content) if line[column] == "-")
    match = KEY_LINE.match(line, content)
    if match:
        key, key_end, value = _unquoted(match[1]), match.end(1), match.end()
    elif re.match(r":(?=[ \t]|\Z)", line[content:]):
        key, key_end, value = "", content, content + 1
    else:
        key, key_end, value = None, content, content
    properties = _PROPERTIES.match(line, _blanks(line, value))
    value = _blanks(line, properties.end() if properties else value)
    rest = text_without_comment(line[value:])
    colon = -1 if key is None else line.find(":", key_end)
    return Row(start, indent, dashes, content, key, key_end, colon, value, rest, len(line))


def text_without_comment(text: str) -> str:
    """Return the scalar or flow collection at the beginning of a text, without a comment and blanks behind it."""
    if text[:1] in ("[", "{"):
        comment = re.search(r"(?<=[ \t])#", text)
        return (text[: comment.start()] if comment else text).rstrip()
    comment = _COMMENT.search(text)
    if comment is None:
        return text.rstrip()
    if text[:1] in ("'", '"'):
        quoted = _SCALAR.match(text)
        return quoted[0] if quoted else text.rstrip()
    return text[: comment.start()].rstrip()


def is_content(row: Row) -> bool:
    """Tell whether a line holds more than blanks and a comment."""
    return row.key is not None or bool(row.dashes) or bool(row.rest)


def rows_above(string: str, start: int, deepest: int) -> Iterator[Row]:
    """Yield the content lines above a line start that are indented by no more than `deepest`, the nearest first.

    It ends at the beginning of the YAML document. Raises `TooFarError` beyond the bound.
    """
    rows = 0
    for _ in range(_LINES):
        if start <= 0:
            return
        end = start - 1
        start = string.rfind("\n", 0, end) + 1
        indent = _indent_end(string, start)
        if indent - start > deepest or indent >= end or string[indent] in "#\r\t":
            continue
        if indent == start and MARKER.match(string, start):
            return
        rows += 1
        if rows > _ROWS:
            break
        yield row_at(string, start)
    raise TooFarError


def rows_below(string: str, start: int, deepest: int) -> Iterator[Row]:
    """Yield the content lines below the line at `start` that are indented by no more than `deepest`.

    It ends at the end of the YAML document. Raises `TooFarError` beyond the bound.
    """
    rows = 0
    for _ in range(_LINES):
        end = string.find("\n", start)
        if end < 0:
            return
        start = end + 1
        indent = _indent_end(string, start)
        if indent - start > deepest or indent >= len(string) or string[indent] in "#\r\n\t":
            continue
        if indent == start and MARKER.match(string, start):
            return
        rows += 1
        if rows > _ROWS:
            break
        yield row_at(string, start)
    raise TooFarError


def _indent_end(string: str, start: int) -> int:
    match = _INDENT.match(string, start)
    return match.end() if match else start


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] in "'\"" and text[-1] == text[0] else text


def _blanks(line: str, column: int) -> int:
    while column < len(line) and line[column] in " \t":
        column += 1
    return column
