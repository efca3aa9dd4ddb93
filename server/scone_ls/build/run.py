"""Running a command and passing on its output line by line; it knows nothing about manifests.

The command runs in a process group of its own, so that ending it ends what it started as well.
"""

import asyncio
import codecs
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from collections import deque
from collections.abc import Callable, Mapping
from typing import BinaryIO, cast

from scone_ls.build.command import Command
from scone_ls.build.lines import plain

_LONGEST_LINE = 65_536
"""The length in code points at which a line without an end is passed on."""
_BITE = 8_192
"""Bytes that are heard at a time."""
_SECONDS_TO_END = 2.0
"""How long a command has to end by itself after it was asked to."""
_SECONDS_BETWEEN_LOOKS = 0.02


async def run(
    command: Command,
    on_line: Callable[[str], None],
    *,
    log: BinaryIO | None = None,
    environment: Mapping[str, str] | None = None,
) -> int:
    """Run the command and call `on_line` with each line of its output, plain and without line end, as it comes.

    All that is written goes into `log` as it is. Without an environment the command has that of this program.
    Returns its exit code; 128 and the signal's number where a signal ended it, as shells do.
    When the task is cancelled or `on_line` raises, the command and all that it started is ended before that goes on.

    Raises:
        OSError: the command can't be started.

    """
    loop = asyncio.get_running_loop()
    transport, listener = await loop.subprocess_exec(
        lambda: _Listener(loop, on_line, log),
        command.program,
        *command.arguments,
        cwd=command.folder,
        env=environment,
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=STDOUT,
        start_new_session=True,
    )
    try:
        await listener.finished
    except BaseException:
        await _end(transport.get_pid(), listener)
        await listener.exited
        raise
    finally:
        transport.close()
    code = transport.get_returncode() or 0
    return 128 - code if code < 0 else code


class _Listener(asyncio.SubprocessProtocol):
    """Hears what the command writes and when it ends, in small bites, so that a flood leaves room for other work.

    `exited` says that it ended; `finished`, for whoever waits, and `is_silent`, that nobody can write any more as well.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, on_line: Callable[[str], None], log: BinaryIO | None) -> None:
        self.finished: asyncio.Future[None] = loop.create_future()
        self.exited: asyncio.Future[None] = loop.create_future()
        self.is_silent = False
        self._loop = loop
        self._pipe: asyncio.ReadTransport | None = None
        self._bites: deque[bytes] = deque()
        self._on_line = on_line
        self._log = log
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._rest = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        pipe = cast("asyncio.SubprocessTransport", transport).get_pipe_transport(1)
        self._pipe = cast("asyncio.ReadTransport", pipe)

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002 -- Both streams come as one.
        self._keep(data)
        waiting = bool(self._bites)
        self._bites.extend(data[start : start + _BITE] for start in range(0, len(data), _BITE))
        if not waiting:
            self._chew()

    def _chew(self) -> None:
        """Hear one bite; what is left has to wait until the loop comes round, and so has what is not read yet."""
        if not self._bites:
            return
        self._hear(self._bites.popleft())
        if self._pipe is not None and not self.is_silent:
            if self._bites:
                self._pipe.pause_reading()
            else:
                self._pipe.resume_reading()
        if self._bites:
            self._loop.call_soon(self._chew)

    def _hear(self, data: bytes) -> None:
        *lines, rest = (self._rest + self._decoder.decode(data)).split("\n")
        self._rest = "" if len(rest) > _LONGEST_LINE else rest
        self._pass_on(lines if self._rest == rest else [*lines, rest])

    def process_exited(self) -> None:
        self.exited.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 -- There is nothing to know about it.
        self.is_silent = True
        while self._bites:
            self._hear(self._bites.popleft())
        rest = self._rest + self._decoder.decode(b"", final=True)
        if rest:
            self._pass_on([rest])
        if not self.finished.done():
            self.finished.set_result(None)

    def _keep(self, data: bytes) -> None:
        """Write to the log; a full disk must not end a build, so that is where the log ends."""
        if self._log is not None:
            try:
                self._log.write(data)
            except OSError:
                self._log = None

    def _pass_on(self, lines: list[str]) -> None:
        if self.finished.done():
            return
        try:
            for line in lines:
                self._on_line(plain(line))
        except Exception as error:  # noqa: BLE001 -- It belongs to whoever waits for the end, not to the event loop.
            self.finished.set_exception(error)


async def _end(group: int, listener: _Listener) -> None:
    """End all processes of the group: politely first, so that docker can stop its container."""
    try:
        _signalled(group, signal.SIGTERM)
        for _ in range(round(_SECONDS_TO_END / _SECONDS_BETWEEN_LOOKS)):
            if listener.is_silent or not _signalled(group, 0):
                return
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
    finally:
        _signalled(group, signal.SIGKILL)


def _signalled(group: int, number: int) -> bool:
    """Signal the group, with 0 only ask for it; tell whether there is anybody left in it."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True
