"""What other manifests can see of a manifest: its names without their places.

Two versions of a manifest with equal interfaces are the same to all others, so that those need no second look.
"""

from collections.abc import Iterator
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


def interface(names: Names) -> Interface:
    """Return the interface of a manifest; what rests on names that did not change is not made anew."""
    found = names.derived("interface", _SAID, lambda: _interface(names), named=_NAMED)
    return found if found.doubts == names.doubts else found._replace(doubts=names.doubts)


_SECRETS = (NameKind.SECRET, Role.DECLARES)
_VARIABLES = (NameKind.VARIABLE, Role.DECLARES)
_GIVEN = (NameKind.VARIABLE, Role.GIVES)
_SERVICES = (NameKind.SERVICE, Role.DECLARES)
_GROUPS = (NameKind.SERVICE, Role.REFERS)
_IMAGES = tuple((NameKind.IMAGE, role) for role in (Role.DECLARES, Role.REFERS))
_USED = tuple((kind, role) for kind in (NameKind.SECRET, NameKind.VARIABLE) for role in (Role.IMPORTS, Role.REFERS))
_SAID = (_SECRETS, _VARIABLES, _SERVICES, *_IMAGES)
"""Where it matters what is said of what has a name."""
_NAMED = (_GIVEN, _GROUPS, *_USED)
"""Where only the names matter."""


def _interface(names: Names) -> Interface:
    builds = _names(names, *_IMAGES[0])
    return Interface(
        kind=names.kind,
        builds=builds,
        images=names.derived("images", _IMAGES, lambda: builds.union(names.by_name(*_IMAGES[1])), from_names=True),
        services=names.derived("services", (_SERVICES, *_IMAGES), lambda: tuple(_services(names))),
        secrets=names.derived("secrets", (_SECRETS,), lambda: frozenset(_secrets(names))),
        imports=_names(names, NameKind.SECRET, Role.IMPORTS),
        uses_secrets=_names(names, NameKind.SECRET, Role.REFERS),
        variables=names.derived("variables", (_VARIABLES,), lambda: frozenset(_variables(names))),
        uses_variables=_names(names, NameKind.VARIABLE, Role.REFERS),
        given=names.derived("given", (_GIVEN, _GROUPS), lambda: frozenset(_given(names)), from_names=True),
        doubts=names.doubts,
    )


def _names(names: Names, kind: NameKind, role: Role) -> frozenset[str]:
    key = f"{role.value} {kind.value}"
    return names.derived(key, ((kind, role),), lambda: frozenset(names.by_name(kind, role)), from_names=True)


def _services(names: Names) -> Iterator[Service]:
    return (Service(name, image) for name, image, _ in names.stated(*_SERVICES) if image is not None)


def _secrets(names: Names) -> Iterator[Secret]:
    return (Secret(name, kind) for name, kind, _ in names.stated(*_SECRETS) if name and not is_open(name))


def _variables(names: Names) -> Iterator[Variable]:
    said = names.stated(*_VARIABLES)
    return (Variable(name, value is not None) for name, value, _ in said if name and not is_open(name))


def _given(names: Names) -> Iterator[Given]:
    return (Given(name, scope) for name, _, scope in names.stated(*_GIVEN) if name and not is_open(name))
