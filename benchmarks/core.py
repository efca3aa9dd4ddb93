"""Asks our own core, in this process: the one place where the benchmarks know its interface."""

from collections.abc import Iterator, Sequence

from benchmarks.judge import Offer, Report, Severity, without_snippet_marks
from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.edit import Edit, apply
from scone_ls.features.code_actions import QUICK_FIX, code_actions
from scone_ls.features.completion import completion
from scone_ls.features.completion.item import Completion, CompletionOptions
from scone_ls.features.diagnostics import DiagnosticSettings, diagnostics
from scone_ls.features.hover import hover
from scone_ls.syntax.file import parse
from scone_ls.text import Span

_URI = "file:///manifest.yaml"
_SETTINGS = DiagnosticSettings()
_OPTIONS = CompletionOptions(snippets=True)


class Core:
    """Our core without a server around it."""

    def __init__(self) -> None:
        self._latest = Document.open(_URI, "")

    def reports(self, text: str) -> tuple[Report, ...]:
        """Return the diagnostics of a text."""
        return tuple(
            Report(Severity[one.severity.name], one.code, one.message, one.span.start, one.span.end)
            for one in diagnostics(self._document(text), _SETTINGS)
        )

    def mended(self, text: str, report: Report) -> tuple[str, ...]:
        """Return the text after each quick fix for a diagnostic."""
        place = Span(report.start, report.end)
        return tuple(
            apply(text, action.edits)
            for action in code_actions(self._document(text), place, _SETTINGS)
            if action.kind == QUICK_FIX
            and action.diagnostic
            and (action.code, action.diagnostic.span) == (report.code, place)
        )

    def offers(self, text: str, offset: int) -> tuple[Offer, ...]:
        """Return what completion offers at an offset."""
        return tuple(_offer(text, item) for item in completion(self._document(text), offset, _OPTIONS))

    def explains(self, text: str, offset: int) -> bool:
        """Tell whether there is a hover at an offset."""
        return hover(self._document(text), offset) is not None

    def _document(self, text: str) -> Document:
        if self._latest.text.string != text:
            self._latest = Document.open(_URI, text)
        return self._latest


class Workspaces:
    """Our core with several files that make up a workspace."""

    def __init__(self, names: Sequence[str], texts: Sequence[str]) -> None:
        self._documents = [Document.open(f"file:///{name}", text) for name, text in zip(names, texts, strict=True)]
        self._workspace = Workspace.of(self._documents)

    def reports(self) -> list[tuple[int, str, str, int, int]]:
        """Return the number of the file, code, message and place of each diagnostic."""
        return [
            (number, one.code, one.message, one.span.start, one.span.end)
            for number, document in enumerate(self._documents)
            for one in diagnostics(document, _SETTINGS, self._workspace)
        ]

    def mended(self, report: tuple[int, str, str, int, int]) -> Iterator[tuple[str, ...]]:
        """Yield the texts of all files after each quick fix for a diagnostic."""
        number, code, _, start, end = report
        document = self._documents[number]
        for action in code_actions(document, Span(start, end), _SETTINGS, self._workspace):
            if action.kind == QUICK_FIX and action.code == code:
                edits = {document.uri: action.edits, **dict(action.elsewhere)}
                yield tuple(apply(each.file.string, edits.get(each.uri, ())) for each in self._documents)


def parsed(text: str) -> object:
    """Parse a text, for its time."""
    return parse(text)


def opened(text: str) -> Document:
    """Return a text as an open document."""
    return Document.open(_URI, text)


def keystroke(document: Document, offset: int, typed: str) -> Document:
    """Return the document after something was typed at an offset."""
    return document.edited([Edit(Span(offset, offset), typed)])


def checked(document: Document) -> object:
    """Run all rules, for their time."""
    return diagnostics(document, _SETTINGS)


def _offer(text: str, item: Completion) -> Offer:
    new = item.new_text if item.snippet is None else without_snippet_marks(item.snippet)
    result = apply(text, [Edit(item.span, new)])
    return Offer(item.label, item.filter_text, f"{item.rank:06}", result)
