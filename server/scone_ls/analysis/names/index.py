"""The names of a manifest sorted by kind, role and name; after an edit, only what changed is sorted in.

An index never changes. It speaks of names by the piece they stand in and their number there, as a piece keeps both
when others move; where the pieces stand is not known here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress
from operator import is_not
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from scone_ls.analysis.names.gathered import Gathered, Told
from scone_ls.analysis.names.moulded import Moulded
from scone_ls.analysis.names.occurrence import NameKind, Role

Piece: TypeAlias = Gathered | Moulded
Row: TypeAlias = tuple[Piece, int]
Place: TypeAlias = tuple[NameKind, Role]
_Rows: TypeAlias = list[tuple[Told, str | None, Row]]
"""Rows with what they tell, and for which service their piece is meant."""
Table: TypeAlias = Mapping[str, Sequence[Row]]
_EMPTY: Table = MappingProxyType({})


class Index:
    """All names of the pieces of a manifest, which are given as they follow each other.

    A table in which nothing changed is the same object in the next index; so is what `names` holds for a place where
    the same names stand as before, whatever is said of them. Where all names tell the same as before, `mark` is the same.
    """

    def __init__(
        self, pieces: Sequence[Sequence[Piece]], scopes: tuple[str | None, ...], before: "Index | None" = None
    ) -> None:
        self.pieces = pieces
        self.scopes = scopes
        """For which service each row of pieces is meant."""
        self.change = change = None if before is None else _change(before, pieces, scopes)
        """What became of the pieces of the version before; nothing where too much did, or there is none."""
        if before is None or change is None:
            self.tables: Mapping[Place, Table] = _sorted(piece for run in pieces for piece in run)
            self.names: Mapping[Place, object] = {place: table.keys() for place, table in self.tables.items()}
            self.special = tuple(piece for run in pieces for piece in run if _is_special(piece))
            self.mark = object()
        else:
            self.tables, renewed = _exchanged(before.tables, change, pieces)
            names = {place: table.keys() for place, table in renewed.items()}
            self.names = {**before.names, **names} if names else before.names
            self.special = change.made_to(before.special, _is_special)
            self.mark = before.mark if change.tells_the_same else object()

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


class Change(NamedTuple):
    """Which pieces are gone since the version before, and which are new, both in the order of the text; and their rows."""

    gone: list[Piece]
    new: list[Piece]
    gone_rows: _Rows
    new_rows: _Rows

    @property
    def tells_the_same(self) -> bool:
        """Whether the same names are told, of which the same is wanted, for the same services, and none is in doubt."""
        if any(map(_is_special, self.gone)) or any(map(_is_special, self.new)):
            return False
        return [row[:2] for row in self.gone_rows] == [row[:2] for row in self.new_rows]

    @property
    def names_the_same(self) -> bool:
        """Whether the same names stand in the same order, meant for the same services."""
        return [(told[:2], scope) for told, scope, _ in self.gone_rows] == [
            (told[:2], scope) for told, scope, _ in self.new_rows
        ]

    def made_to(self, pieces: Sequence[Piece], wanted: Callable[[Piece], object]) -> tuple[Piece, ...]:
        """Return some pieces of the version before as they are after the change, with the new ones that are wanted."""
        gone = set(map(id, self.gone))
        return (*(piece for piece in pieces if id(piece) not in gone), *filter(wanted, self.new))


def _change(before: Index, pieces: Sequence[Sequence[Piece]], scopes: tuple[str | None, ...]) -> Change | None:
    """Return what became of the pieces; nothing where they do not correspond."""
    if len(before.pieces) != len(pieces):
        return None
    change = Change([], [], [], [])
    for old, new, scope_before, scope in zip(before.pieces, pieces, before.scopes, scopes, strict=True):
        if old is new and scope == scope_before:
            continue
        shorter = min(len(old), len(new)) if scope == scope_before else 0
        first = _same(old, new, shorter)
        last = _same(reversed(old), reversed(new), shorter - first)
        gone, fresh = old[first : len(old) - last], new[first : len(new) - last]
        change.gone.extend(gone)
        change.new.extend(fresh)
        if len(change.gone) + len(change.new) > _MANY:
            return None
        change.gone_rows.extend(_rows(gone, scope_before))
        change.new_rows.extend(_rows(fresh, scope))
    return change


def _rows(pieces: Iterable[Piece], scope: str | None) -> _Rows:
    return [(told, scope, (piece, number)) for piece in pieces for number, told in enumerate(piece.told())]


def _same(one: Iterable[Piece], other: Iterable[Piece], most: int) -> int:
    """Return how many pieces at the beginning are the same, at most so many."""
    return next(compress(range(most), map(is_not, one, other)), most)


_MANY = 40
"""Pieces that are gone or new from which on everything is sorted anew."""


def _exchanged(
    tables: Mapping[Place, Table], change: Change, pieces: Sequence[Sequence[Piece]]
) -> tuple[Mapping[Place, Table], Mapping[Place, Table]]:
    """Return the tables after some pieces have taken the places of others, and those in which other names stand."""
    if change.names_the_same:
        return _with_rows(tables, change.gone_rows, change.new_rows), {}
    touched = frozenset(told[0] for told, *_ in (*change.gone_rows, *change.new_rows))
    again = _sorted((piece for run in pieces for piece in run), touched)
    renewed = {place: again.get(place, _EMPTY) for place in touched}
    return {**tables, **renewed}, renewed


def _with_rows(tables: Mapping[Place, Table], old: _Rows, new: _Rows) -> Mapping[Place, Table]:
    """Return the tables after rows took the places of others with the same names."""
    successors = {(id(piece), number): after for (*_, (piece, number)), (*_, after) in zip(old, new, strict=True)}
    copied: dict[Place, dict[str, Sequence[Row]]] = {}
    for place, name in dict.fromkeys(told[:2] for told, *_ in old):
        if place not in copied:
            copied[place] = dict(tables[place])
        rows = copied[place][name]
        copied[place][name] = [successors.get((id(row[0]), row[1]), row) for row in rows]
    return {**tables, **copied}
