"""What builds said about documents: kept until the next build of the document, or an edit of the place."""

from typing import TYPE_CHECKING, NamedTuple

from scone_ls.edit import Edit, difference
from scone_ls.lsp import convert
from scone_ls.text import Span, Text

if TYPE_CHECKING:
    # Nobody needs it before the first build.
    from scone_ls.build.errors import Problem


class Reported(NamedTuple):
    """A problem at a place of a document (code points), and the URI of the log that tells more."""

    span: Span
    problem: "Problem"
    log: str | None


class _Report(NamedTuple):
    """What is reported of a text; the spans are places in it."""

    text: Text
    reported: tuple[Reported, ...]


class BuildReports:
    """What is reported of each document; of most there is nothing."""

    def __init__(self) -> None:
        self._by_key: dict[str, _Report] = {}

    def put(self, uri: str, text: Text, reported: tuple[Reported, ...]) -> None:
        """Take what the newest build says of a text, in the place of what was said before."""
        self._by_key.pop(convert.key(uri), None)
        if reported:
            self._by_key[convert.key(uri)] = _Report(text, reported)

    def of(self, uri: str, text: Text) -> tuple[Reported, ...]:
        """Return what still holds of the newest text of a document: what an edit touched is gone, the rest moves along."""
        report = self._by_key.get(convert.key(uri)) if self._by_key else None
        if report is None:
            return ()
        if report.text.string != text.string:
            edit = difference(report.text.string, text.string)
            moved = (_moved(reported, edit) for reported in report.reported)
            report = _Report(text, tuple(one for one in moved if one is not None))
            self.put(uri, text, report.reported)
        return report.reported


def _moved(reported: Reported, edit: Edit) -> Reported | None:
    span = reported.span
    if edit.span.overlaps(span):
        return None
    if edit.span.start >= span.end:
        return reported
    return reported._replace(span=span.moved(len(edit.new_text) - (edit.span.end - edit.span.start)))
