"""The conversation once pygls is loaded: which handler answers what, and the loop that calls them."""

import asyncio
import time
from collections.abc import Iterable
from functools import partial

from lsprotocol import types

from scone_ls.lsp import navigation, notifications, requests
from scone_ls.lsp.diagnostics import publish_stale, refresh_if_needed
from scone_ls.lsp.house_pause import HousePause
from scone_ls.lsp.inbox import Inbox
from scone_ls.lsp.messages import Message, Notification
from scone_ls.lsp.protocol import Protocol, Server
from scone_ls.lsp.session import Session
from scone_ls.lsp.tidying import tidy

_PATIENCE = 0.2
"""Seconds for which diagnostics may be put off while newer changes keep coming."""

HANDLERS = {
    types.INITIALIZED: notifications.initialized,
    types.TEXT_DOCUMENT_DID_OPEN: notifications.did_open,
    types.TEXT_DOCUMENT_DID_CHANGE: notifications.did_change,
    types.TEXT_DOCUMENT_DID_CLOSE: notifications.did_close,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: notifications.did_change_configuration,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: notifications.did_change_watched_files,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: notifications.did_change_workspace_folders,
    types.WORKSPACE_DID_CREATE_FILES: notifications.did_create_files,
    types.WORKSPACE_DID_RENAME_FILES: notifications.did_rename_files,
    types.WORKSPACE_DID_DELETE_FILES: notifications.did_delete_files,
    types.WINDOW_WORK_DONE_PROGRESS_CANCEL: notifications.work_done_progress_cancel,
    types.TEXT_DOCUMENT_DIAGNOSTIC: requests.diagnostic,
    types.WORKSPACE_DIAGNOSTIC: requests.workspace_diagnostic,
    types.TEXT_DOCUMENT_HOVER: requests.hover,
    types.TEXT_DOCUMENT_COMPLETION: requests.completion,
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: requests.document_symbol,
    types.TEXT_DOCUMENT_CODE_ACTION: requests.code_action,
    types.TEXT_DOCUMENT_CODE_LENS: requests.code_lens,
    types.TEXT_DOCUMENT_DEFINITION: navigation.definition,
    types.TEXT_DOCUMENT_REFERENCES: navigation.references,
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: navigation.document_highlight,
    types.TEXT_DOCUMENT_PREPARE_RENAME: navigation.prepare_rename,
    types.TEXT_DOCUMENT_RENAME: navigation.rename,
    types.TEXT_DOCUMENT_DOCUMENT_LINK: navigation.document_link,
    types.TEXT_DOCUMENT_INLAY_HINT: navigation.inlay_hint,
    types.WORKSPACE_SYMBOL: navigation.workspace_symbol,
    types.WORKSPACE_EXECUTE_COMMAND: requests.execute_command,
    types.WORKSPACE_TEXT_DOCUMENT_CONTENT: requests.text_document_content,
}


def run(inbox: Inbox, session: Session, left: list[Message | None]) -> int:
    """Converse until the client leaves, beginning with the messages that are left; return the exit code."""
    return asyncio.run(_run(inbox, session, left))


async def _run(inbox: Inbox, session: Session, left: list[Message | None]) -> int:
    loop = asyncio.get_running_loop()
    left_with: asyncio.Future[int] = loop.create_future()

    def leave(code: int) -> None:
        if not left_with.done():
            left_with.set_result(code)

    server = Server()
    for method, handler in HANDLERS.items():
        server.feature(method)(partial(handler, session))
    protocol = server.protocol
    protocol.connect(session.send, leave)
    session.ask = protocol.ask
    rounds = _Rounds(inbox, session, protocol)
    inbox.call_on_arrival(loop, rounds.go)
    rounds.go(left)
    try:
        return await left_with
    finally:
        inbox.fall_silent()
        protocol.cancel_all()


class _Rounds:
    """Takes what has queued up, again and again."""

    def __init__(self, inbox: Inbox, session: Session, protocol: Protocol) -> None:
        self._inbox = inbox
        self._session = session
        self._protocol = protocol
        self._put_off_since: float | None = None
        self._house_pause = HousePause(session)

    def go(self, left: Iterable[Message | None] = ()) -> None:
        """Hear all that waits, then send the diagnostics of what changed, unless newer changes wait already."""
        messages = [*left, *self._inbox.take()]
        self._protocol.receive(message for message in messages if message is not None)
        if None in messages:
            self._protocol.end()
        now = time.monotonic()
        since = now if self._put_off_since is None else self._put_off_since
        if now - since < _PATIENCE and any(map(_is_change, self._inbox.peek())):
            self._put_off_since = since
            return
        self._put_off_since = None
        publish_stale(self._session)
        if self._session.look_again():  # Only now, as the disk may be slow.
            publish_stale(self._session)
        refresh_if_needed(self._session)
        self._house_pause.look()
        tidy()


def _is_change(message: Message | None) -> bool:
    return isinstance(message, Notification) and message.method == types.TEXT_DOCUMENT_DID_CHANGE
