"""What is broken, what stands around it, and the sorts of explanations there are."""

from typing import NamedTuple, TypeAlias

from scone_ls.syntax import green, lines
from scone_ls.syntax.compose import Problem
from scone_ls.syntax.faults import Fault
from scone_ls.syntax.pieces import Level


class Frame(NamedTuple):
    """One of the entries around a broken place, or that place itself.

    `content` is its first character that is no blank, which counts as standing at the column of `level`. `before` are
    the collections that were open, deeper than its own, at the end of the entry before it, which begins at `previous`;
    `is_after_header` tells that that one is a key without a value.
    """

    content: int
    level: Level
    before: tuple[Level, ...]
    previous: int | None
    is_after_header: bool

    @property
    def is_first(self) -> bool:
        """Whether it is the first entry of its collection."""
        return self.previous is None


class Place(NamedTuple):
    """An entry that did not parse, between `start` and `end`, and what stands around it.

    `frames` are the entries around it, the outermost first, itself last. `limit` ends the document, and `reach` is how
    many code points behind the entry are looked at for the end of its collection. `unit` is by how many blanks the
    document indents.
    """

    text: str
    start: int
    end: int
    limit: int
    reach: int
    frames: tuple[Frame, ...]
    unit: int
    problem: Problem

    @property
    def rest(self) -> int:
        """The end of the entry's collection, as far as that matters: the next line that belongs to an outer one."""
        parent = self.frames[-2].level.column if len(self.frames) > 1 else -1
        far = min(self.limit, self.end + self.reach + 1)
        found = None if parent < 0 else lines.content_up_to(parent).search(self.text, self.end, far)
        found = found or lines.CONTENT.search(self.text, far, self.limit)
        return self.limit if found is None else found.start()

    @property
    def content(self) -> int:
        """The entry's first character that is no blank."""
        return self.frames[-1].content

    @property
    def level(self) -> Level:
        """The collection that the entry belongs to."""
        return self.frames[-1].level

    @property
    def levels(self) -> tuple[Level, ...]:
        """The open collections around the entry, the outermost first and its own last."""
        return tuple(frame.level for frame in self.frames)

    @property
    def before(self) -> tuple[Level, ...]:
        """The collections that were still open at the end of the entry before, deeper than its own."""
        return self.frames[-1].before


class Reindent(NamedTuple):
    """Lines (by their starts) are read as if their content stood at another column.

    `cost` says how much that asks one to believe: how many lines come to stand at an odd column, and how many move.
    """

    columns: dict[int, int]
    fault: Fault
    cost: tuple[int, int]


class Replace(NamedTuple):
    """Characters are read as others, as many as before; `columns` and `cost` are those of `Reindent`."""

    start: int
    text: str
    columns: dict[int, int]
    fault: Fault
    cost: tuple[int, int] = (0, 1)


class Lost(NamedTuple):
    """The first line stays broken: what is known of its pair or item (absolute offsets), and whether lines follow.

    `body` tells that the lines below may be read as the value of the key.
    """

    fault: Fault
    child: green.Pair | green.Item | None
    body: bool


Explanation: TypeAlias = Reindent | Replace | Lost
