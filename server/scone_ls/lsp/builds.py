"""Builds that a client asks for: examined, run one at a time for each manifest, shown, and reported in the manifests.

Lines of output are sent in bundles and progress now and then, so that a flood of them keeps nobody waiting; the whole
output is in the log that the result names.
"""

import asyncio
import os
import stat
import time
from collections import deque
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from lsprotocol import types

from scone_ls.analysis.document import Document
from scone_ls.build.builds import Job, Outcome, Watch, build
from scone_ls.build.claim import BusyError
from scone_ls.build.command import Options, Refusal, folder_for
from scone_ls.build.locate import locate_in_source
from scone_ls.build.order import Candidate, needed_by
from scone_ls.build.prepare import Examined, Request, examine
from scone_ls.build.variables import EnvFile, Variables, variables
from scone_ls.features.diagnostics import diagnostics
from scone_ls.lsp import convert
from scone_ls.lsp.build_reports import Reported
from scone_ls.lsp.diagnostics import renew_build_problems
from scone_ls.lsp.messages import Json, notification
from scone_ls.lsp.progress import new_token
from scone_ls.lsp.session import Session
from scone_ls.rules.rule import Severity

_SECONDS_BETWEEN_REPORTS = 0.2
_LINES_AT_ONCE = 100
"""Lines that are sent to the client's log at a time; of a flood the last ones."""


class Wanted(NamedTuple):
    """How a client wants a manifest to be built."""

    options: Options = Options()
    force: bool = False
    with_services: bool = False
    env_files: tuple[str, ...] = ()
    variables: Mapping[str, str] = {}


class _Ready(NamedTuple):
    """A manifest with its job."""

    uri: str
    document: Document
    examined: Examined
    job: Job


async def run(session: Session, uri: str, wanted: Wanted, token: types.ProgressToken | None) -> Json:
    """Build a manifest, if wanted after the services that it names, and return how that ended."""
    ready = await _ready(session, uri, wanted)
    if isinstance(ready, Refusal):
        show(session, types.MessageType.Error, ready.message)
        return {"refused": ready.message, "doubtful": ready.doubtful}
    results: list[Json] = []
    for one in ready:
        result = await _one(session, one, token)
        results.append({"uri": one.uri, **result})
        if result.get("exitCode") != 0:
            break
    last = {name: value for name, value in results[-1].items() if name != "uri"}
    return last if len(ready) == 1 else {**last, "builds": results}


async def examined(session: Session, uri: str, wanted: Wanted) -> Examined | Refusal:
    """Look at everything that the build of a manifest depends on."""
    found = await _examined(session, uri, wanted)
    return found if isinstance(found, Refusal) else found[1]


def variables_for(session: Session, uri: str, wanted: Wanted) -> Variables:
    """Return the values that a template is filled in with; files that can't be read are named to the user."""
    chosen = session.chosen_for(uri)
    folder = _folder(session, uri)
    files: list[EnvFile] = []
    for name in wanted.env_files or (() if chosen is None else chosen.build.env_files):
        try:
            files.append(EnvFile(name, (folder / name).read_text(encoding="utf-8", errors="replace")))
        except OSError as error:
            session.warn(f"the file of variables `{name}` can't be read: {error.strerror}")
    return variables({} if chosen is None else chosen.build.variables, files, os.environ, wanted.variables)


def show(session: Session, kind: types.MessageType, message: str) -> None:
    """Show a message to the user."""
    session.send(notification("window/showMessage", {"type": int(kind), "message": message}))


def read(session: Session, uri: str) -> Document | Refusal:
    """Return a document as the client has it open, else as it is on disk."""
    path = convert.path(uri, windows=os.name == "nt")
    opened = session.document(uri)
    if opened is not None:
        return opened
    if path is None:
        return Refusal("only a file on this machine can be built; save the document first")
    content = _content(path)
    return content if isinstance(content, Refusal) else Document.open(uri, content)


