"""The declared names of all manifests that fit a query: its letters in their order, with others between them."""

from collections.abc import Iterator
from typing import NamedTuple

from scone_ls.analysis.workspace.listing import Listed
from scone_ls.analysis.workspace.workspace import Workspace

_MOST = 1000  # Symbols in one answer; whoever wants others types another letter.


class WorkspaceSymbol(NamedTuple):
    """A declared name in one of the files."""

    uri: str
    listed: Listed


def workspace_symbols(workspace: Workspace, query: str) -> tuple[WorkspaceSymbol, ...]:
    """Return the names that fit a query, in either case, the nearest first; all of them where the query is empty."""
    wanted = "".join(query.split()).casefold()
    found = sorted(_ranked(workspace, wanted), key=lambda each: (each[0], each[1].listed.name, each[1].uri))
    return tuple(symbol for _, symbol in found[:_MOST])


def _ranked(workspace: Workspace, wanted: str) -> Iterator[tuple[int, WorkspaceSymbol]]:
    for uri, member in workspace.members.items():
        for listed in member.listed:
            rank = _rank(wanted, listed.name.casefold())
            if rank is not None:
                yield rank, WorkspaceSymbol(uri, listed)


def _rank(wanted: str, name: str) -> int | None:
    """Return how far a name is from what is wanted: the same, beginning with it, containing it, or only its letters."""
    if wanted in name:
        return (name != wanted) + (not name.startswith(wanted))
    letters = iter(name)
    return 3 if all(letter in letters for letter in wanted) else None
