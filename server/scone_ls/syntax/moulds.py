"""How plain lines hang together, told from all that stands in them but the values; and the nodes that follow from it.

Entries whose lines differ in nothing but their values have one mould: it is found once, and nodes are cast in it when
somebody asks for them. It knows lines that `scone_ls.syntax.plain` has taken apart, and no text.
"""

from collections.abc import Callable, Sequence
from itertools import accumulate
from operator import add
from typing import Any, NamedTuple

from scone_ls.syntax import green
from scone_ls.syntax.compose import STRING, TELLING, resolve
from scone_ls.syntax.pieces import Level

_NULL = "tag:yaml.org,2002:null"
_QUOTES = "\"'"


def mould(heads: Sequence[str], tails: Sequence[str], level: Level) -> green.Mould | None:
    """Return the mould of entries of plain lines, if such lines are one entry of the level.

    A head is what stands in a line before the value; it ends with a blank exactly where a value follows, if it has a
    dash or a key. A tail is what stands behind, with the line end.
    """
    lines = [_line(head, level.column if not number else None) for number, head in enumerate(heads)]
    content = [(number, line) for number, line in enumerate(lines) if line.key or line.inner >= 0]
    if not content or content[0][1].column != level.column or (content[0][1].inner >= 0) != level.is_sequence:
        return None
    reader = _Reader(content)
    root = reader.item() if level.is_sequence else reader.pair(level.column)
    if root is None or reader.position < len(content):
        return None
    widths = [len(head) + len(tail) for head, tail in zip(heads, tails, strict=True)]

    def cast(values: tuple[str, ...]) -> green.Pair | green.Item:
        casting = _Casting(list(accumulate(map(add, widths, map(len, values)), initial=0)), values)
        return casting.item(root) if isinstance(root, _Item) else casting.pair(root)

    if isinstance(root, _Item):
        return green.Mould(cast, None, is_nested=root.mapping is not None)
    return green.Mould(cast, root.key, is_nested=root.below is not None)


def scalar(raw: str, begin: int) -> green.Scalar:
    """Return a plain or simply quoted scalar as it stands in the text."""
    end = begin + len(raw)
    if raw[0] in _QUOTES:
        return _new(green.Scalar, (begin, end, raw[1:-1], raw[0], STRING, None))
    return _new(green.Scalar, (begin, end, raw, "", resolve(raw), None))


def tag_of(raw: str) -> str:
    """Return the tag of a plain or simply quoted scalar as it stands in the text."""
    return STRING if raw[0] not in TELLING else resolve(raw)


class _Line(NamedTuple):
    """A line: where its content stands, also behind its dash (`inner`, or -1), and the key with its tag.

    `content` is the column of the dash or the key in this text, `first` that of the key, `width` that of the value; they
    are not `column` and `inner` where the entry begins in the middle of its line.
    """

    column: int
    inner: int
    content: int
    first: int
    key: str
    tag: str
    width: int
    has_value: bool


def _line(head: str, column: int | None) -> _Line:
    """Take the head of a line apart; `column` is where it counts as standing if it has no indentation."""
    rest = head.lstrip(" ")
    content = len(head) - len(rest)
    stands_at = content if content or column is None else column
    bare = rest[1:].lstrip(" ") if rest[:1] == "-" else rest
    dash = len(rest) - len(bare)
    key = bare.rstrip(" ")[:-1]
    return _Line(
        column=stands_at,
        inner=stands_at + dash if dash else -1,
        content=content,
        first=content + dash,
        key=key,
        tag=resolve(key),
        width=len(head),
        has_value=bool(rest) and head[-1] == " ",
    )


class _Pair(NamedTuple):
    """A pair by the number of its line, with what that tells, and the collection below it, if there is one."""

    number: int
    first: int
    key: str
    tag: str
    width: int
    has_value: bool
    below: "_Mapping | _Sequence | None"


class _Item(NamedTuple):
    """An item by the number of its line, with what that tells; a scalar where it is no mapping."""

    number: int
    content: int
    width: int
    mapping: "_Mapping | None"


class _Mapping(NamedTuple):
    pairs: tuple[_Pair, ...]


class _Sequence(NamedTuple):
    items: tuple[_Item, ...]


