"""Work that can't be cut into slices, done in a thread that nobody waits for when the server ends."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

_Result = TypeVar("_Result")


async def beside(work: Callable[[], _Result]) -> _Result:
    """Return what `work` returns, or raise what it raises, without holding up the conversation."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[_Result] = loop.create_future()

    def deliver(result: _Result | None, failure: BaseException | None) -> None:
        if future.done():
            return  # Nobody waits any more.
        if failure is not None:
            future.set_exception(failure)
        else:
            future.set_result(result)  # pyright: ignore[reportArgumentType] -- There is one where nothing failed.

    def run() -> None:
        result, failure = None, None
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 -- It is raised where it is waited for.
            failure = error
        with suppress(RuntimeError):  # The loop is closed: the server has ended.
            loop.call_soon_threadsafe(deliver, result, failure)

    threading.Thread(target=run, name="beside", daemon=True).start()
    return await future
