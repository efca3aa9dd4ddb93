"""One JSON Schema of a team, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scone_ls.rules.rule import Severity


@dataclass(frozen=True, slots=True, eq=False)
class HouseSchema:
    """A schema with all that it refers to; each is equal only to itself.

    `name` is how messages call it; `kind` is the kind of manifest that it is for, none for every kind. `severity` is
    given where it differs from that of the rule. `resources` are the contents of the files that it refers to, by the
    URIs by which it does; `uri` is its own.
    """

    name: str
    kind: str | None
    severity: Severity | None
    uri: str
    contents: Any
    resources: Mapping[str, Any]


class HouseSchemaError(Exception):
    """A schema that can't be used; the message says which one and why."""
