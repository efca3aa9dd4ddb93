"""The commands that the server offers; there is one, `scone-ls.build`, which builds a manifest with `sconectl`.

Its arguments are the URI of the manifest and, if wanted, `{"force": true}` to build in spite of doubts. What `sconectl`
says goes to the client's log line by line; a build that can't begin is refused in one sentence. It ends with the
server, or when its progress or its request is cancelled.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path, PurePath
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from scone_ls.analysis.document import Document
from scone_ls.build.environment import environment, target
from scone_ls.build.plan import Command, Refusal, command, folder_for, plan
from scone_ls.build.run import run as run_build
from scone_ls.features.diagnostics import diagnostics
from scone_ls.lsp import convert
from scone_ls.lsp.capabilities import BUILD_COMMAND
from scone_ls.lsp.messages import Json, RefusedError, notification
from scone_ls.lsp.session import Session
from scone_ls.rules.rule import Severity

_tokens = count(1)


async def run(session: Session, params: types.ExecuteCommandParams) -> Json:
    """Run a command and return how it ended.

    Raises:
        JsonRpcInvalidParams: there is no such command, or its arguments are none.

    """
    if params.command != BUILD_COMMAND:
        raise JsonRpcInvalidParams(f"there is no command `{params.command}`")
    match list(params.arguments or ()):
        case [str(uri)]:
            return await _build(session, uri, params.work_done_token, force=False)
        case [str(uri), {**options}]:
            return await _build(session, uri, params.work_done_token, force=options.get("force") is True)
        case _:
            raise JsonRpcInvalidParams(f"`{BUILD_COMMAND}` takes the URI of a manifest, and options as an object")


async def _build(session: Session, uri: str, token: types.ProgressToken | None, *, force: bool) -> Json:
    planned = _planned(session, uri, force=force)
    if isinstance(planned, Refusal):
        _show(session, types.MessageType.Error, planned.message)
        return {"refused": planned.message, "doubtful": planned.doubtful}
    session.builds[convert.key(uri)] = _this_task()
    try:
        async with _progress(session, token, planned.shown) as report:
            _log(session, f"{planned.shown}  (in {planned.folder})")
            code = await run_build(planned, report)
    except OSError as error:
        message = f"`{planned.program}` can't be started: {error.strerror}"
        _show(session, types.MessageType.Error, message)
        return {"refused": message, "doubtful": False}
    finally:
        del session.builds[convert.key(uri)]
    kind = types.MessageType.Error if code else types.MessageType.Info
    _show(
        session,
        kind,
        f"`{planned.shown}` " + (f"ended with exit code {code}; the log has its output" if code else "is done"),
    )
    return {"exitCode": code}


def _planned(session: Session, uri: str, *, force: bool) -> Command | Refusal:
    path = convert.path(uri, windows=os.name == "nt")
    if path is None:
        return Refusal("only a file on this machine can be built; save the document first")
    if convert.key(uri) in session.builds:
        return Refusal(f"`{path.name}` is being built already; wait for it, or cancel it")
    chosen = target(str(path), str(_folder(session, uri, path)))
    if force:
        return command(chosen, environment(os.environ))
    try:
        document = session.document(uri) or Document.open(uri, Path(path).read_text(encoding="utf-8", errors="replace"))
    except OSError as error:
        return Refusal(f"`{path}` can't be read: {error.strerror}; save the document first")
    errors = sum(found.severity is Severity.ERROR for found in diagnostics(document, session.settings_for(uri)))
    return plan(chosen, environment(os.environ), errors)


def _folder(session: Session, uri: str, path: PurePath) -> PurePath:
    paths = (convert.path(uri, windows=os.name == "nt") for uri in session.folders)
    workspace = [folder for folder in paths if folder is not None]
    chosen = session.chosen_for(uri)
    setting = None if chosen is None or not chosen.build.folder else chosen.build.folder
    holding = folder_for(path, None, workspace, Path.cwd())
    return holding if setting is None else holding / setting


@asynccontextmanager
async def _progress(
    session: Session, token: types.ProgressToken | None, title: str
) -> AsyncGenerator[Callable[[str], None]]:
    """Give a function that shows a line of output, in the log and as progress if the client shows that."""
    shown = token if token is not None else await _new_token(session)

    def tell(value: Json) -> None:
        if shown is not None:
            session.send(notification("$/progress", {"token": shown, "value": value}))

    def report(line: str) -> None:
        _log(session, line)
        tell({"kind": "report", "message": line})

    if shown is not None:
        session.builds[str(shown)] = _this_task()
    tell({"kind": "begin", "title": title, "cancellable": True})
    try:
        yield report
    finally:
        tell({"kind": "end"})
        session.builds.pop(str(shown), None)


async def _new_token(session: Session) -> str | None:
    if not session.client.progress:
        return None
    token = f"{BUILD_COMMAND}-{next(_tokens)}"
    with suppress(RefusedError):
        await session.ask("window/workDoneProgress/create", {"token": token})
        return token
    return None


def _this_task() -> "asyncio.Task[Any]":
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 -- A coroutine runs in a task.
    return task


def _log(session: Session, line: str) -> None:
    session.send(notification("window/logMessage", {"type": int(types.MessageType.Log), "message": line}))


def _show(session: Session, kind: types.MessageType, message: str) -> None:
    session.send(notification("window/showMessage", {"type": int(kind), "message": message}))
