"""Which manifests belong to each other: a mesh runs images, service manifests build them, and equal texts link the two.

Variables in the texts are compared as they are written: `$REPO/shop:1` in both is the same image.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.workspace.interface import Interface, Service
from scone_ls.analysis.workspace.workspace import Workspace


class Part(NamedTuple):
    """One manifest of a file: the file's URI, its number among the manifests there, and its interface."""

    uri: str
    number: int
    interface: Interface


class Linked(NamedTuple):
    """A service of a mesh with the manifests that build its image: mostly one, none where it is built elsewhere."""

    service: Service
    builders: tuple[Part, ...]


def builders(workspace: Workspace, image: str) -> tuple[Part, ...]:
    """Return the manifests that build an image."""
    return tuple(
        Part(member.uri, number, each)
        for member in workspace.builders_of(image)
        for number, each in enumerate(member.interfaces)
        if image in each.builds
    )


def meshes(workspace: Workspace, manifest: Interface) -> tuple[Part, ...]:
    """Return the meshes that run an image which a manifest builds, each once."""
    found: dict[tuple[str, int], Part] = {}
    for image in sorted(manifest.builds):
        for part in _parts(workspace, image):
            if any(service.image == image for service in part.interface.services):
                found[part.uri, part.number] = part
    return tuple(found.values())


def services(workspace: Workspace, mesh: Interface) -> tuple[Linked, ...]:
    """Return the services of a mesh with the manifests that build them."""
    return _services(workspace, mesh.services)


@lru_cache(maxsize=2)
def _services(workspace: Workspace, listed: tuple[Service, ...]) -> tuple[Linked, ...]:
    return tuple(Linked(service, builders(workspace, service.image)) for service in listed)


def _parts(workspace: Workspace, image: str) -> Iterator[Part]:
    for member in workspace.with_image(image):
        for number, each in enumerate(member.interfaces):
            if image in each.images:
                yield Part(member.uri, number, each)


def only_builder(linked: Linked) -> Part | None:
    """Return the manifest that builds a service, where there is exactly one."""
    return linked.builders[0] if len(linked.builders) == 1 else None


def place_of(mesh: Names, service: Service) -> Occurrence | None:
    """Return where a mesh names a service; where it has no name, its image."""
    named = [] if service.name is None else mesh.named(NameKind.SERVICE, service.name, Role.DECLARES)
    return next(iter(named or mesh.named(NameKind.IMAGE, service.image, Role.REFERS)), None)
