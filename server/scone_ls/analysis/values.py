"""What stands at certain places of the specification, found by the way from the top of a manifest, not by a walk.

That costs next to nothing, as long as the places are few and not among those that a manifest has by the thousand.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from scone_ls.analysis import anywhere
from scone_ls.analysis.meaning import probably_meant
from scone_ls.analysis.sections import Section
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

    def lacks(self, key: str) -> bool:
        """Tell whether another key is certainly not beside it, nor a misspelt one that stands for it."""
        return self.is_certain and self.beside(key) is None and not stands_for(self.mapping, self.around, key)


def values_where(section: Section, wanted: Callable[[Field], bool]) -> Iterator[Value]:
    """Yield the pairs with a scalar, no null, whose field is wanted, in a section of a manifest."""
    for mapping, around in mappings_where(section, _with_child(wanted)):
        fields = {name: field for name, field in around.properties.items() if wanted(field)}
        for pair in mapping.pairs:
            value, field = pair.value, fields.get(pair.name or "")
            if field is not None and isinstance(value, tree.Scalar) and not value.is_null:
                yield Value(pair, value, mapping, field, around)


def mappings_where(section: Section, wanted: Callable[[Field], bool]) -> Iterator[tuple[tree.Mapping, Field]]:
    """Yield the mappings whose field is wanted, in a section of a manifest.

    Raises:
        ValueError: the field of a whole manifest is wanted, which no section holds.

    """
    for path, field in _places(section.root.name, wanted).get(section.name, ()):
        found = _nodes(section.pair.value, path)
        yield from ((node, field) for node in found if isinstance(node, tree.Mapping))


def is_certain(mapping: tree.Mapping) -> bool:
    """Tell whether all keys of a mapping are known: it could be read and merges no other one."""
    return anywhere.is_whole(mapping.node) and anywhere.MERGE not in anywhere.key_names(mapping.node)


def stands_for(mapping: tree.Mapping, field: Field, key: str) -> bool:
    """Tell whether a key that a mapping can't have probably stands for one that it lacks."""
    present = {pair.name for pair in mapping.pairs}
    if key in present:
        return False
    absent = tuple(name for name in field.properties if name not in present)
    unknown = [name for name in present if name is not None and name not in field.properties]
    return any(probably_meant(name, field, absent) == key for name in unknown)


@cache
def _with_child(wanted: Callable[[Field], bool]) -> Callable[[Field], bool]:
    return lambda field: any(map(wanted, field.properties.values()))


@cache
def _places(kind: str, wanted: Callable[[Field], bool]) -> dict[object, tuple[tuple[FieldPath, Field], ...]]:
    """Return the wanted fields by the key of their section, each with its path from there on."""
    places: dict[object, tuple[tuple[FieldPath, Field], ...]] = {}
    for path, field in schema.fields(schema.root(kind)):
        if wanted(field):
            if not path:
                raise ValueError(f"what is wanted of `{kind}` stands at its top, in no section")
            places[path[0]] = (*places.get(path[0], ()), (path[1:], field))
    return places


def _nodes(node: tree.Node, path: FieldPath) -> Iterator[tree.Node]:
    """Yield the nodes that a path leads to, in which any number stands for all items."""
    match node, path:
        case _, ():
            yield node
        case tree.Mapping(), (str() as key, *rest):
            for pair in node.pairs:
                if pair.name == key:
                    yield from _nodes(pair.value, tuple(rest))
        case tree.Sequence(), (int(), *rest):
            for item in node.items:
                yield from _nodes(item.value, tuple(rest))
        case _:
            pass
