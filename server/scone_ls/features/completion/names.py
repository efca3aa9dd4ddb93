"""Names that can stand as a whole value: of secrets, services, images, variables, and of files.

Those that something is waiting for come first: what is used and not declared yet, what a service still needs.
"""

from collections.abc import Iterator
from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.analysis.workspace.interface import interface
from scone_ls.analysis.workspace.links import builders, meshes, services
from scone_ls.analysis.workspace.symbols import is_shared
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.spec.schema import Field


class KnownName(NamedTuple):
    """A name to offer, and what says most about the thing that has it."""

    name: str
    detail: str


def known_names(document: Document, offset: int, field: Field, workspace: Workspace) -> Iterator[KnownName]:
    """Yield the names that can stand at a place (code points) with this field, the likeliest first."""
    names = document.names_at(offset)
    if names is None or not field.names:
        return
    role, kind = Role(field.names[0]), NameKind(field.names[1])
    wanted = field.names[2] if len(field.names) > 2 else ""  # The words of `x-names`.
    match kind, role:
        case NameKind.SECRET, Role.REFERS:
            yield from _secrets(names, workspace, wanted)
        case NameKind.SECRET, Role.IMPORTS:
            yield from _importable(names, workspace)
        case NameKind.SECRET | NameKind.VARIABLE, Role.DECLARES:
            yield from (KnownName(name, "used, not declared yet") for name in names.unmatched(kind))
        case NameKind.VARIABLE, Role.GIVES:
            yield from _needed(names, offset, workspace)
        case NameKind.SERVICE, Role.REFERS:
            for service in names.all(NameKind.SERVICE, Role.DECLARES):
                yield KnownName(service.name, service.detail or "")
        case NameKind.IMAGE, Role.REFERS:
            yield from (KnownName(image, "built in this workspace") for image in sorted(workspace.built))
        case NameKind.IMAGE, Role.DECLARES:
            yield from _unbuilt(workspace)
        case _:
            return


def _secrets(names: Names, workspace: Workspace, wanted: str) -> Iterator[KnownName]:
    for secret in names.all(NameKind.SECRET, Role.DECLARES):
        if secret.detail == wanted or not wanted:
            yield KnownName(secret.name, secret.detail or "")
    elsewhere = dict(_elsewhere(names, workspace))
    for name in names.by_name(NameKind.SECRET, Role.IMPORTS):
        if elsewhere.get(name, wanted) == wanted or not wanted:
            yield KnownName(name, "imported")


def _importable(names: Names, workspace: Workspace) -> Iterator[KnownName]:
    own = names.by_name(NameKind.SECRET, Role.DECLARES)
    used = names.unmatched(NameKind.SECRET)
    elsewhere = {name: kind for name, kind in _elsewhere(names, workspace) if name not in own}
    yield from (KnownName(name, elsewhere.pop(name, None) or "used, not declared yet") for name in used)
    yield from (KnownName(name, kind or "") for name, kind in sorted(elsewhere.items()))


def _elsewhere(names: Names, workspace: Workspace) -> Iterator[tuple[str, str | None]]:
    """Yield the secrets that the other services of the meshes around a service declare, with their kinds."""
    own = interface(names)
    for mesh in meshes(workspace, own):
        for linked in services(workspace, mesh.interface):
            for part in linked.builders:
                if part.interface.builds != own.builds:
                    yield from part.interface.secrets


def _needed(names: Names, offset: int, workspace: Workspace) -> Iterator[KnownName]:
    """Yield the variables that the services of a group still need values for, then those that have a default."""
    mesh = interface(names)
    scope = _scope_at(names, offset)
    given = {one.name for one in mesh.given if is_shared(one.scope) or one.scope == scope}
    lacking: dict[str, bool] = {}
    for linked in services(workspace, mesh):
        if is_shared(scope) or linked.service.name == scope:
            for part in linked.builders:
                for variable in sorted(part.interface.variables):
                    if variable.name not in given:
                        lacking.setdefault(variable.name, variable.has_default)
    for name, has_default in sorted(lacking.items(), key=lambda one: one[1]):
        yield KnownName(name, "has a default" if has_default else "needed")


def _scope_at(names: Names, offset: int) -> str | None:
    for thing, base, _ in names.things(NameKind.SERVICE):
        if thing.role is Role.REFERS and thing.at(base).span.touches(offset):
            return thing.name
    return None


def _unbuilt(workspace: Workspace) -> Iterator[KnownName]:
    """Yield the images that meshes of the workspace run and no manifest builds."""
    run = {
        service.image
        for member in workspace.members.values()
        for each in member.interfaces
        for service in each.services
    }
    for image in sorted(run):
        if not builders(workspace, image):
            yield KnownName(image, "run by a mesh, not built yet")