class _Reader:
    """Finds out what belongs to what; `position` is the next line. What does not fit together gives nothing."""

    __slots__ = ("lines", "position")

    def __init__(self, lines: list[tuple[int, _Line]]) -> None:
        self.lines = lines
        self.position = 0

    def item(self) -> _Item | None:
        """Read an item from the line with its dash on."""
        number, line = self.lines[self.position]
        if line.key:
            mapping = self._mapping(line.inner)
            return None if mapping is None else _Item(number, line.content, line.width, mapping)
        if not line.has_value:
            return None
        self.position += 1
        return _Item(number, line.content, line.width, None)

    def pair(self, column: int) -> _Pair | None:
        """Read a pair whose key stands at the column."""
        number, line = self.lines[self.position]
        if not line.key:
            return None
        self.position += 1
        alone = _Pair(number, line.first, line.key, line.tag, line.width, line.has_value, None)
        if line.has_value or self.position == len(self.lines):
            return alone
        below = self.lines[self.position][1]
        if below.inner >= 0 and below.column >= column:
            found = self._sequence(below.column)
        elif below.column > column:
            found = self._mapping(below.column)
        else:
            return alone
        return None if found is None else alone._replace(below=found)

    def _mapping(self, column: int) -> _Mapping | None:
        """Read a mapping whose first key stands on this line, also behind a dash."""
        pairs: list[_Pair] = []
        while self.position < len(self.lines):
            line = self.lines[self.position][1]
            stands_at = line.inner if not pairs and line.inner >= 0 else line.column
            if stands_at != column or (pairs and line.inner >= 0):
                break
            pair = self.pair(column)
            if pair is None:
                return None
            pairs.append(pair)
        return None if self._goes_on_deeper(column) else _Mapping(tuple(pairs))

    def _sequence(self, column: int) -> _Sequence | None:
        items: list[_Item] = []
        while self.position < len(self.lines):
            line = self.lines[self.position][1]
            if line.column != column or line.inner < 0:
                break
            item = self.item()
            if item is None:
                return None
            items.append(item)
        return None if self._goes_on_deeper(column) else _Sequence(tuple(items))

    def _goes_on_deeper(self, column: int) -> bool:
        """Tell whether the next line stands where nothing can stand after a collection of that column."""
        return self.position < len(self.lines) and self.lines[self.position][1].column > column


class _Casting:
    """Makes nodes of lines that begin at `starts` and have these values; much waits for it, hence its terseness."""

    __slots__ = ("starts", "values")

    def __init__(self, starts: list[int], values: tuple[str, ...]) -> None:
        self.starts = starts
        self.values = values

    def item(self, item: _Item) -> green.Item:
        """Make an item."""
        number, content, width, mapping = item
        start = self.starts[number]
        value = scalar(self.values[number], start + width) if mapping is None else self._mapping(mapping)
        return _new(green.Item, (start + content, value))

    def pair(self, pair: _Pair) -> green.Pair:
        """Make a pair."""
        number, first, name, tag, width, has_value, below = pair
        start = self.starts[number]
        begin = start + first
        end = begin + len(name)
        key = _new(green.Scalar, (begin, end, name, "", tag, None))
        if has_value:
            value = scalar(self.values[number], start + width)
        elif below is None:
            value = _new(green.Scalar, (end + 1, end + 1, "", "", _NULL, None))
        else:
            value = self._mapping(below) if isinstance(below, _Mapping) else self._sequence(below)
        return _new(green.Pair, (key, end, value))

    def _mapping(self, mapping: _Mapping) -> green.Mapping:
        pairs = tuple(map(self.pair, mapping.pairs))
        _, colon, value = pairs[-1]
        return _new(green.Mapping, (pairs[0].key.start, max(colon + 1, value.end), pairs, False, "", None))

    def _sequence(self, sequence: _Sequence) -> green.Sequence:
        items = tuple(map(self.item, sequence.items))
        return _new(green.Sequence, (items[0].dash, items[-1].value.end, items, False, "", None))


# What a named tuple's own constructor calls; a fresh text is made of many thousands.
_new: Callable[[Any, Any], Any] = tuple.__new__  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # generic
