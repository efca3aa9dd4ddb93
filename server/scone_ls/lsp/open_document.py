"""One document as the client shows it; changes are noted down, and worked in when an answer depends on them."""

import logging

from scone_ls.analysis.document import Document
from scone_ls.edit import Edit, difference
from scone_ls.lsp.messages import Json
from scone_ls.text import Span, Text

_log = logging.getLogger(__name__)
_FEW = 8
"""Changes that are worked in one by one; more are taken as one change that spans them all."""


class OpenDocument:
    """A document with the client's number for its newest version, and what was found in that."""

    __slots__ = ("_analysed", "_changes", "_noted", "_text", "found", "is_deleted", "report", "sent", "uri", "version")

    def __init__(self, uri: str, version: int | None, string: str) -> None:
        self.uri = uri
        self.version = version
        self.is_deleted = False
        self.found: list[Json] | None = None
        """The diagnostics, as they were found last; `None` where they have to be looked for."""
        self.report: tuple[str, list[Json]] | None = None
        """The diagnostics that were pulled last, with the name of that answer."""
        self.sent: tuple[int | None, list[Json]] | None = None
        """The diagnostics that were pushed last, with the version that they are of."""
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
        self._changes.append(difference(self.text.string, new) if span is None else Edit(span, new))
        self.version = version
        self.is_deleted = False

    @property
    def document(self) -> Document | None:
        """The newest version, analysed; `None` if that failed, which is a defect of ours."""
        if self._changes:
            before, changes = self._analysed, self._changes
            if before is not None and len(changes) > _FEW:
                changes = [difference(before.text.string, self.text.string)]
            self._analysed = None if before is None else _edited(before, changes, self.version)
            self._analysed = self._analysed or _analysed(self.uri, self.version, self.text.string)
            self._text = self.text if self._analysed is None else self._analysed.text
            self._changes, self._noted = [], 0
        return self._analysed


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
