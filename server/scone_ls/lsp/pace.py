"""Turns on the event loop: long work lets whatever waits through, again and again."""

import asyncio
import time

from scone_ls.lsp.tidying import tidy

_SLICE = 0.005
"""Seconds after which it is the others' turn."""


class Pace:
    """The turns of one piece of work."""

    def __init__(self) -> None:
        self._since = time.perf_counter()

    async def pause(self) -> None:
        """Let the others go first if it is time to."""
        if time.perf_counter() - self._since > _SLICE:
            await asyncio.sleep(0)
            tidy()
            self._since = time.perf_counter()
