"""A mapping of a manifest that a name belongs to: a secret, a variable, a service, with all that is said of it."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.spec.schema import Field
from scone_ls.syntax import green, tree

_NULL = "tag:yaml.org,2002:null"


class Thing:
    """One such mapping; `memo` holds what rules derived from it, under keys of their own, and is no part of its value.

    It is kept with the piece of the text that it stands in, so its offsets are relative: `at` gives it a place. `scope`
    is the service (or group) for which it is meant, where its own piece of the text says so. `texts` are the texts of
    its scalars by their keys, nothing for a key without one; its nodes may be made only when they are asked for.
    """

    def __init__(
        self,
        kind: NameKind,
        role: Role,
        field: Field,
        texts: Mapping[str, str | None],
        find: Callable[[], green.Mapping],
        scope: str | None = None,
    ) -> None:
        self.kind = kind
        self.role = role
        self.field = field
        self.texts = texts
        self.scope = scope
        self.memo: dict[Any, Any] = {}
        self._find = find

    @classmethod
    def of(cls, kind: NameKind, role: Role, field: Field, node: green.Mapping, scope: str | None = None) -> "Thing":
        """Return the thing that a node describes."""
        return cls(kind, role, field, texts_of(node), lambda: node, scope)

    @cached_property
    def node(self) -> green.Mapping:
        """The mapping, with offsets relative to its piece of the text."""
        return self._find()

    @property
    def name(self) -> str | None:
        """The name, where one is written."""
        return self.texts.get(self.field.label[0])

    @property
    def detail(self) -> str | None:
        """What says most about it beside its name."""
        label = self.field.label
        return self.texts.get(label[1]) if len(label) > 1 else None

    def text(self, key: str) -> str | None:
        """Return the text of the scalar under a key; nothing where none is written, or no scalar."""
        return self.texts.get(key)

    def at(self, base: int) -> tree.Mapping:
        """Return the mapping with its places, given where its piece of the text begins."""
        return tree.Mapping(self.node, base)


def texts_of(node: green.Mapping) -> dict[str, str | None]:
    """Return the texts of the scalars in a mapping by their keys, nothing for a key without one."""
    texts: dict[str, str | None] = {}
    for _, pair in green.pairs_of(node):
        if isinstance(pair.key, green.Scalar):
            value = pair.value
            texts[pair.key.value] = value.value if isinstance(value, green.Scalar) and value.tag != _NULL else None
    return texts
