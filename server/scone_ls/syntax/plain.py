"""Entries whose lines can be nothing but `key: value`, read without a YAML reader.

Most lines of a manifest are a plain key and a plain or simply quoted value in printable ASCII. What they mean takes no
grammar, so they are read by one pattern, several times faster than by any reader. An entry with a single line that is
not of this sort is left to ruamel.yaml as a whole; the tests hold both to the same tree.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from scone_ls.syntax import green
from scone_ls.syntax.compose import TAGS, resolve
from scone_ls.syntax.pieces import Level

_LINES = 24  # Larger entries are cut, so that a keystroke costs no more than a part of them.
_STRING = "tag:yaml.org,2002:str"
_NULL = "tag:yaml.org,2002:null"
_SAFE = r"[A-Za-z0-9_./$@+=~,-]"
_VALUE = rf"[A-Za-z0-9_./$]{_SAFE}*(?:(?::+|[ ]+){_SAFE}+)*|\"[ !#-\[\]-~]*\"|'[ -&(-~]*'"
_COMMENT = r"(?<![^ \n])#[^\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]*"
_LINE = re.compile(
    rf"( *)(-[ ]+)?(?:([A-Za-z_][A-Za-z0-9_.-]*):(?:[ ]+({_VALUE}))?|({_VALUE}))?[ ]*(?:{_COMMENT})?(?:\r?\n|\Z)"
)


class _Line(NamedTuple):
    """A plain line: where its content stands and begins, its key and its value; `inner` is the column behind its dash."""

    column: int
    inner: int
    content: int
    key: green.Scalar | None
    value: green.Scalar | None


def entry(text: str, start: int, end: int, level: Level) -> green.Entry | None:
    """Read an entry of plain lines; none where a line of it is of another sort."""
    if text.count("\n", start, end) > _LINES:
        return None
    if level.is_sequence:
        child = _flat_item(text, start, end, level)
        if child is not None:
            return green.Entry(end - start, level.column, child)
    lines = _lines(text, start, end, level)
    if not lines or lines[0].column != level.column or (lines[0].inner >= 0) != level.is_sequence:
        return None
    reader = _Reader(lines)
    child = reader.item() if level.is_sequence else reader.pair(level.column)
    if child is None or reader.position < len(lines):
        return None
    return green.Entry(end - start, level.column, child)


def _flat_item(text: str, start: int, end: int, level: Level) -> green.Item | None:
    """Read an item that is a mapping of plain pairs, one in each of its lines: most of what a manifest holds."""
    match = _LINE.match(text, start, end)
    if match is None:
        return None
    indent, dash, key, value, _ = match.groups()
    if dash is None or value is None or key is None or (indent and len(indent) != level.column):
        return None
    at = len(indent)
    first = at + len(dash)
    column = level.column + len(dash)
    pairs: list[green.Pair] = []
    begin = first
    while True:
        end_of_key = begin + len(key)
        name = _new(green.Scalar, (begin, end_of_key, key, "", TAGS.get(key) or resolve(key), None))
        pairs.append(_new(green.Pair, (name, end_of_key, _scalar(value, match.start(4) - start))))
        position = match.end()
        if position >= end:
            break
        match = _LINE.match(text, position, end)
        if match is None:
            return None
        indent, dash, key, value, _ = match.groups()
        if dash is not None or value is None or key is None or len(indent) != column:
            return None
        begin = position - start + column
    return green.Item(at, green.Mapping(first, pairs[-1].value.end, tuple(pairs), flow=False))


def _lines(text: str, start: int, end: int, level: Level) -> list[_Line] | None:
    """Return the content lines of an entry, offsets relative to it; none where one of them is not plain."""
    found: list[_Line] = []
    position = start
    while position < end:
        match = _LINE.match(text, position, end)
        if match is None:
            return None
        indent, dash, key, value, item = match.groups()
        if key is not None or dash is not None or item is not None:
            # An entry that does not begin with its line begins at its column all the same.
            column = level.column if position == start and not indent else len(indent)
            inner = -1 if dash is None else column + len(dash)
            content = position - start + len(indent)
            first = content if dash is None else content + len(dash)
            if key is not None:
                name = _scalar(key, first)
                found.append(
                    _Line(
                        column, inner, content, name, None if value is None else _scalar(value, match.start(4) - start)
                    )
                )
            else:
                found.append(_Line(column, inner, content, None, None if item is None else _scalar(item, first)))
        position = match.end()
    return found


class _Reader:
    """Reads nodes from plain lines; `position` is the next line. What does not fit together gives nothing."""

    __slots__ = ("lines", "position")

    def __init__(self, lines: list[_Line]) -> None:
        self.lines = lines
        self.position = 0

    def item(self) -> green.Item | None:
        """Read an item from the line with its dash on."""
        line = self.lines[self.position]
        if line.key is not None:
            mapping = self._mapping(line.inner)
            return None if mapping is None else green.Item(line.content, mapping)
        if line.value is None:
            return None
        self.position += 1
        return green.Item(line.content, line.value)

    def pair(self, column: int) -> green.Pair | None:
        """Read a pair whose key stands at the column."""
        _, _, _, key, value = self.lines[self.position]
        if key is None:
            return None
        self.position += 1
        if value is not None:
            return green.Pair(key, key.end, value)
        below = self._value_below(column)
        if below is None:
            return green.Pair(key, key.end, green.Scalar(key.end + 1, key.end + 1, "", "", _NULL))
        return green.Pair(key, key.end, below) if below is not _NOTHING else None

    def _value_below(self, column: int) -> green.Node | None:
        """Read the collection below a key without a value on its line, if there is one."""
        if self.position == len(self.lines):
            return None
        line = self.lines[self.position]
        if line.inner >= 0 and line.column >= column:
            return self._sequence(line.column) or _NOTHING
        if line.column > column:
            return self._mapping(line.column) or _NOTHING
        return None

    def _mapping(self, column: int) -> green.Mapping | None:
        """Read a mapping whose first key stands on this line, also behind a dash."""
        pairs: list[green.Pair] = []
        while self.position < len(self.lines):
            line = self.lines[self.position]
            stands_at = line.inner if not pairs and line.inner >= 0 else line.column
            if stands_at != column or (pairs and line.inner >= 0):
                break
            pair = self.pair(column)
            if pair is None:
                return None
            pairs.append(pair)
        if self._goes_on_deeper(column):
            return None
        last = pairs[-1]
        return green.Mapping(pairs[0].key.start, max(last.colon + 1, last.value.end), tuple(pairs), flow=False)

    def _sequence(self, column: int) -> green.Sequence | None:
        items: list[green.Item] = []
        while self.position < len(self.lines):
            line = self.lines[self.position]
            if line.column != column or line.inner < 0:
                break
            item = self.item()
            if item is None:
                return None
            items.append(item)
        if self._goes_on_deeper(column):
            return None
        return green.Sequence(items[0].dash, items[-1].value.end, tuple(items), flow=False)

    def _goes_on_deeper(self, column: int) -> bool:
        """Tell whether the next line stands where nothing can stand after a collection of that column."""
        return self.position < len(self.lines) and self.lines[self.position].column > column


_NOTHING = green.Broken(-1, -1)
# What a named tuple's own constructor calls; a fresh text is made of many thousands.
_new: Callable[[Any, Any], Any] = tuple.__new__  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # generic


def _scalar(value: str, begin: int) -> green.Scalar:
    end = begin + len(value)
    if value[0] in "\"'":
        return _new(green.Scalar, (begin, end, value[1:-1], value[0], _STRING, None))
    return _new(green.Scalar, (begin, end, value, "", TAGS.get(value) or resolve(value), None))
