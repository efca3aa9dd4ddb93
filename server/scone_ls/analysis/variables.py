"""The variables of the SCONE runtime and of its signing tool that a manifest sets: each with its value and what is known of it."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.index import Place
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.analysis.places import place_at
from scone_ls.spec import facts
from scone_ls.spec.facts import Variable
from scone_ls.syntax import tree

SET = ((NameKind.LOCAL, Role.DECLARES), (NameKind.VARIABLE, Role.DECLARES), (NameKind.VARIABLE, Role.GIVES))
"""Where a manifest sets variables of a program."""


@dataclass(frozen=True)
class Setting:
    """A variable whose name is one of SCONE's, and the facts about it, if there are.

    `text` is its value without the blanks around, nothing where none is written. `scope` is what settings have in common
    that hold for the same program.
    """

    name: str
    variable: Variable | None
    text: str | None
    scope: tuple[NameKind, str | None]
    _find: Callable[[], tree.Scalar | None]

    @cached_property
    def value(self) -> tree.Scalar | None:
        """The value with its place, which takes a while to be found."""
        return self._find()


@lru_cache(maxsize=2)
def settings(document: Document) -> tuple[Setting, ...]:
    """Return the variables of SCONE that a document sets."""
    return tuple(
        Setting(
            name,
            known_variables().get(name),
            None if detail is None else detail.strip(),
            (kind, scope),
            partial(_value, document, names, (kind, role), name, number),
        )
        for names in document.names
        for (kind, role), name in scone_names(names)
        for number, (scope, detail) in enumerate(names.said(kind, role, name))
    )


def scone_names(names: Names) -> tuple[tuple[Place, str], ...]:
    """Return the names of variables that are set and belong to SCONE, each with what it names there."""

    def derive() -> tuple[tuple[Place, str], ...]:
        prefix = facts.variables().prefix
        return tuple((place, name) for place in SET for name in _beginning(prefix, names.by_name(*place)))

    return names.derived("names of scone", SET, derive, from_names=True)


@cache
def known_variables() -> dict[str, Variable]:
    """Return the facts about each variable by its name."""
    return {variable.name: variable for variable in facts.variables().variables}


def _beginning(prefix: str, names: Collection[str]) -> Iterator[str]:
    """Yield the names with a beginning; searched in one text, as there may be very many."""
    text = "\n".join(("", *names, ""))
    start = text.find(f"\n{prefix}")
    while start >= 0:
        end = text.index("\n", start + 1)
        yield text[start + 1 : end]
        start = text.find(f"\n{prefix}", end)


def _value(document: Document, names: Names, place: Place, name: str, number: int) -> tree.Scalar | None:
    """Return the scalar beside one of the occurrences of a name that holds what is said of it."""
    kind, role = place
    occurrence = names.named(kind, name, role)[number]
    found = place_at(document, occurrence.start)
    mapping = found.container if found is not None else None
    if occurrence.detail is None or not isinstance(mapping, tree.Mapping):
        return None
    values = (pair.value for pair in mapping.pairs if not pair.span.touches(occurrence.start))
    return next((node for node in values if isinstance(node, tree.Scalar) and node.value == occurrence.detail), None)
