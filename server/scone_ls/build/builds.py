"""A whole build: the command runs, its output is logged and understood, and what it leaves behind is cleared away.

Both faces use it. They hear what happens through a `Watch`, and print or send as they see fit.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from scone_ls.build.claim import claimed
from scone_ls.build.command import Command, manifest_of
from scone_ls.build.errors import Listener, Problem
from scone_ls.build.leftovers import clean_up
from scone_ls.build.lines import is_frame, step_of
from scone_ls.build.log import open_log
from scone_ls.build.run import run


@dataclass(frozen=True, slots=True)
class Job:
    """What to build: the command, its environment (`None`: that of this program), and the docker command beside it."""

    command: Command
    environment: Mapping[str, str] | None
    docker: str | None


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told what happens."""

    line: Callable[[str], None]
    """Called with each plain line of output, but for the frames of a turning wheel."""
    step: Callable[[str], None]
    """Called with each step that the output announces."""
    ending: Callable[[], None]
    """Called at once when the build is cancelled, before it is ended."""
    left: Callable[[tuple[str, ...]], None]
    """Called with sentences about what is left of a build that was cancelled."""


class Outcome(NamedTuple):
    """How a build ended: exit code, what went wrong, the file with its whole output, and the seconds it took."""

    code: int
    problems: tuple[Problem, ...]
    log: Path | None
    seconds: float


async def build(job: Job, watch: Watch) -> Outcome:
    """Run a build to its end; when the task is cancelled, all processes and containers of the build are ended first.

    Raises:
        BusyError: the manifest is being built already, by whomever.
        OSError: the command can't be started.

    """
    with claimed(job.command):
        return await _build(job, watch)


async def _build(job: Job, watch: Watch) -> Outcome:
    began, clock = datetime.now(UTC), time.monotonic()
    path, log = _log(job.command)
    listener = Listener()

    def hear(line: str) -> None:
        listener.hear(line)
        step = step_of(line)
        if step is not None:
            watch.step(step)
        if not is_frame(line):
            watch.line(line)

    running = asyncio.ensure_future(run(job.command, hear, log=log, environment=job.environment))
    try:
        code = await asyncio.shield(running)
    except asyncio.CancelledError:
        watch.ending()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        left = await asyncio.shield(clean_up(job.command, job.docker, began))
        watch.left(left.sentences)
        raise
    finally:
        if log is not None:
            log.close()
    return Outcome(code, listener.problems(code), path, time.monotonic() - clock)


def _log(command: Command) -> tuple[Path | None, BinaryIO | None]:
    """Open the log; a build is worth more than its log, so it goes on without one."""
    try:
        return open_log(manifest_of(command))
    except OSError:
        return None, None
