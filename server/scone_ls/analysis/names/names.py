"""All names of one manifest, sorted for whoever asks: by kind, by role, by name, by place."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import cached_property
from itertools import compress, count, repeat
from operator import is_
from typing import Any, NamedTuple, TypeVar, cast

from scone_ls.analysis.names.collector import Run, collector
from scone_ls.analysis.names.gathered import Stated
from scone_ls.analysis.names.index import Index, Piece, Place, Row, Table
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.names.thing import Thing
from scone_ls.spec.schema import Field
from scone_ls.syntax.file import YamlDocument
from scone_ls.text import Span

_FEW = 8
"""Names whose places are looked for one by one."""
_SATISFYING = (Role.DECLARES, Role.IMPORTS)
_Derived = TypeVar("_Derived")


class Placed(NamedTuple):
    """A thing with the offset at which its piece of the text begins, and the service that it is meant for."""

    thing: Thing
    base: int
    scope: str | None


class Names:
    """The names of one manifest.

    `before` are the names of the version before, of which all is taken over that did not change.
    """

    def __init__(self, document: YamlDocument, root: Field, string: str, before: "Names | None" = None) -> None:
        self.kind = root.name
        """The kind of the manifest."""
        self.span = document.span
        """All lines of the manifest."""
        self._asked = 0
        self._runs = collector(root).document(document.entry, document.base, string)
        index = None if before is None or before.kind != self.kind else before.index
        self.index = Index([run.pieces for run in self._runs], tuple(run.scope for run in self._runs), index)
        """All names by kind, role and name."""
        self.kept: dict[str, tuple[tuple[object, ...], Any]] = {} if before is None else dict(before.kept)
        """What was derived from the names of some version, with what it rests on."""
        self._derived: dict[str, Any] = {}
        self.told: dict[Hashable, tuple[Piece, ...]] = {}
        """The pieces that `telling` found, by its keys."""
        self._told_before: dict[Hashable, tuple[Piece, ...]] = {} if before is None else before.told

    @cached_property
    def doubts(self) -> frozenset[NameKind]:
        """The kinds of which there may be declarations that could not be read."""
        return frozenset(doubt for piece in self.index.special for doubt in piece.doubts)

    def by_name(self, kind: NameKind, role: Role) -> Table:
        """Return the rows of a kind and role by name: for fast comparisons of the names and their numbers."""
        return self.index.table(kind, role)

    def derived(
        self,
        key: str,
        places: tuple[Place, ...],
        derive: Callable[[], _Derived],
        *,
        from_names: bool = False,
        named: tuple[Place, ...] = (),
    ) -> _Derived:
        """Return what follows from what stands at some places; it is found anew only when something there changed.

        A key goes with one derivation only. `from_names` says that it follows from the names alone, and not from what
        is said of them; what follows from the names at some of the places only has these as `named`.
        """
        if key not in self._derived:
            basis = self.index.names if from_names else self.index.tables
            grounds = (*map(basis.get, places), *map(self.index.names.get, named))
            known = self.kept.get(key)
            if known is None or not all(map(is_, known[0], grounds)):
                known = self.kept[key] = (grounds, derive())
            self._derived[key] = known[1]
        return cast("_Derived", self._derived[key])

    def scopes(self, kind: NameKind, role: Role, name: str) -> list[str | None]:
        """Return for which service each occurrence of a name is meant."""
        rows = self.by_name(kind, role).get(name, ())
        return [piece.scope(number) or self._where(piece)[1] for piece, number in rows]

    def said(self, kind: NameKind, role: Role, name: str) -> list[tuple[str | None, str | None]]:
        """Return for which service each occurrence of a name is meant, and what says most about it beside that."""
        rows = self.by_name(kind, role).get(name, ())
        return [(self._where(piece)[1] or piece.scope(number), piece.detail(number)) for piece, number in rows]

    def all(self, kind: NameKind, *roles: Role) -> Iterator[Occurrence]:
        """Yield the occurrences of a kind, in all roles or the given ones; those of one name in the order of the text."""
        for role in roles or Role:
            for rows in self.by_name(kind, role).values():
                yield from map(self._placed, rows)

    def declared(self) -> Iterator[tuple[NameKind, str, int, int]]:
        """Yield all names that are declared, with kind, start and end (code points): much faster than `all`."""
        for run in self._runs:
            for number, piece in enumerate(run.pieces):
                start = run.start(number)
                for one in piece.occurrences:
                    if one.role is Role.DECLARES:
                        yield one.kind, one.name, start + one.start, start + one.end

    def named(self, kind: NameKind, name: str, *roles: Role) -> list[Occurrence]:
        """Return the occurrences of one name, in all roles or the given ones."""
        return [self._placed(row) for role in roles or Role for row in self.by_name(kind, role).get(name, ())]

    def dangling(self, kind: NameKind) -> list[str]:
        """Return the names that are used and declared nowhere; none while there may be declarations that are not known."""
        return [] if kind in self.doubts else self.unmatched(kind)

    def unmatched(self, kind: NameKind) -> list[str]:
        """Return the names that are used, and neither declared nor imported as far as could be read, as they appear."""
        used = self.by_name(kind, Role.REFERS)
        declared, imported = (self.by_name(kind, role) for role in _SATISFYING)
        found = [name for name in used if name not in declared and name not in imported]
        first = {name: min(one.start for one in self.named(kind, name, Role.REFERS)) for name in found}
        return sorted(found, key=first.__getitem__)

    def wanting(self, kind: NameKind) -> frozenset[str]:
        """Return the names of a kind that stand where a certain sort of thing is wanted."""

        def derive() -> frozenset[str]:
            return frozenset(name for piece in self._pieces() for each, name in piece.wanting() if each is kind)

        return self.derived(f"wanting {kind.value}", ((kind, Role.REFERS),), derive)

    @cached_property
    def unusual(self) -> list[Occurrence]:
        """The occurrences in templates that hold more than a name, or have no end."""
        return [occurrence.placed(*self._where(piece)) for piece in self.index.special for occurrence in piece.unusual]

    def things(self, kind: NameKind) -> Iterator[Placed]:
        """Yield the things of a kind, such as the mappings of all secrets."""
        for run in self._runs:
            for number, piece in enumerate(run.pieces):
                if kind in piece.kinds:
                    for thing in piece.things:
                        if thing.kind is kind:
                            yield Placed(thing, run.start(number), thing.scope or run.scope)

    def telling(self, key: Hashable, tells: Callable[[Piece], object]) -> Iterator[tuple[Piece, int]]:
        """Yield the few pieces that tell what is wanted, each with where it begins (code points), in no order.

        A key goes with one question only, which is asked again only of what changed.
        """
        found = self.told.get(key)
        if found is None:
            known, change = self._told_before.get(key), self.index.change
            if known is None or change is None:
                found = tuple(filter(tells, self._pieces()))
            else:
                found = change.made_to(known, tells)
            self.told[key] = found
        for piece in found:
            yield piece, self._where(piece)[0]

    def stated(self, kind: NameKind, role: Role) -> Iterator[Stated]:
        """Yield name, detail and scope of the things of a kind."""
        for run in self._runs:
            for piece in run.pieces:
                if kind in piece.kinds:
                    for said in piece.stated(kind, role):
                        yield said if said.scope or run.scope is None else said._replace(scope=run.scope)

    def details(self, kind: NameKind) -> Mapping[str, frozenset[str | None]]:
        """Return what is said of the declared things of a kind (the kinds of secrets, say), by their names."""

        def derive() -> Mapping[str, frozenset[str | None]]:
            found: defaultdict[str, set[str | None]] = defaultdict(set)
            for name, detail, _ in self.stated(kind, Role.DECLARES):
                if name is not None:
                    found[name].add(detail)
            return {name: frozenset(details) for name, details in found.items()}

        return self.derived(f"details {kind.value}", ((kind, Role.DECLARES),), derive)

    def at(self, offset: int) -> Occurrence | None:
        """Return the name that a cursor at the offset is in or beside; inside of a template, its name."""
        found = self.within(Span(offset, offset))
        # A template may stand in a scalar that is a name itself: the smaller one is meant.
        return min(found, key=lambda one: (one.whole.end - one.whole.start, one.start), default=None)

    def within(self, span: Span) -> Iterator[Occurrence]:
        """Yield the names that overlap or touch a span (code points), in no order; templates count as a whole."""
        for run in self._runs:
            for number in _numbers_near(run, span):
                piece, start = run.pieces[number], run.start(number)
                relative = span.moved(-start)
                if relative.start <= piece.end and relative.end >= 0:
                    for occurrence in piece.occurrences:
                        if occurrence.whole.overlaps(relative):
                            yield occurrence.placed(start, run.scope)

    def _pieces(self) -> Iterator[Piece]:
        return (piece for run in self._runs for piece in run.pieces)

    def _where(self, piece: Piece) -> tuple[int, str | None]:
        """Return where a piece begins, and for which service it is meant."""
        self._asked += 1
        if self._asked <= _FEW:  # To look for some is faster than to know the places of all.
            for run in self._runs_by_length:
                number = next(compress(count(), map(is_, run.pieces, repeat(piece))), None)
                if number is not None:
                    return run.start(number), run.scope
        return self._all_places[id(piece)]

    @cached_property
    def _runs_by_length(self) -> list[Run]:
        return sorted(self._runs, key=lambda run: len(run.pieces))

    @cached_property
    def _all_places(self) -> dict[int, tuple[int, str | None]]:
        return {
            id(piece): (run.start(number), run.scope) for run in self._runs for number, piece in enumerate(run.pieces)
        }

    def _placed(self, row: Row) -> Occurrence:
        piece, number = row
        return piece.occurrences[number].placed(*self._where(piece))


def _numbers_near(run: Run, span: Span) -> range:
    """Return the numbers of the pieces that can have to do with a span."""
    if run.entries is None:
        return range(1)
    starts = run.entries.starts
    first = bisect_right(starts, span.start - run.base) - 2
    last = bisect_right(starts, span.end - run.base)
    return range(max(0, first), min(last, len(run.pieces)))
