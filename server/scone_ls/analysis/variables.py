"""The variables of the SCONE runtime and of its signing tool that a manifest sets: each with its value and what is known of it."""

from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.places import place_at
from scone_ls.spec import facts
from scone_ls.spec.facts import Variable
from scone_ls.syntax import tree

SET = ((NameKind.LOCAL, Role.DECLARES), (NameKind.VARIABLE, Role.DECLARES), (NameKind.VARIABLE, Role.GIVES))
"""The places at which a manifest sets variables."""


class Setting(NamedTuple):
    """A variable whose name is one of SCONE's, with its value, if one is written, and the facts about it, if there are."""

    occurrence: Occurrence
    value: tree.Scalar | None
    variable: Variable | None

    @property
    def scope(self) -> tuple[NameKind, str | None]:
        """What the settings have in common that hold for the same program."""
        return self.occurrence.kind, self.occurrence.scope


@lru_cache(maxsize=2)
def settings(document: Document) -> tuple[Setting, ...]:
    """Return the variables of SCONE that a document sets."""
    found = (
        Setting(occurrence, _value(document, occurrence), known_variables().get(occurrence.name))
        for names in document.names
        for occurrence in _occurrences(names)
    )
    return tuple(found)


@cache
def known_variables() -> dict[str, Variable]:
    """Return the facts about each variable by its name."""
    return {variable.name: variable for variable in facts.variables().variables}


def _occurrences(names: Names) -> Iterator[Occurrence]:
    prefix = facts.variables().prefix
    for kind, role in SET:
        for name in _beginning(prefix, names.by_name(kind, role)):
            yield from names.named(kind, name, role)


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
