"""All that changes while the server runs: the open documents, the workspace around them, the settings, the folders.

It speaks of documents and offsets; of the protocol it knows only what the client said about itself.
"""

import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.features.diagnostics import DiagnosticSettings
from scone_ls.lsp import convert
from scone_ls.lsp.build_reports import BuildReports
from scone_ls.lsp.capabilities import Client
from scone_ls.lsp.changing import Change
from scone_ls.lsp.house import House
from scone_ls.lsp.messages import Json, notification
from scone_ls.lsp.open_document import OpenDocument
from scone_ls.lsp.preferences import Preferences
from scone_ls.lsp.shelf import Shelf
from scone_ls.text import Text

if TYPE_CHECKING:
    import asyncio

    from scone_ls.settings.model import Settings

_log = logging.getLogger(__name__)
_PATIENCE = 3.0
"""Seconds for which an answer waits for the files of the workspace."""
_WARNING = 2
"""`MessageType.Warning` of LSP 3.17."""


class Session:
    """One client and what it has open."""

    def __init__(self, client: Client, send: Callable[[Json], None]) -> None:
        self.client = client
        self.send = send
        self.house = House(self.warn, self._needs_all_at_once)
        self.preferences = Preferences(self.warn, self.house)
        self.folders: Sequence[str] = ()
        """The URIs of the workspace folders; `move` changes them."""
        self.shelf = Shelf(self.chosen_for)
        """All manifests of the folders; `workspace` has them up to date."""
        self.ask: Callable[[str, Json], Awaitable[Any]] = _nobody
        """Sends a request to the client; there is nobody to ask before pygls is loaded."""
        self.builds: dict[str, asyncio.Task[Any]] = {}
        """The builds under way, by their document and by the token of their progress."""
        self.indexing: asyncio.Task[None] | None = None
        """The search for manifests in the folders, done or under way."""
        self.reports: dict[str, tuple[str, list[Json]]] = {}
        """The diagnostics of files that are not open, as they were pulled last, each with the name of that answer."""
        self.needs_refresh = False
        """Whether a client that pulls should do so again, as it cannot know what became stale."""
        self.build_reports = BuildReports()
        self.rendered: dict[str, str] = {}
        """The URIs of what templates become, as the client asked for them, by the templates."""
        self._documents: dict[str, OpenDocument] = {}
        self._unsettled: dict[str, None] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.move(client.folders)

    async def indexed(self) -> None:
        """Wait until the folders have been looked at, though not for long: better an answer that lacks a file than none."""
        import asyncio  # Late, as in `start`.

        if self.indexing is not None:
            await asyncio.wait({self.indexing}, timeout=_PATIENCE)

    @property
    def workspace(self) -> Workspace:
        """All manifests that are known, the open ones in their newest version."""
        self.settle()
        return self.shelf.workspace

    def open(self, uri: str, version: int | None, string: str) -> OpenDocument:
        """Take in a document, also one that is open already: what the client says last is true."""
        if not self.client.registers_watched_files:
            self.preferences.forget()  # Nobody tells when a config file changes, so it is read again now and then.
        opened = OpenDocument(uri, version, string)
        self._documents[convert.key(uri)] = opened
        self._unsettle(uri)
        return opened

    def change(self, uri: str, version: int | None, changes: Iterable[Change]) -> None:
        """Take in changes, each relative to the text that the one before it left."""
        opened = self.find(uri)
        if opened is None:
            _log.warning("a document that is not open was changed")
            return
        for change in changes:
            encoding = self.client.encoding
            where = None if change.range is None else convert.span_between(opened.text, change.range, encoding)
            opened.change(version, where, change.text)
        opened.found = None
        self._unsettle(uri)

    def delete(self, opened: OpenDocument) -> None:
        """Note that the file of a document is gone, though the document is still shown."""
        opened.is_deleted = True
        opened.found = None
        self._unsettle(opened.uri)

    def close(self, uri: str) -> OpenDocument | None:
        """Forget a document and return it; in the workspace it stays as it was until the disk is asked."""
        self.settle()
        opened = self._documents.pop(convert.key(uri), None)
        if opened is not None:
            self.shelf.close(opened.uri)
            self.house.forget(opened.uri)
        return opened

    def find(self, uri: str) -> OpenDocument | None:
        """Return an open document, however its URI is spelled."""
        return self._documents.get(convert.key(uri))

    def document(self, uri: str) -> Document | None:
        """Return the newest version of an open document, analysed."""
        opened = self.find(uri)
        return None if opened is None else opened.document

    def text_of(self, uri: str) -> Text | None:
        """Return the text of a file that a position in an answer is in, open or not; `None` where there is none."""
        opened = self.find(uri)
        return self.shelf.text_of(uri) if opened is None else opened.text

    def version_of(self, uri: str) -> int | None:
        """Return the client's number for the text of a file; `None` where it is not open."""
        opened = self.find(uri)
        return None if opened is None else opened.version

    def settle(self) -> None:
        """Put the newest versions into the workspace; what depends on what changed in them becomes stale."""
        while self._unsettled:
            key, _ = self._unsettled.popitem()
            opened = self._documents.get(key)
            if opened is not None:
                document = None if opened.is_deleted else opened.document
                self.mark_stale(self.shelf.open(opened.uri, document))

    def look_again(self) -> bool:
        """Look whether the paths in open documents still lead somewhere, if that was not done just now; tells of changes."""
        changed = [opened.uri for opened in self.opened() if self.shelf.look_again_if_due(opened.uri)]
        self.mark_stale(changed)
        return bool(changed)

    def settings_for(self, uri: str) -> DiagnosticSettings:
        """Return what the diagnostics of a document depend on besides its text."""
        return self.preferences.of(uri).diagnostics

    def chosen_for(self, uri: str) -> "Settings | None":
        """Return the settings for a document; `None` where nobody set any, so that all is as by default."""
        return self.preferences.of(uri).settings

    def move(self, folders: Iterable[str]) -> None:
        """Take other workspace folders."""
        self.folders = tuple(folders)
        self.preferences.move(self.folders)
        self.shelf.move(self.folders)

    def mark_stale(self, uris: Iterable[str]) -> None:
        """Note that the diagnostics of some files do not hold any more."""
        for uri in uris:
            opened = self.find(uri)
            if opened is not None and opened.found is not None:
                opened.found = None
                self.needs_refresh = True
            self.reports.pop(uri, None)

    def mark_all_stale(self) -> None:
        """Note that no diagnostics hold any more."""
        self.mark_stale([opened.uri for opened in self.opened()])
        self.reports.clear()

    def opened(self) -> tuple[OpenDocument, ...]:
        """Return all open documents."""
        return tuple(self._documents.values())

    def start(self, work: "Coroutine[Any, Any, None]") -> "asyncio.Task[None]":
        """Begin what takes a while, beside the conversation."""
        import asyncio

        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def warn(self, message: str) -> None:
        """Show the user a warning, and log it."""
        _log.warning("%s", message)
        self.send(notification("window/showMessage", {"type": _WARNING, "message": message}))

    def _needs_all_at_once(self, uri: str) -> bool:
        """Tell whether nobody would hear of diagnostics of a file that are found later."""
        return self.find(uri) is None or (self.client.pulls_diagnostics and not self.client.refreshes_diagnostics)

    def _unsettle(self, uri: str) -> None:
        self._unsettled[convert.key(uri)] = None


async def _nobody(method: str, _params: Json) -> NoReturn:
    raise RuntimeError(f"nobody can be asked for `{method}` yet")
