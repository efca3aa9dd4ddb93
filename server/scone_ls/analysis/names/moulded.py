"""The names in entries whose nodes nobody has made yet, told from their values as they stand in the text.

What stands where in the entries of one mould is found once, by a walk over one of them whose values are their own
numbers. Values that are nothing but a placeholder are understood as well; an entry with any other template, with a null
or an empty text, says more than that and is left to the walk.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from scone_ls.analysis.names.gathered import Gathered, Stated, Told
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.names.thing import Thing
from scone_ls.spec.schema import Field
from scone_ls.syntax.green import Entry, Item, Mould, Pair

_SAY_MORE = frozenset(("~", "null", "Null", "NULL", '""', "''"))
_QUOTES = ("'", '"')
_PLACEHOLDER = re.compile(r"([\"']?)\$\$SCONE::([\w-]+)\$\$\1", re.ASCII)
_SECRET = (NameKind.SECRET, Role.REFERS)
Walk = Callable[[Pair | Item, str], Gathered]
"""What gathers the names in a pair or an item, given the text that it is written in."""
Placeholder = tuple[int, str]
"""The line of a value that is a placeholder, and the name of the secret."""


class _ThingPlan(NamedTuple):
    """A thing, with the lines on which the values of its keys stand."""

    kind: NameKind
    role: Role
    field: Field
    lines: tuple[tuple[str, int | None], ...]
    label: tuple[int | None, int | None]
    """The lines of the name and of what says most beside it."""
    scope: int | None


class NamePlan(NamedTuple):
    """A name: its kind and role, the line on which it stands, that of the service for which it is meant.

    `wanted` is the sort of thing that is asked for, `detail` the line of what says most about it.
    """

    place: tuple[NameKind, Role]
    line: int
    scope: int | None
    wanted: str
    detail: int | None


class Plan(NamedTuple):
    """What stands in all entries of a mould."""

    names: tuple[NamePlan, ...]
    things: tuple[_ThingPlan, ...]
    doubts: frozenset[NameKind]
    lead: Field | None
    kinds: frozenset[NameKind]

    @property
    def is_scoped(self) -> bool:
        """Whether a name is meant for a service that stands in the same entry."""
        return any(name.scope is not None for name in self.names)


def plan(mould: Mould, values: Sequence[str], walk: Walk) -> Plan:
    """Return what stands in the entries of a mould, of which one has these values."""
    found = walk(mould.cast(tuple(str(line) if value else "" for line, value in enumerate(values))), "")
    return Plan(
        tuple(map(_name_plan, found.occurrences)),
        tuple(_thing_plan(thing) for thing in found.things),
        found.doubts,
        found.lead,
        found.kinds,
    )


def placeholders(values: Sequence[str], plan: Plan) -> tuple[Placeholder, ...] | None:
    """Return the values that are placeholders; `None` where values say more than can be told without their nodes."""
    if not _SAY_MORE.isdisjoint(values):
        return None
    together = "\n".join(values)
    if "$" not in together and "{{" not in together:
        return ()
    found: list[Placeholder] = []
    named = {name.line for name in plan.names}
    for line, value in enumerate(values):
        if "$" in value or "{{" in value:
            match = _PLACEHOLDER.fullmatch(value)
            if match is None or line in named or plan.is_scoped:
                return None
            found.append((line, match[2]))
    return tuple(found)


class Moulded:
    """What stands in one entry of a mould; it answers like `Gathered`, and walks over the nodes only where it has to."""

    def __init__(
        self,
        plan: Plan,
        entry: Entry,
        values: Sequence[str],
        placed: tuple[Placeholder, ...],
        walk: Callable[[Pair | Item], Gathered],
    ) -> None:
        self.doubts = plan.doubts
        self.kinds = plan.kinds
        self.lead = plan.lead
        self.unusual: tuple[Occurrence, ...] = ()
        self.end = entry.length
        self.values = values
        self.placed = placed
        self._plan = plan
        self._entry = entry
        self._walk = walk

    @cached_property
    def _walked(self) -> Gathered:
        child = self._entry.child
        return self._walk(child) if isinstance(child, Pair | Item) else Gathered((), (), frozenset())

    def names(self) -> Iterator[tuple[tuple[NameKind, Role], str]]:
        """Yield kind and role with each name, in the order of the walk."""
        if self.placed:
            return ((place, name) for place, name, *_ in self.told())
        values = self.values
        return ((place, bare(values[line])) for place, line, *_ in self._plan.names)

    def told(self) -> list[Told]:
        """Return all that is told by the names, without their places, in the order of the walk."""
        own = [
            (line, (place, bare(self.values[line]), wanted, self._text(scope)))
            for place, line, scope, wanted, _ in self._plan.names
        ]
        placed: list[tuple[int, Told]] = [(line, (_SECRET, name, "", None)) for line, name in self.placed]
        return [told for _, told in sorted([*own, *placed], key=_line_of)]

    def wanting(self) -> Iterator[tuple[NameKind, str]]:
        """Yield the names, with their kind, that stand where a certain sort of thing is wanted."""
        for (kind, _), line, _, wanted, _ in self._plan.names:
            if wanted:
                yield kind, bare(self.values[line])

    def scope(self, number: int) -> str | None:
        """Return the service for which a name is meant, by its number, where the piece says so itself."""
        return None if self.placed else self._text(self._plan.names[number].scope)

    def detail(self, number: int) -> str | None:
        """Return what says most about a thing beside its name, by the number of the name."""
        own = [(name.line, name.detail) for name in self._plan.names]
        placed = [(line, None) for line, _ in self.placed]
        return self._text(sorted([*own, *placed], key=_line_of)[number][1])

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """The names with their places, in the order of the walk."""
        return self._walked.occurrences

    @cached_property
    def things(self) -> tuple[Thing, ...]:
        """The things that the names belong to."""
        return tuple(self._thing(number, each) for number, each in enumerate(self._plan.things))

    def stated(self, kind: NameKind, role: Role) -> Iterator[Stated]:
        """Yield what is said of the things of a kind."""
        for plan in self._plan.things:
            if plan.kind is kind and plan.role is role:
                name, detail = (self._text(line) for line in plan.label)
                yield Stated(name, detail, self._text(plan.scope))

    def _text(self, line: int | None) -> str | None:
        return None if line is None else bare(self.values[line])

    def _thing(self, number: int, plan: _ThingPlan) -> Thing:
        texts = {key: self._text(line) for key, line in plan.lines}
        find = lambda: self._walked.things[number].node  # noqa: E731  # As short as it can be.
        return Thing(plan.kind, plan.role, plan.field, texts, find, self._text(plan.scope))


def bare(raw: str) -> str:
    """Return a plain or simply quoted value without its quotes."""
    return raw[1:-1] if raw[0] in _QUOTES else raw


def _line_of(name: tuple[int, *tuple[object, ...]]) -> int:
    return name[0]


def _name_plan(one: Occurrence) -> NamePlan:
    return NamePlan((one.kind, one.role), int(one.name), _line(one.scope), one.wanted, _line(one.detail))


def _thing_plan(thing: Thing) -> _ThingPlan:
    lines = tuple((key, _line(text)) for key, text in thing.texts.items())
    label = (_line(thing.name), _line(thing.detail))
    return _ThingPlan(thing.kind, thing.role, thing.field, lines, label, _line(thing.scope))


def _line(text: str | None) -> int | None:
    return None if text is None else int(text)
