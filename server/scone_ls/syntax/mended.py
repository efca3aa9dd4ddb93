"""A text that is read otherwise than it stands: what has been mended in thought, and the faults that say so."""

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

    def copy(self) -> "Mended":
        """Return the same text with the same mendings, and no faults."""
        other = Mended(self.text)
        other.columns = dict(self.columns)
        other._places = set(self._places)  # another one of the same class
        return other

    def apply(self, choice: recovery.Reindent | recovery.Replace) -> None:
        """Read the text from now on as an explanation has it."""
        if isinstance(choice, recovery.Replace):
            self.text = self.text[: choice.start] + choice.text + self.text[choice.start + len(choice.text) :]
            self._places.add(choice.start)
        self.columns.update(choice.columns)
        self._places.update(choice.columns)
        self.faults.append(choice.fault)

    @property
    def is_changed(self) -> bool:
        """Whether anything is read otherwise than it stands."""
        return bool(self._places)

    def touches(self, start: int, end: int) -> bool:
        """Tell whether a line between two offsets is read otherwise than it stands."""
        return bool(self._places) and any(lines.line_start(self.text, start) <= place < end for place in self._places)

    def moves_inside(self, start: int, end: int) -> bool:
        """Tell whether a line that begins between two offsets counts as standing at another column."""
        return bool(self.columns) and any(start <= line < end for line in self.columns)

    def starts(self, level: Level, first: int, end: int) -> set[int]:
        """Return the first characters of the lines between two offsets that count as entries of a collection."""
        found: set[int] = set()
        for line, column in self.columns.items():
            content = lines.content_start(self.text, line, len(self.text))
            is_dash = lines.DASH.match(self.text, content) is not None
            if column == level.column and first <= content < end and (level.is_sequence or not is_dash):
                found.add(content)
        return found

    def would_change(self, choice: recovery.Reindent | recovery.Replace) -> bool:
        """Tell whether an explanation says something new."""
        is_text = isinstance(choice, recovery.Replace)
        return is_text or any(self.columns.get(line) != column for line, column in choice.columns.items())
