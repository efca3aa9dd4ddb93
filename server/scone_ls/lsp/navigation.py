"""What the client asks about names and their places, one function per request, as in `requests`."""

from typing import NamedTuple, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.features.definition import definition as definition_at
from scone_ls.features.document_links import document_links
from scone_ls.features.highlight import highlights
from scone_ls.features.inlay_hints import InlayHintOptions, inlay_hints
from scone_ls.features.references import references as references_at
from scone_ls.features.rename import Refusal, renameable
from scone_ls.features.rename import rename as renaming
from scone_ls.features.workspace_symbols import workspace_symbols
from scone_ls.lsp import convert, places
from scone_ls.lsp.messages import ErrorCode, Json
from scone_ls.lsp.session import Session

_Granted = TypeVar("_Granted")


class _Asked(NamedTuple):
    """A place in an open document, with all that is known around it."""

    document: Document
    offset: int
    workspace: Workspace


async def definition(session: Session, params: types.DefinitionParams) -> list[Json] | None:
    """Where the name at a place leads."""
    await session.indexed()
    asked = _asked(session, params)
    found = None if asked is None else definition_at(*asked)
    return None if asked is None or found is None else places.definition(found, asked.document, session)


async def references(session: Session, params: types.ReferenceParams) -> list[Json] | None:
    """All places of the name at a place."""
    await session.indexed()
    asked = _asked(session, params)
    if asked is None:
        return None
    return places.locations(references_at(*asked, declarations=params.context.include_declaration), session)


def document_highlight(session: Session, params: types.DocumentHighlightParams) -> list[Json] | None:
    """The places of a name in its document."""
    asked = _asked(session, params)
    return None if asked is None else places.highlights(highlights(*asked), asked.document.text, session.client)


async def prepare_rename(session: Session, params: types.PrepareRenameParams) -> Json | None:
    """The name at a place that can be changed; one that can't is an error that says why."""
    await session.indexed()
    asked = _asked(session, params)
    found = None if asked is None else _granted(renameable(*asked))
    return None if asked is None or found is None else places.renameable(found, asked.document.text, session.client)


async def rename(session: Session, params: types.RenameParams) -> Json | None:
    """The edits that change a name everywhere; where that can't be, an error that says why."""
    await session.indexed()
    asked = _asked(session, params)
    found = None if asked is None else _granted(renaming(*asked[:2], params.new_name, asked.workspace))
    if found is None:
        return None
    return convert.workspace_edit(found.edits.items(), session.client, session.text_of, session.version_of)


def document_link(session: Session, params: types.DocumentLinkParams) -> list[Json] | None:
    """What in a document leads to another file."""
    document = session.document(params.text_document.uri)
    if document is None:
        return None
    return places.links(document_links(document, session.workspace), document.text, session.client)


def inlay_hint(session: Session, params: types.InlayHintParams) -> list[Json] | None:
    """What is shown between the words of a range."""
    document = session.document(params.text_document.uri)
    if document is None:
        return None
    span = convert.span(document.text, params.range, session.client.encoding)
    found = inlay_hints(document, span, _wanted_hints(session, document.uri), session.workspace)
    return places.hints(found, document.text, session.client)


async def workspace_symbol(session: Session, params: types.WorkspaceSymbolParams) -> list[Json]:
    """The declared names of all files that fit a query."""
    await session.indexed()
    return places.workspace_symbols(workspace_symbols(session.workspace, params.query), session)


def _asked(
    session: Session,
    params: types.DefinitionParams
    | types.ReferenceParams
    | types.DocumentHighlightParams
    | types.PrepareRenameParams
    | types.RenameParams,
) -> _Asked | None:
    document = session.document(params.text_document.uri)
    if document is None:
        return None
    return _Asked(document, convert.offset(document.text, params.position, session.client.encoding), session.workspace)


def _granted(found: _Granted | Refusal | None) -> _Granted | None:
    if isinstance(found, Refusal):
        raise JsonRpcException(found.message, ErrorCode.REQUEST_FAILED)
    return found


def _wanted_hints(session: Session, uri: str) -> InlayHintOptions:
    chosen = session.chosen_for(uri)
    if chosen is None:
        return InlayHintOptions()
    return InlayHintOptions(values=chosen.inlay_hints.values, secret_kinds=chosen.inlay_hints.secret_kinds)
