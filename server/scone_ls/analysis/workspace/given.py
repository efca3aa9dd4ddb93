"""The value that a variable has in each mesh, as far as it is written somewhere."""

from collections.abc import Iterable, Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.workspace.interface import interface
from scone_ls.analysis.workspace.links import meshes
from scone_ls.analysis.workspace.symbols import Located, is_shared, shared_groups, with_newest
from scone_ls.analysis.workspace.workspace import Workspace


def given_values(workspace: Workspace, document: Document, occurrence: Occurrence) -> tuple[Located, ...]:
    """Return what gives a variable, named at a place in the document, the value that it has there.

    That is at most one place for each service of each mesh; its `detail` is the value, none where nothing is written.
    """
    names = document.names_at(occurrence.start)
    if names is None:
        return ()
    own = names.named(NameKind.VARIABLE, occurrence.name, Role.GIVES)
    if own:
        return tuple(Located(document.uri, one) for one in _strongest(own, occurrence.scope))
    found: dict[Located, None] = {}
    known, manifest = with_newest(workspace, document), interface(names)
    for mesh in meshes(known, manifest):
        given = known.names(mesh.uri)[mesh.number].named(NameKind.VARIABLE, occurrence.name, Role.GIVES)
        for service in mesh.interface.services:
            if service.image in manifest.builds:
                found.update((Located(mesh.uri, one), None) for one in _strongest(given, service.name))
    return tuple(found)


def _strongest(given: Iterable[Occurrence], service: str | None) -> Iterator[Occurrence]:
    """Yield the one that counts for a service: its own before those for all, and the last of equals."""
    order = (None, *shared_groups())
    fitting = [one for one in given if is_shared(one.scope) or one.scope == service]
    if fitting:
        strength = {scope: number for number, scope in enumerate(order)}
        yield max(enumerate(fitting), key=lambda each: (strength.get(each[1].scope, len(order)), each[0]))[1]
