"""What the client asks, one function per request: convert what it sent, ask the feature, convert the answer.

A document that is not open has no answers, as texts come from the client only.
"""

from collections.abc import Iterable
from functools import partial

from lsprotocol import types

from scone_ls.features.code_actions import code_actions
from scone_ls.features.code_lens import code_lenses
from scone_ls.features.completion import CompletionOptions, Entry
from scone_ls.features.completion import completion as completions
from scone_ls.features.hover import hover as hover_at
from scone_ls.features.outline import outline
from scone_ls.files.listing import entries
from scone_ls.lsp import convert, diagnostics, workspace_diagnostics
from scone_ls.lsp.messages import Json
from scone_ls.lsp.session import Session


def diagnostic(session: Session, params: types.DocumentDiagnosticParams) -> Json:
    """What is wrong in a document; clients that pull ask after each change."""
    return diagnostics.report(session, session.find(params.text_document.uri), params.previous_result_id)


async def workspace_diagnostic(session: Session, params: types.WorkspaceDiagnosticParams) -> Json:
    """What is wrong in files that are not open, as soon as all of them are known; in parts where that is wanted."""
    return await workspace_diagnostics.report(session, params)


def hover(session: Session, params: types.HoverParams) -> Json | None:
    """What the word at a place means."""
    document = session.document(params.text_document.uri)
    if document is None:
        return None
    offset = convert.offset(document.text, params.position, session.client.encoding)
    found = hover_at(document, offset, session.workspace)
    return None if found is None else convert.hover(found, document.text, session.client)


def completion(session: Session, params: types.CompletionParams) -> Json | None:
    """What can stand at a place."""
    document = session.document(params.text_document.uri)
    if document is None:
        return None
    offset = convert.offset(document.text, params.position, session.client.encoding)
    options = CompletionOptions(session.client.snippets, partial(_listing, session, document.uri))
    found = completions(document, offset, options, session.workspace)
    return convert.completions(found, document, offset, session.client)


def document_symbol(session: Session, params: types.DocumentSymbolParams) -> list[Json] | None:
    """What a document consists of."""
    document = session.document(params.text_document.uri)
    if document is None:
        return None
    return convert.symbols(outline(document), document, session.client)


def code_lens(session: Session, params: types.CodeLensParams) -> list[Json] | None:
    """What can be done with the manifests of a document."""
    document = session.document(params.text_document.uri)
    if document is None:
        return None
    lenses = code_lenses(document, session.workspace)
    return [convert.code_lens(lens, document.text, session.client) for lens in lenses]


def code_action(session: Session, params: types.CodeActionParams) -> list[Json] | None:
    """What can be mended in a range; the diagnostics are made anew, not taken from the client."""
    document = session.document(params.text_document.uri)
    if document is None or not session.client.action_literals:
        return None
    span = convert.span(document.text, params.range, session.client.encoding)
    actions = code_actions(document, span, session.settings_for(document.uri), session.workspace)
    converted = (
        convert.code_action(action, document, session.client, session.text_of, session.version_of)
        for action in actions
        if convert.is_wanted(action.kind, params.context.only)
    )
    return [action for action in converted if action is not None]


def text_document_content(session: Session, params: types.TextDocumentContentParams) -> Json:
    """What a template becomes when its variables are filled in."""
    from scone_ls.lsp import rendered

    return rendered.content(session, params)


async def execute_command(session: Session, params: types.ExecuteCommandParams) -> Json:
    """Run one of the commands that the server offers; what builds need is loaded only then."""
    from scone_ls.lsp import commands

    return await commands.run(session, params)


def _listing(session: Session, uri: str, folder: str) -> Iterable[Entry]:
    """Tell what lies in a folder that a document names."""
    return (Entry(name, is_folder) for name, is_folder in entries(folder, session.shelf.folders_for(uri)))
