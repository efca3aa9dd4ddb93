"""A text that is read otherwise than it stands: what has been mended in thought, and the faults that say so."""

from bisect import bisect_left
from collections.abc import Sequence

from scone_ls.syntax import lines, recovery
from scone_ls.syntax.faults import Fault
from scone_ls.syntax.pieces import Level


class Mended:
    """A text with its mendings so far.

    `columns` are those at which lines, by their starts, count as standing; `faults` have absolute offsets.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.columns: dict[int, int] = {}
        self.faults: list[Fault] = []
        self._places: set[int] = set()
        self._lines: list[int] = []  # Those of `columns`, sorted.
        self._sorted: list[int] = []  # The places, sorted.

    def copy(self) -> "Mended":
        """Return the same text with the same mendings, and no faults."""
        other = Mended(self.text)
        other.columns = dict(self.columns)
        other._places = set(self._places)  # another one of the same class
        other._lines, other._sorted = self._lines, self._sorted  # as above; nobody changes these lists
        return other

    def apply(self, choice: recovery.Reindent | recovery.Replace) -> None:
        """Read the text from now on as an explanation has it."""
        if isinstance(choice, recovery.Replace):
            self.text = self.text[: choice.start] + choice.text + self.text[choice.start + len(choice.text) :]
            self._places.add(choice.start)
        self.columns.update(choice.columns)
        self._places.update(choice.columns)
        self._lines, self._sorted = sorted(self.columns), sorted(self._places)
        self.faults.append(choice.fault)

    @property
    def is_changed(self) -> bool:
        """Whether anything is read otherwise than it stands."""
        return bool(self._places)

    def touches(self, start: int, end: int) -> bool:
        """Tell whether a line between two offsets is read otherwise than it stands."""
        return bool(self._places) and _is_between(self._sorted, lines.line_start(self.text, start), end)

    def moves_inside(self, start: int, end: int) -> bool:
        """Tell whether a line that begins between two offsets counts as standing at another column."""
        return bool(self.columns) and _is_between(self._lines, start, end)

    def starts(self, level: Level, first: int, end: int) -> set[int]:
        """Return the first characters of the lines between two offsets that count as entries of a collection."""
        found: set[int] = set()
        lines_between = self._lines[
            bisect_left(self._lines, lines.line_start(self.text, first)) : bisect_left(self._lines, end)
        ]
        for line in lines_between:
            column = self.columns[line]
            if column != level.column:
                continue
            content = lines.content_start(self.text, line, len(self.text))
            is_dash = lines.DASH.match(self.text, content) is not None
            if first <= content < end and (level.is_sequence or not is_dash):
                found.add(content)
        return found

    def would_change(self, choice: recovery.Reindent | recovery.Replace) -> bool:
        """Tell whether an explanation says something new."""
        is_text = isinstance(choice, recovery.Replace)
        return is_text or any(self.columns.get(line) != column for line, column in choice.columns.items())


def _is_between(places: Sequence[int], start: int, end: int) -> bool:
    index = bisect_left(places, start)
    return index < len(places) and places[index] < end
