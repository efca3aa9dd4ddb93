"""Where the thing is that a name stands for: its declaration, the file on the disk, the value of a shell variable."""

from collections.abc import Iterator
from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.workspace.symbols import Located, places, symbol_at
from scone_ls.analysis.workspace.workspace import ALONE, Workspace
from scone_ls.text import Span


class Target(NamedTuple):
    """A place in a file of the workspace (code points); the empty span at 0 stands for the file as a whole."""

    uri: str
    span: Span


class Definition(NamedTuple):
    """The word that was asked about, with the template around it, and where it leads."""

    span: Span
    targets: tuple[Target, ...]


def definition(document: Document, offset: int, workspace: Workspace = ALONE) -> Definition | None:
    """Return where the name at an offset (code points) leads.

    On a declaration these are the places that import it or give it a value, if there are any.
    """
    asked = symbol_at(document, offset)
    if asked is None:
        return None
    match asked.kind:
        case NameKind.FILE:
            uri = workspace.files.get((document.uri, asked.name))
            # There is nowhere to go in a folder, whose URI ends with a slash.
            targets = () if uri is None or uri.endswith("/") else (Target(uri, Span(0, 0)),)
        case NameKind.SHELL:
            targets = tuple(Target(export.uri, export.span) for export in workspace.exports.get(asked.name, ()))
        case _:
            found = places(workspace, document, asked)
            chosen = _beyond(found) if asked.role is Role.DECLARES else _declared(document, asked, found)
            targets = tuple(Target(uri, occurrence.span) for uri, occurrence in chosen)
    return Definition(asked.whole, targets) if targets else None


def declarations(found: tuple[Located, ...]) -> tuple[Located, ...]:
    """Return those places of a thing where it is declared."""
    return tuple(one for one in found if one.occurrence.role is Role.DECLARES)


def _beyond(found: tuple[Located, ...]) -> tuple[Located, ...]:
    """Return where something that is declared goes on to; the declaration itself where nowhere."""
    return _in_role(found, Role.IMPORTS, Role.GIVES) or declarations(found)


def _declared(document: Document, asked: Occurrence, found: tuple[Located, ...]) -> tuple[Located, ...]:
    """Return the declarations, those in the same manifest before all others; else what comes nearest to one."""
    declared = declarations(found)
    return (
        tuple(_in_manifest(document, asked, declared))
        or declared
        or _in_role(found, Role.GIVES)
        or _in_role(found, Role.IMPORTS)
    )


def _in_manifest(document: Document, asked: Occurrence, found: tuple[Located, ...]) -> Iterator[Located]:
    names = document.names_at(asked.start)
    for one in found:
        if names is not None and one.uri == document.uri and names.span.touches(one.occurrence.start):
            yield one


def _in_role(found: tuple[Located, ...], *roles: Role) -> tuple[Located, ...]:
    return tuple(one for one in found if one.occurrence.role in roles)
