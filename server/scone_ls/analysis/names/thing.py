"""A mapping of a manifest that a name belongs to: a secret, a variable, a service, with all that is said of it."""

from collections.abc import Iterator
from typing import Any

from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.spec.schema import Field
from scone_ls.syntax import green, tree


class Thing:
    """One such mapping; `memo` holds what rules derived from it, under keys of their own, and is no part of its value.

    It is kept with the piece of the text that it stands in, so its offsets are relative: `at` gives it a place.
    """

    __slots__ = ("field", "kind", "memo", "node", "role")

    def __init__(self, kind: NameKind, role: Role, node: green.Mapping, field: Field) -> None:
        self.kind = kind
        self.role = role
        self.node = node
        self.field = field
        self.memo: dict[Any, Any] = {}

    @property
    def name(self) -> str | None:
        """The name, where one is written."""
        return self.text(self.field.label[0])

    def text(self, key: str) -> str | None:
        """Return the text of the scalar under a key; nothing where none is written, or no scalar."""
        found = None
        for _, pair in green.pairs_of(self.node):
            if isinstance(pair.key, green.Scalar) and pair.key.value == key:
                value = pair.value
                found = value.value if isinstance(value, green.Scalar) and not _is_null(value) else None
        return found

    def keys(self) -> Iterator[str]:
        """Yield the keys, as far as they are scalars."""
        for _, pair in green.pairs_of(self.node):
            if isinstance(pair.key, green.Scalar):
                yield pair.key.value

    def at(self, base: int) -> tree.Mapping:
        """Return the mapping with its places, given where its piece of the text begins."""
        return tree.Mapping(self.node, base)


def _is_null(value: green.Scalar) -> bool:
    return value.tag == "tag:yaml.org,2002:null"
