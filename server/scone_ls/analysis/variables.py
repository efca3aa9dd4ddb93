"""The variables of the SCONE runtime and of its signing tool that a manifest sets: each with its value and what is known of it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.index import Place
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.places import place_at
from scone_ls.spec import facts
from scone_ls.spec.facts import Variable
from scone_ls.syntax import tree

SET = ((NameKind.LOCAL, Role.DECLARES), (NameKind.VARIABLE, Role.DECLARES), (NameKind.VARIABLE, Role.GIVES))
"""Where a manifest sets variables of a program."""


@dataclass(frozen=True)
class Setting:
    """A variable whose name is one of SCONE's, and the facts about it, if there are."""

    occurrence: Occurrence
    variable: Variable | None
    _document: Document

    @property
    def text(self) -> str | None:
        """The text of its value without the blanks around; nothing where none is written."""
        return None if self.occurrence.detail is None else self.occurrence.detail.strip()

    @cached_property
    def value(self) -> tree.Scalar | None:
        """The value with its place, which takes a while to be found."""
        return _value(self._document, self.occurrence)

    @property
    def scope(self) -> tuple[NameKind, str | None]:
        """What the settings have in common that hold for the same program."""
        return self.occurrence.kind, self.occurrence.scope


@lru_cache(maxsize=2)
def settings(document: Document) -> tuple[Setting, ...]:
    """Return the variables of SCONE that a document sets."""
    return tuple(
        Setting(occurrence, known_variables().get(name), document)
        for names in document.names
        for (kind, role), name in scone_names(names)
        for occurrence in names.named(kind, name, role)
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


def _value(document: Document, occurrence: Occurrence) -> tree.Scalar | None:
    """Return the scalar beside a name that holds what the occurrence says of it."""
    place = place_at(document, occurrence.start)
    mapping = place.container if place is not None else None
    if occurrence.detail is None or not isinstance(mapping, tree.Mapping):
        return None
    values = (pair.value for pair in mapping.pairs if not pair.span.touches(occurrence.start))
    return next((node for node in values if isinstance(node, tree.Scalar) and node.value == occurrence.detail), None)
