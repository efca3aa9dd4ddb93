"""All places of one thing, in its own manifest and in those that belong to it: what navigation and renaming stand on."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.workspace.interface import Interface, interface
from scone_ls.analysis.workspace.links import Part, meshes, services
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.spec import kinds, schema


class Located(NamedTuple):
    """An occurrence in one of the files of the workspace."""

    uri: str
    occurrence: Occurrence


def symbol_at(document: Document, offset: int) -> Occurrence | None:
    """Return the name at an offset (code points): the one answer to this question for all features."""
    names = document.names_at(offset)
    return None if names is None else names.at(offset)


def places(workspace: Workspace, document: Document, occurrence: Occurrence) -> tuple[Located, ...]:
    """Return every place of the thing that an occurrence in the document names, itself included.

    They are in the order of the files' URIs and of the texts; the version of the document that is given counts, not
    that in the workspace.
    """
    names = document.names_at(occurrence.start)
    if names is None:
        return ()
    view = _View(workspace, document)
    start = Part(document.uri, document.names.index(names), interface(names))
    kind, name = occurrence.kind, occurrence.name
    match kind:
        case NameKind.IMAGE:
            found = _of_image(view, name)
        case NameKind.SECRET:
            found = _of_secret(view, start, name)
        case NameKind.VARIABLE:
            found = _of_variable(view, start, occurrence)
        case _:
            found = _located(document.uri, names.named(kind, name))
    return tuple(sorted(set(found), key=lambda one: (one.uri, one.occurrence.start)))


@cache
def shared_groups() -> frozenset[str]:
    """Return the groups of variables that are for all services."""
    return frozenset(
        group
        for kind in kinds.current_kinds()
        for _, field in schema.fields(schema.root(kind))
        if field.scope is not None
        for group in field.properties[field.scope].enum_descriptions
    )


def is_shared(scope: str | None) -> bool:
    """Tell whether the values of a group are for all services; so are those of the old, flat form."""
    return scope is None or scope in shared_groups()


class _View:
    """The workspace with one document in its newest version."""

    def __init__(self, workspace: Workspace, document: Document) -> None:
        self.workspace = workspace
        self.document = document

    def all_names(self, uri: str) -> tuple[Names, ...]:
        """Return the names of each manifest in a file."""
        return self.document.names if uri == self.document.uri else self.workspace.names(uri)

    def named(self, part: Part, kind: NameKind, name: str) -> list[Occurrence]:
        """Return the occurrences of a name in a manifest."""
        manifests = self.all_names(part.uri)
        return manifests[part.number].named(kind, name) if part.number < len(manifests) else []


def _located(uri: str, occurrences: Iterable[Occurrence]) -> Iterator[Located]:
    return (Located(uri, occurrence) for occurrence in occurrences)


def _of_image(view: _View, name: str) -> Iterator[Located]:
    for uri in {member.uri for member in view.workspace.with_image(name)} | {view.document.uri}:
        for names in view.all_names(uri):
            yield from _located(uri, names.named(NameKind.IMAGE, name))


def _of_secret(view: _View, start: Part, name: str) -> Iterator[Located]:
    """Yield the places of a secret: a name means the same in all services of a mesh that have it."""
    seen: set[tuple[str, int]] = set()
    waiting = [start]
    while waiting:
        part = waiting.pop()
        found = [] if part[:2] in seen else view.named(part, NameKind.SECRET, name)
        seen.add(part[:2])
        yield from _located(part.uri, found)
        if found:
            around = [part] if part.interface.services else meshes(view.workspace, part.interface)
            waiting += around
            waiting += (each for mesh in around for each in _built(view, mesh.interface))


def _built(view: _View, mesh: Interface) -> Iterator[Part]:
    return (part for linked in services(view.workspace, mesh) for part in linked.builders)


def _of_variable(view: _View, start: Part, occurrence: Occurrence) -> Iterator[Located]:
    """Yield the places of a variable: in the services that have it, and in the groups that give it a value."""
    name = occurrence.name
    seen: set[tuple[str, int, str | None]] = set()
    waiting = [(start, occurrence.scope)]
    while waiting:
        part, scope = waiting.pop()
        place = (part.uri, part.number, scope)
        found = [] if place in seen else view.named(part, NameKind.VARIABLE, name)
        seen.add(place)
        if not found:
            continue
        if part.interface.services:
            yield from _located(part.uri, [one for one in found if one.scope == scope])
            waiting += ((each, None) for each in _served(view, part.interface, scope))
        else:
            yield from _located(part.uri, found)
            waiting += _giving(view, part, name)


def _served(view: _View, mesh: Interface, scope: str | None) -> Iterator[Part]:
    """Yield the services that a group of a mesh gives values to."""
    for linked in services(view.workspace, mesh):
        if is_shared(scope) or linked.service.name == scope:
            yield from linked.builders


def _giving(view: _View, part: Part, name: str) -> Iterator[tuple[Part, str | None]]:
    """Yield the groups of meshes that give a variable of a service its value."""
    for mesh in meshes(view.workspace, part.interface):
        called = {service.name for service in mesh.interface.services if service.image in part.interface.builds}
        for one in view.named(mesh, NameKind.VARIABLE, name):
            if one.role is Role.GIVES and (is_shared(one.scope) or one.scope in called):
                yield mesh, one.scope
