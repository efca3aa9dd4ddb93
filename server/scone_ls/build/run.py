"""Running a command and passing on its output line by line; it knows nothing about manifests.

The command runs in a process group of its own, so that ending it ends what it started as well.
"""

import asyncio
import codecs
import os
import re
import signal
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Callable

from scone_ls.build.plan import Command

_CHUNK = 65_536
"""Bytes read at once; also the length in code points at which a line without an end is passed on."""
_SECONDS_TO_END = 5.0
"""How long a command has to end by itself after it was asked to."""
_SECONDS_BETWEEN_LOOKS = 0.02
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")


async def run(command: Command, on_line: Callable[[str], None]) -> int:
    """Run the command and call `on_line` with each line of its output, plain and without line end, as it comes.

    Returns its exit code; 128 and the signal's number where a signal ended it, as shells do.
    When the task is cancelled or `on_line` raises, the command and all that it started is ended before that goes on.

    Raises:
        OSError: the command can't be started.

    """
    process = await asyncio.create_subprocess_exec(
        command.program,
        *command.arguments,
        cwd=command.folder,
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=STDOUT,
        start_new_session=True,
    )
    try:
        _, code = await asyncio.gather(_pass_on(process, on_line), process.wait())
    except BaseException:
        await _end(process.pid)
        raise
    return 128 - code if code < 0 else code


async def _pass_on(process: Process, on_line: Callable[[str], None]) -> None:
    async for line in _lines(process):
        on_line(plain(line))


def plain(line: str) -> str:
    """Return what a terminal would show of a line: without colours, and what was written last over the rest."""
    written = [part for part in _ESCAPE.sub("", line).split("\r") if part]
    return written[-1] if written else ""


async def _lines(process: Process) -> AsyncIterator[str]:
    assert process.stdout is not None  # noqa: S101 -- It was asked for as a pipe.
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    rest = ""
    while chunk := await process.stdout.read(_CHUNK):
        *lines, rest = (rest + decoder.decode(chunk)).split("\n")
        for line in lines:
            yield line
        if len(rest) > _CHUNK:
            yield rest
            rest = ""
    if rest:
        yield rest


async def _end(group: int) -> None:
    """End all processes of the group: politely first, so that docker can stop its container."""
    try:
        _signalled(group, signal.SIGTERM)
        for _ in range(round(_SECONDS_TO_END / _SECONDS_BETWEEN_LOOKS)):
            if not _signalled(group, 0):
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
