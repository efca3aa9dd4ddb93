"""`scone-ls build FILE`: builds a manifest with sconectl and shows what that says."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scone_ls.build.environment import environment, target
from scone_ls.build.plan import Command, Refusal, command, folder_for, plan
from scone_ls.build.run import run as run_command
from scone_ls.cli import findings
from scone_ls.cli.failure import Failure, reason
from scone_ls.cli.report.terminal import harmless
from scone_ls.cli.sources import read
from scone_ls.rules.rule import Severity


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    file: str
    folder: str | None
    force: bool


def run(options: Options) -> int:
    """Build the manifest; returns what sconectl returns, raises `Failure` where it is not even started."""
    planned = _planned(options)
    if isinstance(planned, Refusal):
        insist = "; --force builds all the same" if planned.doubtful else ""
        raise Failure(f"{planned.message}{insist}")
    print(f"running {planned.shown} in {harmless(planned.folder)}", file=sys.stderr, flush=True)
    try:
        return asyncio.run(_until_signalled(planned))
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise Failure(f"can't start `{planned.program}`: {reason(error)}") from error


def _planned(options: Options) -> Command | Refusal:
    source = read(options.file)
    setting = None if options.folder is None else Path(options.folder)
    if setting is not None and not setting.is_dir():
        raise Failure(f"`{options.folder}` is not a folder")
    folder = folder_for(Path(options.file), setting, (), Path.cwd())
    goal, machine = target(options.file, Path(folder)), environment(os.environ)
    if options.force:
        return command(goal, machine)
    checked = findings.check(options.file, source.string, findings.settings(()), Severity.ERROR)
    if not checked.manifests:
        return Refusal(f"`{options.file}` holds no manifest", doubtful=True)
    return plan(goal, machine, len(checked.found))


async def _until_signalled(planned: Command) -> int:
    """Run the command; what asks this program to end, ends the command first."""
    task = asyncio.ensure_future(run_command(planned, _show))
    received: list[int] = []

    def end(number: int) -> None:
        received.append(number)
        task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        with suppress(NotImplementedError, ValueError):  # Not on every system, and in the main thread only.
            asyncio.get_running_loop().add_signal_handler(number, end, number)
    try:
        return await task
    except asyncio.CancelledError:
        if not received:
            raise
        return 128 + received[0]


def _show(line: str) -> None:
    print(line, flush=True)