def _content(path: PurePath) -> str | Refusal:
    """Return what is in a file; a pipe is never waited for."""
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):
            return Refusal(f"`{path}` is not a file that can be built; save the document first")
        return Path(path).read_bytes().decode("utf-8", "replace")
    except (OSError, ValueError) as error:  # ValueError: no file can have such a name.
        why = error.strerror if isinstance(error, OSError) else error
        return Refusal(f"`{path}` can't be read: {why}; save the document first")


async def _ready(session: Session, uri: str, wanted: Wanted) -> list[_Ready] | Refusal:
    """Return what is to be built, in order."""
    uris = [uri]
    document = read(session, uri)
    if wanted.with_services and isinstance(document, Document):
        members = session.workspace.members.values()
        candidates = [Candidate(member.uri, member.document) for member in members if member.uri != uri]
        uris = [*(candidate.key for candidate in needed_by(document, candidates)), uri]
    ready: list[_Ready] = []
    for each in uris:
        found = await _examined(session, each, wanted)
        if isinstance(found, Refusal):
            return found
        job = found[1].job(force=wanted.force)
        if isinstance(job, Refusal):
            return job
        ready.append(_Ready(each, *found, job))
    return ready


async def _examined(session: Session, uri: str, wanted: Wanted) -> tuple[Document, Examined] | Refusal:
    path = convert.path(uri, windows=os.name == "nt")
    if path is None:
        return Refusal("only a file on this machine can be built; save the document first")
    if convert.key(uri) in session.builds:
        return Refusal(f"`{path.name}` is being built already; wait for it, or cancel it")
    document = read(session, uri)
    if isinstance(document, Refusal):
        return document
    unsaved = None if wanted.force else _unsaved(document, path)
    if unsaved is not None:
        return unsaved
    chosen = session.chosen_for(uri)
    request = Request(
        file=str(path),
        document=document,
        folder=_folder(session, uri),
        options=wanted.options if chosen is None else wanted.options.over(chosen.build.options()),
        variables=variables_for(session, uri, wanted),
        program=None if chosen is None else chosen.build.sconectl,
    )
    settings = session.settings_for(uri)

    def errors(judged: Document) -> int:
        return sum(found.severity is Severity.ERROR for found in diagnostics(judged, settings))

    # An engine that does not answer, or a slow disk, must not keep the editor waiting.
    return document, await asyncio.to_thread(examine, request, errors, os.environ)


def _unsaved(document: Document, path: PurePath) -> Refusal | None:
    """Return why a document is not built whose file has another text."""
    content = _content(path)
    if isinstance(content, Refusal):
        return content
    if content.removeprefix("\ufeff") == document.text.string.removeprefix("\ufeff"):
        return None
    return Refusal(f"`{path.name}` has changes that are not saved, and sconectl reads the file; save it", doubtful=True)


def _folder(session: Session, uri: str) -> Path:
    """Return the folder to build a manifest in."""
    paths = [convert.path(one, windows=os.name == "nt") for one in (uri, *session.folders)]
    path, *workspace = (Path.cwd() if path is None else path for path in paths)
    chosen = session.chosen_for(uri)
    holding = folder_for(path, None, workspace, Path.cwd())
    return Path(holding) / ((None if chosen is None else chosen.build.folder) or "")


async def _one(session: Session, ready: _Ready, token: types.ProgressToken | None) -> Json:
    command = ready.job.command
    key = convert.key(ready.uri)
    session.builds[key] = _this_task()
    await _report(session, ready, None)
    try:
        ready.examined.write()
        async with _progress(session, token, command.shown) as feed:
            feed.line(f"{command.shown}  (in {command.folder})")
            outcome = await build(ready.job, Watch(feed.line, feed.on_step, feed.ending, feed.left))
    except BusyError as error:
        show(session, types.MessageType.Error, str(error))
        return {"refused": str(error), "doubtful": False}
    except OSError as error:
        message = f"`{command.program}` can't be started: {error.strerror}"
        show(session, types.MessageType.Error, message)
        return {"refused": message, "doubtful": False}
    finally:
        session.builds.pop(key, None)
    await _report(session, ready, outcome)
    _tell(session, command.shown, outcome)
    return {
        "exitCode": outcome.code,
        "seconds": round(outcome.seconds, 3),
        "problems": len(outcome.problems),
        "log": None if outcome.log is None else outcome.log.as_uri(),
    }


