"""A text after an edit: only the entries that the edit touches are read again.

What follows must hold for that: the edit lies inside the entries of one collection, the lines it leaves there still
begin and end that collection's entries, and nothing was or has to be read with regard to its surroundings. Otherwise
there is no short way, and the whole text is cut anew, with the entries that are known to be the same.
"""

from bisect import bisect_left, bisect_right
from operator import attrgetter

from scone_ls.edit import Edit
from scone_ls.syntax import green, limits, lines, plain
from scone_ls.syntax.blocks import collection
from scone_ls.syntax.cut import Cut, Kept
from scone_ls.syntax.pieces import Level
from scone_ls.syntax.trials import AgainError

_LARGE = 2_000  # Code points from which on it pays to look for entries inside that are still the same.

Documents = tuple[tuple[int, green.Entry], ...]


def kept_entries(documents: Documents, edit: Edit) -> Kept:
    """Return the sound entries that an edit leaves alone, by where they stand after it.

    Only entries beside the way to the edit are listed; those inside them come along.
    """
    kept: Kept = {}
    start, end = edit.span
    distance = len(edit.new_text) - (end - start)
    stack = list(documents)
    while stack:
        base, entry = stack.pop()
        inner = green.entries_of(entry)
        if inner is None:
            continue
        for offset, part in zip(inner.starts, inner.entries, strict=False):
            begin = base + offset
            if begin + part.length < start:
                place = begin
            elif begin > end:
                place = begin + distance
            else:
                stack.append((begin, part))
                continue
            if part.sound:
                kept[place] = part
            else:
                stack.append((begin, part))
    return kept


def spliced(string: str, new: str, documents: Documents, edit: Edit) -> Documents | None:
    """Read again only the entries of the innermost collection that hold the edit, if no more can have changed."""
    start, end = edit.span
    distance = len(edit.new_text) - (end - start)
    if "\r" in edit.new_text or "\r" in string[max(0, start - 1) : end + 1] or not lines.may_be_cut(edit.new_text):
        return None
    for number, (base, entry) in enumerate(documents):
        if (base < start and end < base + entry.length) or (number == len(documents) - 1 and base < start):
            try:
                replaced = _Splice(string, new, edit, documents).entry(entry, base, ())
            except _NoShortWayError:
                return None
            if replaced is None or replaced.names or entry.names:
                return None
            return tuple(
                (place if index <= number else place + distance, replaced if index == number else document)
                for index, (place, document) in enumerate(documents)
            )
    return None


_is_sound = attrgetter("sound")


class _NoShortWayError(Exception):
    """What was read can't be told without its surroundings."""


