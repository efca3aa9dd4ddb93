"""What names stand in one piece of the text, as plain data."""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.names.thing import Thing
from scone_ls.spec.schema import Field


class Stated(NamedTuple):
    """What is said of a thing: its name, what says most about it beside that, and for which service it is meant."""

    name: str | None
    detail: str | None
    scope: str | None


Told: TypeAlias = tuple[tuple[NameKind, Role], str, str, str | None]
"""Kind and role of a name, the name, what sort of thing is wanted, and for which service it is meant."""


class Gathered(NamedTuple):
    """What stands in one piece of the text, with offsets relative to it.

    `unusual` are the occurrences in templates that hold more than a name, or have no end. `end` is where the last
    occurrence ends with its template, so that those at a place are found fast. `kinds` are those of the things.
    """

    occurrences: tuple[Occurrence, ...]
    things: tuple[Thing, ...]
    doubts: frozenset[NameKind]
    unusual: tuple[Occurrence, ...] = ()
    end: int = -1
    kinds: frozenset[NameKind] = frozenset()

    def names(self) -> Iterator[tuple[tuple[NameKind, Role], str]]:
        """Yield kind and role with each name, in the order of the walk."""
        return (((one.kind, one.role), one.name) for one in self.occurrences)

    def told(self) -> list[Told]:
        """Return all that is told by the names, without their places, in the order of the walk."""
        return [((one.kind, one.role), one.name, one.wanted, one.scope) for one in self.occurrences]

    def stated(self, kind: NameKind, role: Role) -> Iterator[Stated]:
        """Yield what is said of the things of a kind."""
        for thing in self.things:
            if thing.kind is kind and thing.role is role:
                yield Stated(thing.name, thing.detail, thing.scope)

    def scope(self, number: int) -> str | None:
        """Return the service for which a name is meant, by its number, where the piece says so itself."""
        return self.occurrences[number].scope

    def detail(self, number: int) -> str | None:
        """Return what says most about a thing beside its name, by the number of the name."""
        return self.occurrences[number].detail

    @property
    def lead(self) -> Field | None:
        """The field of the first name."""
        return self.occurrences[0].field if self.occurrences else None

    def wanting(self) -> Iterator[tuple[NameKind, str]]:
        """Yield the names, with their kind, that stand where a certain sort of thing is wanted."""
        return ((one.kind, one.name) for one in self.occurrences if one.wanted)
