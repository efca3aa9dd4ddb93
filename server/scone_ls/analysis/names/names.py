"""All names of one manifest, sorted for whoever asks: by kind, by role, by name, by place."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from scone_ls.analysis.names.collector import Chunk, collector
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.names.thing import Thing
from scone_ls.spec.schema import Field
from scone_ls.syntax.file import YamlDocument
from scone_ls.text import Span

_Raw: TypeAlias = tuple[Chunk, Occurrence]
_NONE: Mapping[str, list[_Raw]] = MappingProxyType({})
_SATISFYING = (Role.DECLARES, Role.IMPORTS)


class Placed(NamedTuple):
    """A thing with the offset at which its piece of the text begins, and the service that it is meant for."""

    thing: Thing
    base: int
    scope: str | None


class Names:
    """The names of one manifest; nothing is sorted before somebody asks."""

    def __init__(self, document: YamlDocument, root: Field, string: str) -> None:
        self.kind = root.name
        """The kind of the manifest."""
        self.span = document.span
        """All lines of the manifest."""
        self._chunks = collector(root).document(document.entry, document.base, string)

    @cached_property
    def doubts(self) -> frozenset[NameKind]:
        """The kinds of which there may be declarations that could not be read."""
        return frozenset(doubt for chunk in self._chunks if chunk.gathered.doubts for doubt in chunk.gathered.doubts)

    def by_name(self, kind: NameKind, role: Role) -> Mapping[str, list[_Raw]]:
        """Return the raw occurrences of a kind and role by name: for fast comparisons of the keys."""
        return self._table.get((kind, role), _NONE)

    def all(self, kind: NameKind, *roles: Role) -> Iterator[Occurrence]:
        """Yield the occurrences of a kind, in all roles or the given ones; those of one name in the order of the text."""
        for role in roles or Role:
            for raw in self.by_name(kind, role).values():
                yield from map(_placed, raw)

    def named(self, kind: NameKind, name: str, *roles: Role) -> list[Occurrence]:
        """Return the occurrences of one name, in all roles or the given ones."""
        return [_placed(raw) for role in roles or Role for raw in self.by_name(kind, role).get(name, ())]

    def dangling(self, kind: NameKind) -> list[str]:
        """Return the names that are used and declared nowhere; none while there may be declarations that are not known."""
        return [] if kind in self.doubts else self.unmatched(kind)

    def unmatched(self, kind: NameKind) -> list[str]:
        """Return the names that are used, and neither declared nor imported as far as could be read."""
        used = self.by_name(kind, Role.REFERS)
        declared, imported = (self.by_name(kind, role) for role in _SATISFYING)
        return [name for name in used if name not in declared and name not in imported]

    @cached_property
    def unusual(self) -> list[_Raw]:
        """The raw occurrences in templates that hold more than a name, or have no end."""
        return [
            (chunk, occurrence)
            for chunk in self._chunks
            if chunk.gathered.unusual
            for occurrence in chunk.gathered.unusual
        ]

    def things(self, kind: NameKind) -> Iterator[Placed]:
        """Yield the things of a kind, such as the mappings of all secrets."""
        for chunk, thing in self._things.get(kind, ()):
            yield Placed(thing, chunk.base, chunk.scope)

    def at(self, offset: int) -> Occurrence | None:
        """Return the name that a cursor at the offset is in or beside; inside of a template, its name."""
        found = self.within(Span(offset, offset))
        # A template may stand in a scalar that is a name itself: the smaller one is meant.
        return min(found, key=lambda one: (one.whole.end - one.whole.start, one.start), default=None)

    def within(self, span: Span) -> Iterator[Occurrence]:
        """Yield the names that overlap or touch a span (code points), in no order; templates count as a whole."""
        start, end = span
        for chunk in self._chunks:
            if chunk.base <= end and start <= chunk.base + chunk.gathered.end:
                relative = span.moved(-chunk.base)
                for occurrence in chunk.gathered.occurrences:
                    if occurrence.whole.overlaps(relative):
                        yield occurrence.placed(chunk.base, chunk.scope)

    @cached_property
    def _things(self) -> dict[NameKind, list[tuple[Chunk, Thing]]]:
        things: dict[NameKind, list[tuple[Chunk, Thing]]] = defaultdict(list)
        for chunk in self._chunks:
            for thing in chunk.gathered.things:
                things[thing.kind].append((chunk, thing))
        return things

    @cached_property
    def _table(self) -> dict[tuple[NameKind, Role], dict[str, list[_Raw]]]:
        table: dict[tuple[NameKind, Role], dict[str, list[_Raw]]] = defaultdict(lambda: defaultdict(list))
        for chunk in self._chunks:
            for occurrence in chunk.gathered.occurrences:
                table[occurrence.kind, occurrence.role][occurrence.name].append((chunk, occurrence))
        return table


def _placed(raw: _Raw) -> Occurrence:
    chunk, occurrence = raw
    return occurrence.placed(chunk.base, chunk.scope)