class _Splice:
    """The replacement of a few entries of one collection; `old` is the text before the edit, `new` the one after it."""

    def __init__(self, old: str, new: str, edit: Edit, documents: Documents) -> None:
        self.old = old
        self.new = new
        self.edit = edit
        self.documents = documents
        self.start, self.end = edit.span
        self.distance = len(edit.new_text) - (self.end - self.start)

    def entry(self, entry: green.Entry, base: int, levels: tuple[Level, ...]) -> green.Entry | None:
        """Return the entry after the edit, or none where it has to be read as a whole."""
        inner = green.entries_of(entry)
        if inner is None or not inner.entries:
            return None
        child = entry.child
        value = child.value if isinstance(child, green.Pair | green.Item) else child
        first = inner.entries[0]
        level = Level(first.column, isinstance(value, green.Sequence))
        levels = (*levels, level)
        low, high = _touched(inner, self.start - base, self.end - base)
        if low < 0:
            return None
        if low and _is_in_doubt(inner.entries[low - 1], -1):
            raise _NoShortWayError
        if high + 1 < len(inner.entries) and _is_in_doubt(inner.entries[high + 1], 0):
            raise _NoShortWayError
        fresh = None
        if low == high:
            touched, start = inner.entries[low], base + inner.starts[low]
            deeper = self.entry(touched, start, levels) or plain.retyped(touched, start, self.edit, self.old, self.new)
            fresh = None if deeper is None else [deeper]
        if fresh is None:
            fresh = self._read(base + inner.starts[low], base + inner.starts[high + 1] + self.distance, level, levels)
        if fresh is None:
            return None
        if not all(map(_is_sound, fresh)):
            others = (*inner.entries[:low], *inner.entries[high + 1 :])
            if not all(map(_is_sound, others)):
                raise _NoShortWayError  # Which way to read on is best is judged by all faults together.
        return self._with(entry, inner, low, high, fresh, value)

    def _read(self, first: int, end: int, level: Level, levels: tuple[Level, ...]) -> list[green.Entry] | None:
        """Return the entries between two offsets of the new text, if they can be told without their surroundings."""
        chunk = self.new[first:end]
        if not _stands_alone(chunk, level, at_line_start=self.new[first - 1 : first] in ("", "\n")):
            return None
        kept = kept_entries(self.documents, self.edit) if len(chunk) > _LARGE else {}
        cut = Cut(self.new, first, end, kept)
        try:
            entries = cut.entries(first, end, levels, None)
        except AgainError:
            raise _NoShortWayError from None
        if not cut.settled or sum(entry.length for entry in entries) != end - first:
            raise _NoShortWayError
        return entries

    def _with(
        self,
        entry: green.Entry,
        inner: green.Entries,
        low: int,
        high: int,
        fresh: list[green.Entry],
        value: object,
    ) -> green.Entry | None:
        """Return the entry with some of its entries replaced."""
        is_sequence = isinstance(value, green.Sequence)
        start = value.start if isinstance(value, green.Mapping | green.Sequence) else 0
        node = collection(inner.exchanged(low, high, fresh), start, is_sequence=is_sequence)
        if isinstance(value, green.Mapping | green.Sequence) and value.anchor is not None:
            node = node._replace(anchor=value.anchor)
        match entry.child:
            case green.Pair(key, colon, _):
                child: green.Pair | green.Item | green.Node = green.Pair(key, colon, node)
            case green.Item(dash, _):
                child = green.Item(dash, node)
            case _:
                child = node
        return green.Entry(entry.length + self.distance, entry.column, child, entry.faults, names=entry.names)


def _touched(inner: green.Entries, start: int, end: int) -> tuple[int, int]:
    """Return the first and last index of the entries that an edit touches, or -1 where it reaches out of them."""
    starts = inner.starts
    if start <= starts[0] or end > starts[-1]:
        return -1, -1
    low = bisect_left(starts, start) - 1  # An edit at the start of an entry touches the one before it, too.
    high = min(bisect_right(starts, end) - 1, len(inner.entries) - 1)
    return low, high


def _is_in_doubt(entry: green.Entry, side: int) -> bool:
    """Tell whether there is a fault at one side of an entry, whose reading may hang on what stands beside it."""
    while not entry.sound:
        inner = green.entries_of(entry)
        if entry.faults or inner is None or not inner.entries:
            return True
        entry = inner.entries[side]
    return False


def _stands_alone(chunk: str, level: Level, *, at_line_start: bool) -> bool:
    """Tell whether a chunk holds entries of the level and nothing that concerns other lines."""
    if (
        lines.markers(chunk, 0)
        or lines.directive(chunk, 0, len(chunk))
        or chunk.count("[") + chunk.count("{") > limits.FEW
    ):
        return False
    content = lines.content_lines(chunk, 0, len(chunk))
    if not content or content[0][0] != 0:
        return False  # Blank lines at the beginning belong to the entry before.
    column = content[0][1] - content[0][0] if at_line_start else level.column
    shape = lines.shape_at(chunk, content[0][1])
    if column != level.column or not shape.starts_entry or shape.dash != level.is_sequence:
        return False
    for line, begin in content[1:]:
        if begin - line < level.column:
            return False
        if begin - line == level.column and level.is_sequence and not lines.DASH.match(chunk, begin):
            return False
    return True
