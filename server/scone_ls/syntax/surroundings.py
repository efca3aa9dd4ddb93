"""What stands around an entry, and how much of it matters where the entry does not parse."""

from typing import NamedTuple

from scone_ls.syntax import green, lines, recovery
from scone_ls.syntax.blocks import spine
from scone_ls.syntax.bodies import Columns
from scone_ls.syntax.compose import Problem
from scone_ls.syntax.pieces import Level


class Around(NamedTuple):
    """What an entry stands in: the open collections, its own last, and the entry before it in its own, with its start.

    `outer` is the entry around that collection, by its start and what it stands in itself.
    """

    levels: tuple[Level, ...]
    previous: tuple[int, green.Entry] | None
    outer: "tuple[int, Around] | None" = None

    @property
    def level(self) -> Level:
        """The collection that the entry belongs to."""
        return self.levels[-1]


class Ground(NamedTuple):
    """What an entry is read from: the text up to an offset, by how much it indents, and where lines count as standing.

    `reach` is how many code points behind an entry matter.
    """

    text: str
    end: int
    reach: int
    unit: int
    columns: Columns


def place(ground: Ground, start: int, end: int, around: Around, problem: Problem) -> recovery.Place:
    """Return an entry that does not parse, with all that stands around it."""
    frames: list[recovery.Frame] = []
    entry: tuple[int, Around] | None = (start, around)
    while entry is not None:
        frames.append(_frame(ground, *entry))
        entry = entry[1].outer
    return recovery.Place(
        text=ground.text,
        start=start,
        end=end,
        limit=ground.end,
        reach=ground.reach,
        frames=tuple(reversed(frames)),
        unit=ground.unit,
        problem=problem,
    )


def end_behind(text: str, end: int, closing: int, levels: tuple[Level, ...]) -> int:
    """Return where an entry ends whose quote or bracket is closed at an offset: where an open collection goes on."""
    finish = lines.next_line(text, closing)
    for match in lines.CONTENT.finditer(text, finish, end):
        is_dash = lines.DASH.match(text, match.end()) is not None
        if Level(match.end() - match.start(), is_dash) in levels:
            return match.start()
    return end


def _frame(ground: Ground, start: int, around: Around) -> recovery.Frame:
    before: tuple[Level, ...] = ()
    is_after_header = False
    if around.previous is not None:
        begin, entry = around.previous
        before = tuple(spine(ground.text, entry, begin, ground.columns))
        match entry.child:
            case green.Pair(value=green.Scalar(value="", style="")):
                is_after_header = True
            case _:
                pass
    return recovery.Frame(
        content=lines.content_start(ground.text, start, ground.end),
        level=around.level,
        before=before,
        previous=None if around.previous is None else around.previous[0],
        is_after_header=is_after_header,
    )