async def _report(session: Session, ready: _Ready, outcome: Outcome | None) -> None:
    """Show what a build said in its manifest, or take away what the last one said."""
    log = None if outcome is None or outcome.log is None else outcome.log.as_uri()
    built, rendered = ready.examined.document, ready.examined.rendered
    found = tuple(
        Reported(locate_in_source(problem, built, rendered), problem, log)
        for problem in (() if outcome is None else outcome.problems)
    )
    session.build_reports.put(ready.uri, ready.document.text, found)
    await renew_build_problems(session, ready.uri, ready.document.text)


def _tell(session: Session, shown: str, outcome: Outcome) -> None:
    if outcome.code == 0:
        show(session, types.MessageType.Info, f"`{shown}` is done")
        return
    log = f"; the whole output is in {outcome.log}" if outcome.log is not None else ""
    errors = [problem for problem in outcome.problems if problem.level.value == "error"]
    why = f": {errors[0].message}" if errors else ""
    show(session, types.MessageType.Error, f"`{shown}` ended with exit code {outcome.code}{why}{log}")


class _Feed:
    """What happens in a build, passed on to the client a few times a second."""

    def __init__(self, session: Session, token: types.ProgressToken | None) -> None:
        self._session = session
        self._token = token
        self._lines: deque[str] = deque(maxlen=_LINES_AT_ONCE)
        self._count = 0
        self._step = ""
        self._began = time.monotonic()

    def line(self, text: str) -> None:
        self._count += 1
        self._lines.append(text)

    def on_step(self, name: str) -> None:
        self._step = name

    def ending(self) -> None:
        self.tell({"kind": "report", "message": "ending the build"})

    def left(self, sentences: Sequence[str]) -> None:
        self.flush()
        for sentence in sentences:
            self._session.warn(sentence)

    def flush(self) -> None:
        """Send the lines that came since the last time; of too many only the last ones."""
        if self._count:
            skipped = self._count - len(self._lines)
            lines = [f"… {skipped} lines more, all of them in the log", *self._lines] if skipped else self._lines
            message = {"type": int(types.MessageType.Log), "message": "\n".join(lines)}
            self._session.send(notification("window/logMessage", message))
            self._lines.clear()
            self._count = 0

    def tell(self, value: Json) -> None:
        """Send progress, if the client shows it."""
        if self._token is not None:
            self._session.send(notification("$/progress", {"token": self._token, "value": value}))

    async def pulse(self) -> None:
        """Pass on what happens, until cancelled."""
        while True:
            await asyncio.sleep(_SECONDS_BETWEEN_REPORTS)
            self.flush()
            elapsed = f"{time.monotonic() - self._began:.0f} s"
            self.tell({"kind": "report", "message": f"{elapsed} · {self._step}" if self._step else elapsed})


@asynccontextmanager
async def _progress(session: Session, token: types.ProgressToken | None, title: str) -> AsyncGenerator[_Feed]:
    """Show that something goes on while the block runs, and let the client cancel it."""
    shown = token if token is not None else await new_token(session)
    feed = _Feed(session, shown)
    if shown is not None:
        session.builds[str(shown)] = _this_task()
    feed.tell({"kind": "begin", "title": title, "cancellable": True})
    pulse = asyncio.ensure_future(feed.pulse())
    try:
        yield feed
    finally:
        pulse.cancel()
        feed.flush()
        feed.tell({"kind": "end"})
        session.builds.pop(str(shown), None)


def _this_task() -> "asyncio.Task[Any]":
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 -- A coroutine runs in a task.
    return task
