"""Progress of what takes a while, for clients that show it."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from itertools import count

from scone_ls.lsp.messages import Json, RefusedError, notification
from scone_ls.lsp.session import Session

_PATIENCE = 1.0
"""Seconds for which a client is waited for that should make room for a progress."""
_RARELY = 0.1
"""Seconds between two words about the same work."""
_tokens = count(1)

Token = int | str
Tell = Callable[[str, int], None]
"""Takes what is being done, and how many per cent are done."""


@asynccontextmanager
async def shown(session: Session, title: str, token: Token | None) -> AsyncGenerator[Tell]:
    """Show that something is under way, under a token of the client; without one show nothing."""
    said = time.monotonic()

    def send(value: Json) -> None:
        if token is not None:
            session.send(notification("$/progress", {"token": token, "value": value}))

    def tell(message: str, percentage: int) -> None:
        nonlocal said
        if time.monotonic() - said >= _RARELY:
            said = time.monotonic()
            send({"kind": "report", "message": message, "percentage": percentage})

    send({"kind": "begin", "title": title, "percentage": 0})
    try:
        yield tell
    finally:
        send({"kind": "end"})


async def new_token(session: Session) -> Token | None:
    """Ask the client for room to show progress; nothing where it has none."""
    if not session.client.progress:
        return None
    token = f"scone-ls-progress-{next(_tokens)}"
    try:
        async with asyncio.timeout(_PATIENCE):
            await session.ask("window/workDoneProgress/create", {"token": token})
    except (RefusedError, TimeoutError):
        return None
    return token
