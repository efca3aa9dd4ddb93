"""What a cut of a broken text keeps while it is read again and again, and how far ways to read on are compared."""

from collections.abc import Mapping
from types import MappingProxyType

from scone_ls.syntax import green, lines, recovery
from scone_ls.syntax.pieces import Level

_REACH = 2_000


class AgainError(Exception):
    """The text is to be read otherwise than it stands, in one of several ways, and cut again."""

    def __init__(self, choices: tuple[recovery.Reindent | recovery.Replace, ...]) -> None:
        self.choices = choices
        super().__init__()


class Done:
    """Entries that were read already, by their level and start."""

    def __init__(self, found: Mapping[Level, Mapping[int, green.Entry]] = MappingProxyType({})) -> None:
        self._found = {level: dict(entries) for level, entries in found.items()}

    def of(self, level: Level) -> dict[int, green.Entry]:
        """Return the entries of a level by their starts; more can be added."""
        return self._found.setdefault(level, {})

    def copied(self) -> "Done":
        """Return the same entries, independent of what is added here."""
        return Done(self._found)

    def forget(self, text: str, choice: recovery.Reindent | recovery.Replace) -> None:
        """Forget the entries of the lines in which an explanation replaces characters."""
        if not isinstance(choice, recovery.Replace):
            return
        start, end = lines.line_start(text, choice.start), choice.start + len(choice.text)
        for found in self._found.values():
            for begin in [begin for begin, entry in found.items() if begin < end and begin + entry.length > start]:
                del found[begin]


def end_of_trial(text: str, place: int, end: int) -> int:
    """Return how far behind a place a text is read to compare ways to read it: to a next outermost entry, if one is near.

    It is to cost no more in a long text than in a short one; `end` is that of the document.
    """
    near, far = place + _REACH, place + 2 * _REACH
    found = lines.starts_at(0).search(text, near, min(far, end)) if near < end else None
    return min(end, lines.next_line(text, far) if found is None else found.start() + 1)
