"""What names stand in one piece of the text, as plain data."""

from collections.abc import Iterator
from typing import NamedTuple

from scone_ls.analysis.names.occurrence import NameKind, Occurrence
from scone_ls.analysis.names.thing import Thing
from scone_ls.spec.schema import Field


class Gathered(NamedTuple):
    """What stands in one piece of the text, with offsets relative to it.

    `unusual` are the occurrences in templates that hold more than a name, or have no end. `end` is where the last
    occurrence ends with its template, so that those at a place are found fast.
    """

    occurrences: tuple[Occurrence, ...]
    things: tuple[Thing, ...]
    doubts: frozenset[NameKind]
    unusual: tuple[Occurrence, ...] = ()
    end: int = -1

    @property
    def lead(self) -> Field | None:
        """The field of the first name."""
        return self.occurrences[0].field if self.occurrences else None

    def wanting(self) -> Iterator[tuple[NameKind, str]]:
        """Yield the names, with their kind, that stand where a certain sort of thing is wanted."""
        return ((one.kind, one.name) for one in self.occurrences if one.wanted)
