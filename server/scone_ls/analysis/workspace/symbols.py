"""All places of one thing, in its own manifest and in those that belong to it: what navigation and renaming stand on."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple, TypeAlias

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.workspace.interface import Interface, interface
from scone_ls.analysis.workspace.links import Part, meshes, services
from scone_ls.analysis.workspace.workspace import Member, Workspace
from scone_ls.spec import kinds, schema

_Group: TypeAlias = str | None
"""The service whose values stand in a group of a mesh; none where they are for all services."""


class Located(NamedTuple):
    """An occurrence in one of the files of the workspace."""

    uri: str
    occurrence: Occurrence


def symbol_at(document: Document, offset: int) -> Occurrence | None:
    """Return the name at an offset (code points): the one answer to this question for all features."""
    names = document.names_at(offset)
    return None if names is None else names.at(offset)


def places(workspace: Workspace, document: Document, occurrence: Occurrence) -> tuple[Located, ...]:
    """Return every place of the thing that an occurrence in the document names.

    They are in the order of the files' URIs and of the texts, and the same whichever of them one begins with. The
    version of the document that is given counts, not that in the workspace. The occurrence need not be there: a name
    that is about to be given has the places that it would share.
    """
    names = document.names_at(occurrence.start)
    if names is None:
        return ()
    known = with_newest(workspace, document)
    start = Part(document.uri, document.names.index(names), interface(names))
    kind, name = occurrence.kind, occurrence.name
    match kind:
        case NameKind.IMAGE:
            found = _of_image(known, name)
        case NameKind.FILE:
            found = _of_file(known, document.uri, name)
        case NameKind.SECRET:
            found = _of_secret(known, start, name)
        case NameKind.VARIABLE:
            found = _of_variable(known, start, occurrence)
        case _:
            found = _located(document.uri, names.named(kind, name))
    return tuple(sorted(set(found), key=lambda one: (one.uri, one.occurrence.start)))


def with_newest(workspace: Workspace, document: Document) -> Workspace:
    """Return the workspace with this version of a document."""
    member = workspace.members.get(document.uri)
    if member is not None and member.opened is document:
        return workspace
    return workspace.changed({document.uri: Member.of(document, is_open=True)})


@cache
def shared_groups() -> tuple[str, ...]:
    """Return the groups of variables that are for all services, in the order of the schema: the weakest first."""
    return tuple(
        group
        for kind in kinds.current_kinds()
        for _, field in schema.fields(schema.root(kind))
        if field.scope is not None
        for group in field.properties[field.scope].enum_descriptions
    )


def is_shared(scope: str | None) -> bool:
    """Tell whether the values of a group are for all services; so are those of the old, flat form."""
    return scope is None or scope in shared_groups()


def _named(workspace: Workspace, part: Part, kind: NameKind, name: str) -> list[Occurrence]:
    """Return the occurrences of a name in a manifest."""
    manifests = workspace.names(part.uri)
    return manifests[part.number].named(kind, name) if part.number < len(manifests) else []


def _located(uri: str, occurrences: Iterable[Occurrence]) -> Iterator[Located]:
    return (Located(uri, occurrence) for occurrence in occurrences)


def _of_image(workspace: Workspace, name: str) -> Iterator[Located]:
    for member in workspace.with_image(name):
        for names in workspace.names(member.uri):
            yield from _located(member.uri, names.named(NameKind.IMAGE, name))


def _of_file(workspace: Workspace, uri: str, name: str) -> Iterator[Located]:
    """Yield the places of a file: of all paths that lead to the same one, or of the path itself where it leads nowhere."""
    target = workspace.files.get((uri, name))
    paths = [(uri, name)] if target is None else [path for path, each in workspace.files.items() if each == target]
    for holder, path in paths:
        for names in workspace.names(holder):
            yield from _located(holder, names.named(NameKind.FILE, path))


def _of_secret(workspace: Workspace, start: Part, name: str) -> Iterator[Located]:
    """Yield the places of a secret: a name means the same in all services of a mesh that have it."""
    seen: set[tuple[str, int]] = set()
    waiting = [start]
    while waiting:
        part = waiting.pop()
        if part[:2] in seen:
            continue
        seen.add(part[:2])
        found = _named(workspace, part, NameKind.SECRET, name)
        yield from _located(part.uri, found)
        if found or part is start:
            around = [part] if part.interface.services else meshes(workspace, part.interface)
            waiting += around
            waiting += (each for mesh in around for each in _built(workspace, mesh.interface))


def _built(workspace: Workspace, mesh: Interface) -> Iterator[Part]:
    return (part for linked in services(workspace, mesh) for part in linked.builders)


def _of_variable(workspace: Workspace, start: Part, occurrence: Occurrence) -> Iterator[Located]:
    """Yield the places of a variable: in the services that have it, and in the groups that give it a value."""
    name = occurrence.name
    seen: set[tuple[str, int, _Group]] = set()
    waiting = [(start, _group_of(occurrence, _given(_named(workspace, start, NameKind.VARIABLE, name))))]
    while waiting:
        part, group = waiting.pop()
        if (*part[:2], group) in seen:
            continue
        seen.add((*part[:2], group))
        beside = _named(workspace, part, NameKind.VARIABLE, name)
        given = _given(beside)
        found = [one for one in beside if _group_of(one, given) == group]
        yield from _located(part.uri, found)
        if found or part is start:
            waiting += ((each, None) for each in _served(workspace, part.interface, group))
            waiting += _giving(workspace, part, name)


def _given(beside: Iterable[Occurrence]) -> frozenset[_Group]:
    """Return the groups that give a variable a value, from its occurrences in a manifest."""
    return frozenset(None if is_shared(one.scope) else one.scope for one in beside if one.role is Role.GIVES)


def _group_of(occurrence: Occurrence, given: frozenset[_Group]) -> _Group:
    """Return for whom an occurrence is meant, where these groups give it a value.

    What a group uses without having it is taken from those for all services.
    """
    group = None if is_shared(occurrence.scope) else occurrence.scope
    is_elsewhere = occurrence.role is Role.REFERS and group not in given and None in given
    return None if is_elsewhere else group


def _served(workspace: Workspace, mesh: Interface, group: _Group) -> Iterator[Part]:
    """Yield the manifests of the services to which a group of a mesh gives values."""
    for linked in services(workspace, mesh):
        if group is None or linked.service.name == group:
            yield from linked.builders


def _giving(workspace: Workspace, part: Part, name: str) -> Iterator[tuple[Part, _Group]]:
    """Yield the groups of meshes in which a variable of a service stands."""
    for mesh in meshes(workspace, part.interface):
        called = {service.name for service in mesh.interface.services if service.image in part.interface.builds}
        found = _named(workspace, mesh, NameKind.VARIABLE, name)
        given = _given(found)
        for group in {_group_of(one, given) for one in found}:
            if group is None or group in called:
                yield mesh, group
