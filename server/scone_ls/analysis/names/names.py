"""All names of one manifest, sorted for whoever asks: by kind, by role, by name, by place."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from scone_ls.analysis.names.collector import Chunk, collector
from scone_ls.analysis.names.moulded import Moulded
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.names.thing import Thing
from scone_ls.spec.schema import Field
from scone_ls.syntax.file import YamlDocument
from scone_ls.text import Span

_Raw: TypeAlias = tuple[Chunk, int]
"""An occurrence by its number in a piece: most of them need never be made."""
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
        self._details: dict[NameKind, Mapping[str, frozenset[str | None]]] = {}
        self._chunks = collector(root).document(document.entry, document.base, string)

    @cached_property
    def doubts(self) -> frozenset[NameKind]:
        """The kinds of which there may be declarations that could not be read."""
        return frozenset(doubt for chunk in self._chunks if chunk.gathered.doubts for doubt in chunk.gathered.doubts)

    def by_name(self, kind: NameKind, role: Role) -> Mapping[str, list[_Raw]]:
        """Return the raw occurrences of a kind and role by name: for fast comparisons of the names and their numbers."""
        return self._table.get((kind, role), _NONE)

    def scopes(self, kind: NameKind, role: Role, name: str) -> list[str | None]:
        """Return for which service each occurrence of a name is meant."""
        return [_scope(raw) for raw in self.by_name(kind, role).get(name, ())]

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

    def wanting(self, kind: NameKind) -> frozenset[str]:
        """Return the names of a kind that stand where a certain sort of thing is wanted."""
        return frozenset(name for chunk in self._chunks for each, name in chunk.gathered.wanting() if each is kind)

    @cached_property
    def unusual(self) -> list[tuple[Chunk, Occurrence]]:
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
            yield Placed(thing, chunk.base, thing.scope or chunk.scope)

    def details(self, kind: NameKind) -> Mapping[str, frozenset[str | None]]:
        """Return what is said of the declared things of a kind (the kinds of secrets, say), by their names."""
        if kind not in self._details:
            found: defaultdict[str, set[str | None]] = defaultdict(set)
            for _, thing in self._things.get(kind, ()):
                if thing.role is Role.DECLARES and thing.name is not None:
                    found[thing.name].add(thing.detail)
            self._details[kind] = {name: frozenset(details) for name, details in found.items()}
        return self._details[kind]

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
            gathered = chunk.gathered
            if isinstance(gathered, Moulded):
                for number, (place, name) in enumerate(gathered.names()):
                    table[place][name].append((chunk, number))
            else:
                for number, occurrence in enumerate(gathered.occurrences):
                    table[occurrence.kind, occurrence.role][occurrence.name].append((chunk, number))
        return table


def _placed(raw: _Raw) -> Occurrence:
    chunk, number = raw
    return chunk.gathered.occurrences[number].placed(chunk.base, chunk.scope)


def _scope(raw: _Raw) -> str | None:
    chunk, number = raw
    gathered = chunk.gathered
    own = gathered.scope(number) if isinstance(gathered, Moulded) else gathered.occurrences[number].scope
    return own or chunk.scope
