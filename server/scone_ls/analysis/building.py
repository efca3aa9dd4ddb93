"""What a service manifest says about the build of its image, as far as several rules want to know it."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.analysis.sections import Section
from scone_ls.analysis.values import mappings_where
from scone_ls.spec import facts
from scone_ls.spec.facts import BuildKind
from scone_ls.spec.schema import Field
from scone_ls.syntax import tree


class Build(NamedTuple):
    """The mapping that describes a build."""

    mapping: tree.Mapping

    @property
    def kind(self) -> BuildKind | None:
        """What is known of the language or engine."""
        written = self.scalar("kind")
        return None if written is None else _kinds().get(written.value)

    def scalar(self, key: str) -> tree.Scalar | None:
        """Return the value of a key, if it is a scalar and no null."""
        found = self.mapping.value(key)
        return found if isinstance(found, tree.Scalar) and not found.is_null else None

    def listed(self, key: str) -> tuple[tree.Scalar, ...]:
        """Return the items of a list, as far as they are scalars."""
        found = self.mapping.value(key)
        values = (item.value for item in found.items) if isinstance(found, tree.Sequence) else ()
        return tuple(value for value in values if isinstance(value, tree.Scalar))


def builds(section: Section) -> Iterator[Build]:
    """Yield the builds that a section describes."""
    return (Build(mapping) for mapping, _ in mappings_where(section, _is_build))


def _is_build(field: Field) -> bool:
    """Tell whether what is built has its name at a place."""
    declares = (Role.DECLARES.value, NameKind.PROGRAM.value)
    return any(child.names[:2] == declares for child in field.properties.values())


@cache
def _kinds() -> dict[str, BuildKind]:
    return {kind.name: kind for kind in facts.build_kinds()}
