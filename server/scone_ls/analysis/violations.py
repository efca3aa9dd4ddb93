"""What a part of a manifest can have against the specification: facts with places, no words for the user."""

from enum import Enum
from typing import NamedTuple

from scone_ls.spec.schema import Field
from scone_ls.text import Span


class Keyword(Enum):
    """The sorts of violations; those that JSON Schema knows have its names."""

    UNKNOWN = "additionalProperties"
    MISSING = "required"
    TYPE = "type"
    ENUM = "enum"
    PATTERN = "pattern"
    DEPRECATED = "deprecated"
    DUPLICATE = "duplicate"
    TEMPLATE = "template"


class Violation(NamedTuple):
    """One violation, with offsets relative to whatever it was found in.

    `path` leads to the mapping for an unknown, missing or duplicate key, to the value otherwise. `field` is the field
    at the path; none in parts where anything may stand. `name` is the key; for values their text, for types the JSON
    type that was found. `other` is the first of duplicate keys. `meant` is what an unknown key probably stands for.
    `covered` says that the user learns of it by another violation already.
    """

    keyword: Keyword
    start: int
    end: int
    path: tuple[str | int, ...]
    field: Field | None
    name: str
    other: Span | None = None
    meant: str | None = None
    covered: bool = False

    @property
    def span(self) -> Span:
        """The place."""
        return Span(self.start, self.end)

    def moved(self, distance: int) -> "Violation":
        """Return the violation moved by so many code points."""
        other = None if self.other is None else self.other.moved(distance)
        return self._replace(start=self.start + distance, end=self.end + distance, other=other)

    def under(self, *steps: str | int) -> "Violation":
        """Return the violation as it is seen from a node further out, from which these steps lead to it."""
        return self._replace(path=(*steps, *self.path))
