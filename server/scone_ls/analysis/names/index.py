"""The names of a manifest sorted by kind, role and name; after an edit, only what changed is sorted in.

An index never changes. It speaks of names by the piece they stand in and their number there, as a piece keeps both
when others move; where the pieces stand is not known here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from operator import is_not
from types import MappingProxyType
from typing import TypeAlias

from scone_ls.analysis.names.gathered import Gathered
from scone_ls.analysis.names.moulded import Moulded
from scone_ls.analysis.names.occurrence import NameKind, Role

Piece: TypeAlias = Gathered | Moulded
Row: TypeAlias = tuple[Piece, int]
Place: TypeAlias = tuple[NameKind, Role]
Table: TypeAlias = Mapping[str, Sequence[Row]]
_EMPTY: Table = MappingProxyType({})


class Index:
    """All names of the pieces of a manifest, which are given as they follow each other.

    A table in which nothing changed is the same object in the next index; so is what `names` holds for a place where
    the same names stand as before, whatever is said of them.
    """

    def __init__(self, pieces: Sequence[Sequence[Piece]], before: "Index | None" = None) -> None:
        self.pieces = pieces
        self.changed = changed = None if before is None else _changed(before.pieces, pieces)
        """Which pieces took the place of which others since the version before; nothing where that can't be told."""
        if before is None or changed is None:
            self.tables: Mapping[Place, Table] = _sorted(piece for run in pieces for piece in run)
            self.names: Mapping[Place, object] = {place: table.keys() for place, table in self.tables.items()}
            self.special = tuple(piece for run in pieces for piece in run if _is_special(piece))
        else:
            self.tables, renewed = _exchanged(before.tables, changed, pieces)
            self.names = {**before.names, **{place: table.keys() for place, table in renewed.items()}}
            gone = {id(old) for old, _ in changed}
            kept = (piece for piece in before.special if id(piece) not in gone)
            self.special = (*kept, *(new for _, new in changed if _is_special(new)))

    special: tuple[Piece, ...]
    """The pieces with a doubt, or with a template that holds more than a name, in no order."""

    def table(self, kind: NameKind, role: Role) -> Table:
        """Return the rows of a kind and role by name, in the order of the text."""
        return self.tables.get((kind, role), _EMPTY)


def _is_special(piece: Piece) -> bool:
    return bool(piece.doubts or piece.unusual)


def _sorted(pieces: Iterable[Piece], places: frozenset[Place] | None = None) -> dict[Place, Table]:
    """Return the tables of all places, or of some."""
    found: defaultdict[Place, defaultdict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for piece in pieces:
        for number, (place, name) in enumerate(piece.names()):
            if places is None or place in places:
                found[place][name].append((piece, number))
    return {place: dict(table) for place, table in found.items()}


def _changed(before: Sequence[Sequence[Piece]], pieces: Sequence[Sequence[Piece]]) -> list[tuple[Piece, Piece]] | None:
    """Return which pieces took the place of which others; nothing where they do not correspond."""
    if len(before) != len(pieces):
        return None
    changed: list[tuple[Piece, Piece]] = []
    for old, new in zip(before, pieces, strict=True):
        if old is new:
            continue
        if len(old) != len(new):
            return None
        places = list(compress(range(len(old)), map(is_not, old, new)))
        if len(places) > _MANY:
            return None
        changed += ((old[place], new[place]) for place in places)
    return changed


_MANY = 20
"""Changes from which on everything is sorted anew."""


def _exchanged(
    tables: Mapping[Place, Table], changed: Iterable[tuple[Piece, Piece]], pieces: Sequence[Sequence[Piece]]
) -> tuple[Mapping[Place, Table], Mapping[Place, Table]]:
    """Return the tables after some pieces have taken the places of others, and those in which other names stand."""
    found = dict(tables)
    renewed: set[Place] = set()
    copied: dict[Place, dict[str, Sequence[Row]]] = {}
    for old, new in changed:
        names, others = list(old.names()), list(new.names())
        if names != others:
            renewed.update(place for place, _ in (*names, *others))
            continue
        for place, name in names:
            table = copied.get(place)
            if table is None:
                table = copied[place] = dict(found[place])
            table[name] = [(new, number) if piece is old else (piece, number) for piece, number in table[name]]
    found |= copied
    if not renewed:
        return found, {}
    again = _sorted((piece for run in pieces for piece in run), frozenset(renewed))
    others = {place: again.get(place, _EMPTY) for place in renewed}
    return found | others, others
