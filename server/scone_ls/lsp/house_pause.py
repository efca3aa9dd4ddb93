"""When house rules are asked: after a pause in typing, and beside the conversation, as they take their time."""

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from scone_ls.lsp.beside import beside
from scone_ls.lsp.diagnostics import refresh
from scone_ls.lsp.house import InHouse
from scone_ls.lsp.open_document import OpenDocument
from scone_ls.lsp.session import Session
from scone_ls.text import Text

if TYPE_CHECKING:
    from scone_ls.settings.model import HouseRule

_log = logging.getLogger(__name__)
_PAUSE = 0.3
"""Seconds without a change after which house rules are asked."""


class HousePause:
    """Waits for a pause, and asks about what changed before it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._awaited: dict[str, Text] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    def look(self) -> None:
        """Begin to wait anew if a document changed."""
        waiting = {opened.uri: opened.text for opened in self._session.opened() if self._rules(opened)}
        if waiting and waiting != self._awaited:
            self._awaited = waiting
            if self._timer is not None:
                self._timer.cancel()
            self._timer = asyncio.get_running_loop().call_later(_PAUSE, self._ask)

    def _rules(self, opened: OpenDocument) -> "tuple[HouseRule, ...]":
        """Return the house rules that are to be asked about a document; none where they were asked already."""
        house = self._session.settings_for(opened.uri).house
        if not isinstance(house, InHouse) or house.house.is_judged(house.rules, opened.uri, opened.text):
            return ()
        return house.rules

    def _ask(self) -> None:
        if self._task is not None and not self._task.done():
            self._timer = asyncio.get_running_loop().call_later(_PAUSE, self._ask)
            return
        self._awaited = {}
        self._task = self._session.start(self._judge())

    async def _judge(self) -> None:
        session = self._session
        for opened in session.opened():
            rules, document = self._rules(opened), opened.document
            if not rules or document is None:
                continue
            try:
                findings, complaints = await beside(partial(session.house.judge, rules, document))
            except Exception:  # noqa: BLE001 -- Whatever goes wrong, the server goes on.
                _log.exception("house rules failed")
                findings, complaints = (), []
            session.house.say(complaints)
            session.house.keep(rules, document, findings)
            session.mark_stale([opened.uri])
        await refresh(session)
