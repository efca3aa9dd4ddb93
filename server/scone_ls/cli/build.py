"""`scone-ls build FILE|DIR…`: builds manifests with sconectl, and shows what that says and what went wrong."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from scone_ls.analysis.document import Document
from scone_ls.build import command as commands
from scone_ls.build.builds import Job, Outcome, Watch, build
from scone_ls.build.claim import BusyError
from scone_ls.build.command import Refusal, folder_for
from scone_ls.build.order import Candidate, needed_by, ordered
from scone_ls.build.prepare import Examined, Request, built_document, examine
from scone_ls.cli.config import Config
from scone_ls.cli.failure import Failure
from scone_ls.cli.render import configured, known_variables
from scone_ls.cli.report import build_json, build_text
from scone_ls.cli.report.progress import SECONDS_BETWEEN_FRAMES, Progress
from scone_ls.cli.report.terminal import harmless
from scone_ls.features.diagnostics import diagnostics
from scone_ls.files.discovery import sources
from scone_ls.files.failure import UnreadableError, reason
from scone_ls.files.reading import STDIN, Source, identity
from scone_ls.rules.rule import Severity


class Form(Enum):
    """The form of the report."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for; what it leaves open, the config file of a manifest says."""

    names: tuple[str, ...]
    folder: str | None
    force: bool
    with_services: bool
    """Whether a mesh has the services built first that it names."""
    build: commands.Options
    env_files: tuple[str, ...]
    given: tuple[str, ...]
    form: Form


@dataclass(frozen=True, slots=True)
class Planned:
    """A manifest, and how it is to be built."""

    source: Source
    request: Request


def run(options: Options) -> int:
    """Build all that is named; returns what the first sconectl returns that fails, raises `Failure` for what can't be."""
    config = configured()
    named = [planned(source, options, config) for source in _sources(options.names)]
    looked_at = [(one, examined(one, config)) for one in _in_order(options, config, named)]
    jobs = [(one.source, found, _job(found, force=options.force)) for one, found in looked_at]
    objects: list[build_json.Json] = []
    code = 0
    for source, found, job in jobs:
        code = _one(source, found, job, options.form, objects)
        if code:
            break
    if options.form is Form.JSON:
        print(json.dumps(objects, indent=2, ensure_ascii=False))
    return code


def refuse_missing(folder: str | None) -> None:
    """Raise `Failure` for a folder to build in that there is not."""
    if folder is not None and not os.path.isdir(folder):  # noqa: PTH112 -- Unlike pathlib, it never raises.
        raise Failure(f"`{folder}` is not a folder")


def planned(source: Source, options: Options, config: Config) -> Planned:
    """Return how a manifest is to be built; raises `Failure` for a folder that there is not."""
    refuse_missing(options.folder)
    settings = config.settings(source.name)
    chosen = None if settings is None else settings.build
    folder = options.folder or (None if chosen is None else chosen.folder)
    request = Request(
        file=source.name,
        document=Document.open(Path(os.path.abspath(source.name)).as_uri(), source.string),  # noqa: PTH100 -- Kept as written.
        folder=Path(folder_for(Path(source.name), None if folder is None else Path(folder), (), Path.cwd())),
        options=options.build if chosen is None else options.build.over(chosen.options()),
        variables=known_variables(options.env_files, options.given, chosen),
    )
    return Planned(source, request)


def examined(one: Planned, config: Config) -> Examined:
    """Look at everything that the build of a manifest depends on."""

    def errors(document: Document) -> int:
        found = diagnostics(document, config.diagnostics(one.source.name))
        return sum(diagnostic.severity is Severity.ERROR for diagnostic in found)

    return examine(one.request, errors, os.environ)


def _sources(names: Sequence[str]) -> Iterable[Source]:
    found = False
    for source in sources(names, STDIN):
        if isinstance(source, UnreadableError):
            raise source
        found = True
        yield source
    if not found:
        raise Failure(f"no manifest in {', '.join(f'`{name}`' for name in names)}")


def _in_order(options: Options, config: Config, named: Sequence[Planned]) -> Sequence[Planned]:
    """Return what is to be built, services before the meshes and services that need their images."""
    everything = list(named)
    if options.with_services:
        known = {identity(one.source.name) for one in named}
        around = (source for source in sources([os.curdir], STDIN) if isinstance(source, Source))
        everything += (planned(each, options, config) for each in around if identity(each.name) not in known)
    candidates = [Candidate(index, built_document(one.request)) for index, one in enumerate(everything)]
    wanted = set(range(len(named)))
    for candidate in candidates[: len(named)] if options.with_services else ():
        wanted |= {needed.key for needed in needed_by(candidate.document, candidates)}
    return [everything[one.key] for one in ordered(one for one in candidates if one.key in wanted)]


def _job(found: Examined, *, force: bool) -> Job:
    job = found.job(force=force)
    if isinstance(job, Refusal):
        insist = "; --force builds all the same" if job.doubtful else ""
        raise Failure(f"{job.message}{insist}")
    return job


def _one(source: Source, found: Examined, job: Job, form: Form, objects: list[build_json.Json]) -> int:
    try:
        found.write()
    except OSError as error:
        raise Failure(f"can't write the result of the template `{source.name}`: {reason(error)}") from error
    shown = job.command
    print(f"running {shown.shown} in {harmless(shown.folder)}", file=sys.stderr, flush=True)
    progress = Progress(source.name, sys.stderr, live=sys.stderr.isatty() and form is Form.TEXT)
    try:
        ended = asyncio.run(_until_signalled(job, progress, form))
    except BusyError as error:
        raise Failure(str(error)) from error
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise Failure(f"can't start `{shown.program}`: {reason(error)}") from error
    finally:
        progress.clear()
    if isinstance(ended, int):
        return ended
    if form is Form.JSON:
        objects.append(build_json.report(source, found, ended))
    else:
        for line in build_text.report(source, found, ended):
            print(line, file=sys.stderr)
    return ended.code


async def _until_signalled(job: Job, progress: Progress, form: Form) -> Outcome | int:
    """Run a build; what asks this program to end, ends the build first."""
    task = asyncio.ensure_future(build(job, _watch(progress, form)))
    received: list[int] = []

    def end(number: int) -> None:
        received.append(number)
        task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        with suppress(NotImplementedError, ValueError):  # Not on every system, and in the main thread only.
            asyncio.get_running_loop().add_signal_handler(number, end, number)
    turning = asyncio.ensure_future(_turn(progress))
    try:
        return await task
    except asyncio.CancelledError:
        if not received:
            raise
        return 128 + received[0]
    finally:
        turning.cancel()


def _watch(progress: Progress, form: Form) -> Watch:
    def line(text: str) -> None:
        if form is Form.TEXT:
            progress.above(text)

    def step(name: str) -> None:
        progress.step = name

    def ending() -> None:
        progress.above("scone-ls: ending the build, which may take 2 seconds", sys.stderr)

    def left(sentences: tuple[str, ...]) -> None:
        for sentence in sentences:
            progress.above(f"scone-ls: {sentence}", sys.stderr)

    return Watch(line, step, ending, left)


async def _turn(progress: Progress) -> None:
    while True:
        progress.draw()
        await asyncio.sleep(SECONDS_BETWEEN_FRAMES)
