"""The scalars of a manifest that stand at certain places of the specification, and what is known of their surroundings."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from scone_ls.analysis import anywhere
from scone_ls.analysis.document import Document
from scone_ls.spec import schema
from scone_ls.spec.schema import Field, FieldPath
from scone_ls.syntax import tree


class Value(NamedTuple):
    """A pair whose value is a scalar, the mapping that it stands in, and the fields of both."""

    pair: tree.Pair
    scalar: tree.Scalar
    mapping: tree.Mapping
    field: Field
    around: Field

    def beside(self, key: str) -> tree.Node | None:
        """Return the value of another key of the mapping; none where it is not there, or null."""
        found = self.mapping.value(key)
        return None if isinstance(found, tree.Scalar) and found.is_null else found

    @property
    def is_certain(self) -> bool:
        """Whether a key that is not beside it is not there at all."""
        return is_certain(self.mapping)


def values_where(document: Document, wanted: Callable[[Field], bool]) -> Iterator[Value]:
    """Yield the pairs with a scalar, no null, whose field is wanted, in all manifests of a document.

    The wanted fields must be few, and not among those that a manifest has by the thousand.
    """
    for manifest in document.manifests:
        if manifest.root is not None and manifest.mapping is not None:
            for path in _paths(manifest.root.name, wanted):
                yield from _values(manifest.mapping, manifest.root, path)


def is_certain(mapping: tree.Mapping) -> bool:
    """Tell whether all keys of a mapping are known: it could be read and merges no other one."""
    return anywhere.is_whole(mapping.node) and anywhere.MERGE not in anywhere.key_names(mapping.node)


@cache
def _paths(kind: str, wanted: Callable[[Field], bool]) -> tuple[FieldPath, ...]:
    found = schema.fields(schema.root(kind))
    return tuple(path for path, field in found if path and isinstance(path[-1], str) and wanted(field))


def _values(node: tree.Node, field: Field, path: FieldPath) -> Iterator[Value]:
    match node, path:
        case tree.Mapping(), (str() as key, *rest):
            child = field.properties.get(key)
            for pair in node.pairs if child is not None else ():
                value = pair.value
                if pair.name != key or child is None:
                    continue
                if rest:
                    yield from _values(value, child, tuple(rest))
                elif isinstance(value, tree.Scalar) and not value.is_null:
                    yield Value(pair, value, node, child, field)
        case tree.Sequence(), (int(), *rest) if field.items is not None:
            for item in node.items:
                yield from _values(item.value, field.items, tuple(rest))
        case _:
            pass
