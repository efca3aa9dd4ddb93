"""All that changes while the server runs: the open documents, the settings, the folders.

It speaks of documents and offsets; of the protocol it knows only what the client said about itself.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.workspace import ALONE, Workspace
from scone_ls.edit import Edit
from scone_ls.features.diagnostics import DiagnosticSettings
from scone_ls.lsp import convert
from scone_ls.lsp.capabilities import Client
from scone_ls.lsp.messages import Json, notification
from scone_ls.lsp.preferences import Preferences
from scone_ls.text import Span, Text

if TYPE_CHECKING:
    import asyncio

    from scone_ls.settings.model import Settings

_log = logging.getLogger(__name__)
_WARNING = 2
"""`MessageType.Warning` of LSP 3.17."""
_FEW = 8
"""Changes that are worked in one by one; more are taken as one change that spans them all."""


class OpenDocument:
    """A document as the client shows it; changes are noted down, and worked in when an answer depends on them."""

    __slots__ = ("_analysed", "_changes", "_noted", "_text", "is_deleted", "report", "uri", "version")

    def __init__(self, uri: str, version: int | None, string: str) -> None:
        self.uri = uri
        self.version = version
        self.is_deleted = False
        self.report: tuple[str, list[Json]] | None = None
        """The diagnostics that were pulled last, with the name of that answer."""
        self._analysed = _analysed(uri, version, string)
        self._changes: list[Edit] = []
        self._text = Text.of(string) if self._analysed is None else self._analysed.text
        self._noted = 0

    @property
    def text(self) -> Text:
        """The newest text."""
        for edit in self._changes[self._noted :]:
            self._text = self._text.replaced(*edit)
        self._noted = len(self._changes)
        return self._text

    def change(self, version: int | None, span: Span | None, new: str) -> None:
        """Take in one change, relative to the newest text; without a span the whole text is new."""
        self._changes.append(_difference(self.text.string, new) if span is None else Edit(span, new))
        self.version = version
        self.is_deleted = False

    @property
    def document(self) -> Document | None:
        """The newest version, analysed; `None` if that failed, which is a defect of ours."""
        if self._changes:
            before, changes = self._analysed, self._changes
            if before is not None and len(changes) > _FEW:
                changes = [_difference(before.text.string, self.text.string)]
            self._analysed = None if before is None else _edited(before, changes, self.version)
            self._analysed = self._analysed or _analysed(self.uri, self.version, self.text.string)
            self._text = self.text if self._analysed is None else self._analysed.text
            self._changes, self._noted = [], 0
        return self._analysed


class Session:
    """One client and what it has open."""

    def __init__(self, client: Client, send: Callable[[Json], None]) -> None:
        self.client = client
        self.send = send
        self.preferences = Preferences(self.warn)
        self.folders: Sequence[str] = ()
        """The URIs of the workspace folders; `move` changes them."""
        self.workspace: Workspace = ALONE
        """All manifests of the folders; a change puts another value there."""
        self.ask: Callable[[str, Json], Awaitable[Any]] = _nobody
        """Sends a request to the client; there is nobody to ask before pygls is loaded."""
        self.builds: dict[str, asyncio.Task[Any]] = {}
        """The builds under way, by their document and by the token of their progress."""
        self._documents: dict[str, OpenDocument] = {}
        self._stale: dict[str, None] = {}
        self.move(client.folders)

    def open(self, uri: str, version: int | None, string: str) -> OpenDocument:
        """Take in a document, also one that is open already: what the client says last is true."""
        if not self.client.registers_watched_files:
            self.preferences.forget()  # Nobody tells when a config file changes, so it is read again now and then.
        opened = OpenDocument(uri, version, string)
        self._documents[convert.key(uri)] = opened
        self._stale[convert.key(uri)] = None
        return opened

    def change(self, uri: str, version: int | None, changes: Iterable[convert.Change]) -> None:
        """Take in changes, each relative to the text that the one before it left."""
        opened = self.find(uri)
        if opened is None:
            _log.warning("a document that is not open was changed")
            return
        for change in changes:
            where = None if change.range is None else convert.span(opened.text, change.range, self.client.encoding)
            opened.change(version, where, change.text)
        self._stale[convert.key(uri)] = None

    def close(self, uri: str) -> OpenDocument | None:
        """Forget a document and return it."""
        self._stale.pop(convert.key(uri), None)
        return self._documents.pop(convert.key(uri), None)

    def find(self, uri: str) -> OpenDocument | None:
        """Return an open document, however its URI is spelled."""
        return self._documents.get(convert.key(uri))

    def document(self, uri: str) -> Document | None:
        """Return the newest version of an open document, analysed."""
        opened = self.find(uri)
        return None if opened is None else opened.document

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

    def mark_stale(self) -> None:
        """Note that the diagnostics of no open document hold any more."""
        self._stale.update(dict.fromkeys(self._documents))

    def opened(self) -> tuple[OpenDocument, ...]:
        """Return all open documents."""
        return tuple(self._documents.values())

    def warn(self, message: str) -> None:
        """Show the user a warning, and log it."""
        _log.warning("%s", message)
        self.send(notification("window/showMessage", {"type": _WARNING, "message": message}))

    def take_stale(self) -> list[OpenDocument]:
        """Return the documents that changed since they were taken last."""
        stale = [self._documents[key] for key in self._stale]
        self._stale.clear()
        return stale


async def _nobody(method: str, _params: Json) -> NoReturn:
    raise RuntimeError(f"nobody can be asked for `{method}` yet")


def _analysed(uri: str, version: int | None, string: str) -> Document | None:
    try:
        return Document.open(uri, string, version)
    except Exception:  # noqa: BLE001 -- Whatever goes wrong, the server goes on.
        _log.exception("a text could not be analysed")
        return None


def _edited(document: Document, changes: list[Edit], version: int | None) -> Document | None:
    try:
        return document.edited(changes, version)
    except Exception:  # noqa: BLE001 -- Whatever goes wrong, the server goes on.
        _log.exception("a change could not be worked in; the text is analysed anew")
        return None


def _difference(old: str, new: str) -> Edit:
    """Return the smallest single edit from one text to the other: clients that send whole texts change little, too."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    return Edit(Span(start, len(old) - end), new[start : len(new) - end])


def _common(one: str, other: str) -> int:
    """Return the length of the longest common beginning, by bisection, as slices compare fast."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
