"""The diagnostics of the open documents, pushed to the client or pulled by it; never both.

A feature that fails gives no diagnostics and a line in the log.
"""

import logging
from contextlib import suppress
from itertools import count

from scone_ls.features.diagnostics import diagnostics
from scone_ls.lsp import convert
from scone_ls.lsp.messages import Json, RefusedError, notification
from scone_ls.lsp.session import OpenDocument, Session

_log = logging.getLogger(__name__)
_names = count(1)


def publish_stale(session: Session) -> None:
    """Push the diagnostics of every document that changed; a client that pulls asks by itself."""
    for opened in session.take_stale():
        if not session.client.pulls_diagnostics:
            _publish(session, opened, _of(session, opened))


def withdraw(session: Session, opened: OpenDocument) -> None:
    """Push that a document has no diagnostics any more, as it was closed or deleted."""
    if not session.client.pulls_diagnostics:
        _publish(session, opened, [])


async def refresh(session: Session) -> None:
    """See that what is stale is renewed now: push it, or have a client that pulls do so again."""
    if not session.client.pulls_diagnostics:
        publish_stale(session)
    elif session.client.refreshes_diagnostics:
        with suppress(RefusedError):
            await session.ask("workspace/diagnostic/refresh", {})


def report(session: Session, opened: OpenDocument | None, previous: str | None) -> Json:
    """Answer a pull; what equals the answer of the name `previous` is not sent again."""
    items = [] if opened is None or opened.is_deleted else _of(session, opened)
    if opened is None:
        return {"kind": "full", "items": items}
    if opened.report is not None and opened.report[1] == items:
        if opened.report[0] == previous:
            return {"kind": "unchanged", "resultId": previous}
    else:
        opened.report = (str(next(_names)), items)
    return {"kind": "full", "resultId": opened.report[0], "items": items}


def _of(session: Session, opened: OpenDocument) -> list[Json]:
    document = opened.document
    if document is None:
        return []
    try:
        found = diagnostics(document, session.settings_for(opened.uri))
        return [convert.diagnostic(each, document, session.client) for each in found]
    except Exception:  # noqa: BLE001 -- Whatever goes wrong, the server goes on.
        _log.exception("diagnostics failed")
        return []


def _publish(session: Session, opened: OpenDocument, items: list[Json]) -> None:
    params: Json = {"uri": opened.uri, "diagnostics": items}
    if session.client.version_in_diagnostics and opened.version is not None:
        params["version"] = opened.version
    session.send(notification("textDocument/publishDiagnostics", params))
