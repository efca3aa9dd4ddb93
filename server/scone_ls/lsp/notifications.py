"""What the client tells: documents, settings, folders. One function per notification; diagnostics follow by themselves."""

import logging
from collections.abc import Iterable
from contextlib import suppress

from lsprotocol import types

from scone_ls.lsp import capabilities, configuration, convert, workspace
from scone_ls.lsp.changing import changing
from scone_ls.lsp.diagnostics import withdraw
from scone_ls.lsp.messages import Json, RefusedError
from scone_ls.lsp.session import Session

_log = logging.getLogger(__name__)


async def initialized(session: Session, _params: types.InitializedParams) -> None:
    """The client is ready for requests of ours."""
    wanted = capabilities.registrations(session.client)
    if wanted:
        with suppress(RefusedError):
            await session.ask("client/registerCapability", {"registrations": wanted})
    if session.folders:
        workspace.start_index(session)
    await configuration.pull(session)


def did_open(session: Session, params: types.DidOpenTextDocumentParams) -> None:
    """A document is shown, and the client's copy of it is the true one."""
    opened = params.text_document
    session.open(opened.uri, opened.version, opened.text)


def did_change(session: Session, params: Json) -> None:
    """A document changed."""
    said = changing(params)
    if said is None:
        _log.warning("bad parameters of `%s`", types.TEXT_DOCUMENT_DID_CHANGE)
        return
    session.change(*said)
    _follow(session, said.uri)


def did_close(session: Session, params: types.DidCloseTextDocumentParams) -> None:
    """A document is not shown any more, so that what is on the disk counts."""
    opened = session.close(params.text_document.uri)
    if opened is not None:
        withdraw(session, opened)
        session.start(workspace.changed(session, [opened.uri]))


async def did_change_configuration(session: Session, params: types.DidChangeConfigurationParams) -> None:
    """The settings changed; clients that can be asked often send nothing along."""
    if session.client.configuration:
        await configuration.pull(session)
    else:
        await configuration.renew(session, params.settings)


async def did_change_watched_files(session: Session, params: types.DidChangeWatchedFilesParams) -> None:
    """Files changed on disk: config files, manifests, scripts, and what git ignores."""
    if any(configuration.is_config_file(change.uri) for change in params.changes):
        await configuration.reread(session)
    _deleted(session, [change.uri for change in params.changes if change.type == types.FileChangeType.Deleted])
    await workspace.changed(session, [change.uri for change in params.changes])


async def did_create_files(session: Session, params: types.CreateFilesParams) -> None:
    """Files or folders were created in the client."""
    await workspace.changed(session, [file.uri for file in params.files])


async def did_rename_files(session: Session, params: types.RenameFilesParams) -> None:
    """Files or folders were renamed in the client."""
    _deleted(session, [file.old_uri for file in params.files])
    await workspace.changed(session, [uri for file in params.files for uri in (file.old_uri, file.new_uri)])


async def did_delete_files(session: Session, params: types.DeleteFilesParams) -> None:
    """Files or folders were deleted in the client."""
    _deleted(session, [file.uri for file in params.files])
    await workspace.changed(session, [file.uri for file in params.files])


async def did_change_workspace_folders(session: Session, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Folders were added to the workspace or removed from it."""
    gone = {convert.key(folder.uri) for folder in params.event.removed}
    folders = [uri for uri in session.folders if convert.key(uri) not in gone]
    folders += [folder.uri for folder in params.event.added]
    await configuration.follow(session, lambda: session.move(folders))
    workspace.start_index(session)


def work_done_progress_cancel(session: Session, params: types.WorkDoneProgressCancelParams) -> None:
    """The user wants a build to end."""
    task = session.builds.get(str(params.token))
    if task is not None:
        task.cancel()


def _deleted(session: Session, uris: Iterable[str]) -> None:
    for uri in uris:
        opened = session.find(uri)
        if opened is not None:
            session.delete(opened)
            withdraw(session, opened)


def _follow(session: Session, source: str) -> None:
    """Tell the client, if it has asked for what a template becomes, that the template changed."""
    shown = session.rendered.get(convert.key(source)) if session.rendered else None
    if shown is not None:
        session.start(_renew(session, shown))


async def _renew(session: Session, uri: str) -> None:
    with suppress(RefusedError):
        await session.ask("workspace/textDocumentContent/refresh", {"uri": uri})
