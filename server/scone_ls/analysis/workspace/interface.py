"""What other manifests can see of a manifest: its names without their places.

Two versions of a manifest with equal interfaces are the same to all others, so that those need no second look.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Role, is_open


class Service(NamedTuple):
    """A service of a mesh: its name, where one is written, and the image that it runs."""

    name: str | None
    image: str


class Variable(NamedTuple):
    """A variable whose value a mesh gives, and whether it has a value without that."""

    name: str
    has_default: bool


class Secret(NamedTuple):
    """A secret that a service declares, and its kind as written."""

    name: str
    kind: str | None


class Given(NamedTuple):
    """A variable that a mesh gives a value to, and for which service or group (none in the old, flat form)."""

    name: str
    scope: str | None


class Interface(NamedTuple):
    """The names of one manifest that matter to others; `images` are all that it builds, runs or refers to."""

    kind: str
    builds: frozenset[str]
    images: frozenset[str]
    services: tuple[Service, ...]
    secrets: frozenset[Secret]
    imports: frozenset[str]
    uses_secrets: frozenset[str]
    variables: frozenset[Variable]
    uses_variables: frozenset[str]
    given: frozenset[Given]
    doubts: frozenset[NameKind]


@lru_cache(maxsize=4)
def interface(names: Names) -> Interface:
    """Return the interface of a manifest."""
    builds = frozenset(names.by_name(NameKind.IMAGE, Role.DECLARES))
    return Interface(
        kind=names.kind,
        builds=builds,
        images=builds.union(names.by_name(NameKind.IMAGE, Role.REFERS)),
        services=tuple(
            Service(thing.name, thing.detail)
            for thing, _, _ in names.things(NameKind.SERVICE)
            if thing.role is Role.DECLARES and thing.detail is not None
        ),
        secrets=frozenset(Secret(*named) for named, _ in _named(names, NameKind.SECRET, Role.DECLARES)),
        imports=frozenset(names.by_name(NameKind.SECRET, Role.IMPORTS)),
        uses_secrets=frozenset(names.by_name(NameKind.SECRET, Role.REFERS)),
        variables=frozenset(
            Variable(name, detail is not None) for (name, detail), _ in _named(names, NameKind.VARIABLE, Role.DECLARES)
        ),
        uses_variables=frozenset(names.by_name(NameKind.VARIABLE, Role.REFERS)),
        given=frozenset(Given(name, scope) for (name, _), scope in _named(names, NameKind.VARIABLE, Role.GIVES)),
        doubts=names.doubts,
    )


def _named(names: Names, kind: NameKind, role: Role) -> Iterator[tuple[tuple[str, str | None], str | None]]:
    """Yield name and detail of the things of a kind, each with its scope."""
    for thing, _, scope in names.things(kind):
        if thing.role is role and thing.name and not is_open(thing.name):
            yield (thing.name, thing.detail), scope
