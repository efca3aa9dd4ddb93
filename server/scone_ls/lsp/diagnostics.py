"""The diagnostics of the open documents, pushed to the client or pulled by it; never both.

What was found is kept until something changes that it depends on. Of files that are not open nothing is pushed, as most
clients would show it for good; a client that pulls gets theirs from `workspace_diagnostics`. A feature that fails gives
no diagnostics and a line in the log.
"""

import logging
from contextlib import suppress
from itertools import count

from scone_ls.analysis.document import Document
from scone_ls.features.diagnostics import diagnostics, first_diagnostics
from scone_ls.lsp import convert
from scone_ls.lsp.messages import Json, RefusedError, notification
from scone_ls.lsp.open_document import OpenDocument
from scone_ls.lsp.session import Session
from scone_ls.text import Text

_log = logging.getLogger(__name__)
_LARGE = 32 * 1024
"""Code points beyond which a text is large."""
names = count(1)
"""Names for answers to pulls."""


def publish_stale(session: Session) -> None:
    """Push the diagnostics of every document of which they are stale; a client that pulls asks by itself.

    Of a large document that was just opened, what is wrong with its structure is pushed first, and all the rest right
    behind it: until then nothing of it can be seen.
    """
    if not session.client.pulls_diagnostics:
        for opened in session.opened():
            if opened.sent is None and opened.found is None and len(opened.text) > _LARGE and not opened.is_deleted:
                _publish(session, opened, _first_of(session, opened))
    session.settle()
    if not session.client.pulls_diagnostics:
        for opened in sorted(session.opened(), key=_is_as_sent):
            if opened.found is None and not opened.is_deleted:
                items = _of_opened(session, opened)
                if opened.sent != (opened.version, items):
                    _publish(session, opened, items)


def withdraw(session: Session, opened: OpenDocument) -> None:
    """Push that a document has no diagnostics any more, as it was closed or deleted."""
    if not session.client.pulls_diagnostics:
        _publish(session, opened, [])


def refresh_if_needed(session: Session) -> None:
    """Have a client that pulls do so again if what it has does not hold any more and it cannot know that."""
    if session.needs_refresh and session.client.pulls_diagnostics:
        session.needs_refresh = False
        session.start(refresh(session))


async def refresh(session: Session) -> None:
    """See that what is stale is renewed now: push it, or have a client that pulls do so again."""
    if not session.client.pulls_diagnostics:
        publish_stale(session)
    elif session.client.refreshes_diagnostics:
        session.needs_refresh = False
        with suppress(RefusedError):
            await session.ask("workspace/diagnostic/refresh", {})


def report(session: Session, opened: OpenDocument | None, previous: str | None) -> Json:
    """Answer a pull; what equals the answer of the name `previous` is not sent again."""
    session.settle()
    items = [] if opened is None or opened.is_deleted else _of_opened(session, opened)
    if opened is None:
        return {"kind": "full", "items": items}
    if opened.report is not None and opened.report[1] == items:
        if opened.report[0] == previous:
            return {"kind": "unchanged", "resultId": previous}
    else:
        opened.report = (str(next(names)), items)
    return {"kind": "full", "resultId": opened.report[0], "items": items}


async def renew_build_problems(session: Session, uri: str, text: Text) -> None:
    """Show what a build said about a document, open or not; its problems last until they are mended, so they are shown."""
    opened = session.find(uri)
    if opened is not None:
        opened.found = None
        await refresh(session)
    elif not session.client.pulls_diagnostics:
        items = _build_problems(session, uri, text)
        session.send(notification("textDocument/publishDiagnostics", {"uri": uri, "diagnostics": items}))


def found_in(session: Session, document: Document) -> list[Json]:
    """Look for the diagnostics of a document, now; who keeps them spares itself another look."""
    _log.debug("looks at `%s`", document.uri)
    try:
        found = diagnostics(document, session.settings_for(document.uri), session.workspace)
        return [convert.diagnostic(each, document, session.client, session.text_of) for each in found]
    except Exception:  # noqa: BLE001 -- Whatever goes wrong, the server goes on.
        _log.exception("diagnostics failed")
        return []


def _is_as_sent(opened: OpenDocument) -> bool:
    """Tell whether a document itself is as it was when its diagnostics were pushed; others come first."""
    return opened.sent is not None and opened.sent[0] == opened.version


def _first_of(session: Session, opened: OpenDocument) -> list[Json]:
    document = opened.document
    if document is None:
        return []
    try:
        found = first_diagnostics(document, session.settings_for(document.uri))
        return [convert.diagnostic(each, document, session.client, session.text_of) for each in found]
    except Exception:  # noqa: BLE001 -- Whatever goes wrong, the server goes on.
        _log.exception("the first diagnostics failed")
        return []


def _of_opened(session: Session, opened: OpenDocument) -> list[Json]:
    if opened.found is None:
        document = opened.document
        opened.found = [] if document is None else found_in(session, document)
        opened.found += _build_problems(session, opened.uri, opened.text)
    return opened.found


def _build_problems(session: Session, uri: str, text: Text) -> list[Json]:
    return [convert.build_problem(one, text, session.client) for one in session.build_reports.of(uri, text)]


def _publish(session: Session, opened: OpenDocument, items: list[Json]) -> None:
    opened.sent = (opened.version, items)
    params: Json = {"uri": opened.uri, "diagnostics": items}
    if session.client.version_in_diagnostics and opened.version is not None:
        params["version"] = opened.version
    session.send(notification("textDocument/publishDiagnostics", params))
