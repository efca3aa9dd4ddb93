"""What other manifests can see of a manifest: its names without their places.

Two versions of a manifest with equal interfaces are the same to all others, so that those need no second look.
"""

from functools import lru_cache
from typing import NamedTuple

from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Role


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
            Service(thing.name, image)
            for thing, _, _ in names.things(NameKind.SERVICE)
            if thing.role is Role.DECLARES and (image := thing.text(_image_key(thing.field.label))) is not None
        ),
        secrets=frozenset(Secret(one.name, one.detail) for one in names.all(NameKind.SECRET, Role.DECLARES)),
        imports=frozenset(names.by_name(NameKind.SECRET, Role.IMPORTS)),
        uses_secrets=frozenset(names.by_name(NameKind.SECRET, Role.REFERS)),
        variables=frozenset(
            Variable(one.name, one.detail is not None) for one in names.all(NameKind.VARIABLE, Role.DECLARES)
        ),
        uses_variables=frozenset(names.by_name(NameKind.VARIABLE, Role.REFERS)),
        given=frozenset(Given(one.name, one.scope) for one in names.all(NameKind.VARIABLE, Role.GIVES)),
        doubts=names.doubts,
    )


def _image_key(label: tuple[str, ...]) -> str:
    """Return the key of a service that names its image: what says most about it beside its name."""
    return label[1]
