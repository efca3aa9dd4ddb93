"""What the client asks, one function per request: convert what it sent, ask the feature, convert the answer.

A document that is not open has no answers, as texts come from the client only.
"""

from lsprotocol import types

from scone_ls.features.code_actions import code_actions
from scone_ls.features.completion import CompletionOptions
from scone_ls.features.completion import completion as completions
from scone_ls.features.hover import hover as hover_at
from scone_ls.features.outline import outline
from scone_ls.lsp import commands, convert, diagnostics
from scone_ls.lsp.messages import Json
from scone_ls.lsp.session import Session


def diagnostic(session: Session, params: types.DocumentDiagnosticParams) -> Json:
    """What is wrong in a document; clients that pull ask after each change."""
    return diagnostics.report(session, session.find(params.text_document.uri), params.previous_result_id)


def hover(session: Session, params: types.HoverParams) -> Json | None:
    """What the word at a place means."""
    document = session.document(params.text_document.uri)
    if document is None:
        return None
    found = hover_at(document, convert.offset(document.text, params.position, session.client.encoding))
    return None if found is None else convert.hover(found, document.text, session.client)


def completion(session: Session, params: types.CompletionParams) -> Json | None:
    """What can stand at a place."""
    document = session.document(params.text_document.uri)
    if document is None:
        return None
    offset = convert.offset(document.text, params.position, session.client.encoding)
    found = completions(document, offset, CompletionOptions(snippets=session.client.snippets))
    return convert.completions(found, document, offset, session.client)


def document_symbol(session: Session, params: types.DocumentSymbolParams) -> list[Json] | None:
    """What a document consists of."""
    document = session.document(params.text_document.uri)
    if document is None:
        return None
    return convert.symbols(outline(document), document, session.client)


def code_action(session: Session, params: types.CodeActionParams) -> list[Json] | None:
    """What can be mended in a range; the diagnostics are made anew, not taken from the client."""
    document = session.document(params.text_document.uri)
    if document is None or not session.client.action_literals:
        return None
    span = convert.span(document.text, params.range, session.client.encoding)
    return [
        convert.code_action(action, document, session.client)
        for action in code_actions(document, span, session.settings_for(document.uri))
        if convert.is_wanted(action.kind, params.context.only)
    ]


async def execute_command(session: Session, params: types.ExecuteCommandParams) -> Json:
    """Run one of the commands that the server offers."""
    return await commands.run(session, params)
