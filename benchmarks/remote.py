"""Asks a server over stdio what the accuracy benchmark wants to know, so that other servers can be judged too."""

import contextlib
import tempfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

from benchmarks.client import Client, OpenDocument, Server, ServerDiedError
from benchmarks.judge import Offer, Report, Severity, without_snippet_marks
from scone_ls.text import Encoding, Position, Text

_QUIET = 0.02
_TIMEOUT = 10


class Remote:
    """A running server; every text is opened under a name of its own, that says its kind, and closed again."""

    def __init__(self, server: Server, running: ExitStack) -> None:
        self._folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        self._client = Client(server, self._folder)
        running.callback(self._client.stop)
        self._client.initialize()
        self._opened = 0
        self._raw: dict[Report, Mapping[str, Any]] = {}

    def reports(self, text: str) -> tuple[Report, ...]:
        """Return the diagnostics that are published after the text was opened."""
        with self._document(text) as (_, raw):
            indexed = Text.of(text)
            self._raw = {_report(indexed, diagnostic): diagnostic for diagnostic in raw}
            return tuple(self._raw)

    def mended(self, text: str, report: Report) -> tuple[str, ...]:
        """Return the text after each quick fix for a diagnostic of the latest `reports`."""
        raw = self._raw.get(report)
        if raw is None:
            return ()
        with self._document(text) as (document, _):
            context = {"diagnostics": [raw], "only": ["quickfix"]}
            params = {
                "textDocument": {"uri": document.uri},
                "range": raw["range"],
                "context": context,
            }
            actions = self._client.ask("textDocument/codeAction", params).result or ()
            edits = [_edits(action, document.uri) for action in actions]
        return tuple(_edited(text, one) for one in edits if one)

    def offers(self, text: str, offset: int) -> tuple[Offer, ...]:
        """Return the completion items at an offset."""
        with self._document(text) as (document, _):
            place = Text.of(text).position(offset, Encoding.UTF16)
            params = {**document.at(*place), "context": {"triggerKind": 1}}
            items = _items(self._client.ask("textDocument/completion", params).result)
        return tuple(_offer(text, offset, item) for item in items)

    def explains(self, text: str, offset: int) -> bool:
        """Tell whether there is a hover at an offset."""
        with self._document(text) as (document, _):
            place = Text.of(text).position(offset, Encoding.UTF16)
            return bool(self._client.ask("textDocument/hover", document.at(*place)).result)

    @contextlib.contextmanager
    def _document(self, text: str) -> Generator[tuple[OpenDocument, Sequence[Mapping[str, Any]]]]:
        """Open a text, wait for its diagnostics, and close it at the end."""
        self._opened += 1
        kind = "genservice" if "environment:" in text or "build:" in text else "mesh"
        uri = (self._folder / f"{kind}-{self._opened}.yaml").as_uri()
        document = OpenDocument(self._client, uri, text)
        self._client.write(document.opened())
        try:
            _, last = self._client.diagnostics(uri, 1, _QUIET, _TIMEOUT)
            yield document, last.diagnostics
        finally:
            with contextlib.suppress(ServerDiedError):
                self._client.write(document.closed())


def _report(text: Text, diagnostic: Mapping[str, Any]) -> Report:
    start, end = _range(text, diagnostic["range"])
    severity = Severity(diagnostic.get("severity", 1))
    return Report(severity, str(diagnostic.get("code", "")), diagnostic["message"], start, end)


def _range(text: Text, place: Mapping[str, Mapping[str, int]]) -> tuple[int, int]:
    start, end = (
        text.offset(Position(place[side]["line"], place[side]["character"]), Encoding.UTF16)
        for side in ("start", "end")
    )
    return start, end


def _items(result: object) -> Sequence[Mapping[str, Any]]:
    """Return the items of a completion list, which may also be a bare list or nothing."""
    match result:
        case dict():
            return cast("Mapping[str, Sequence[Mapping[str, Any]]]", result)["items"]
        case list():
            return cast("Sequence[Mapping[str, Any]]", result)
        case _:
            return ()


def _edits(action: Mapping[str, Any], uri: str) -> Sequence[Mapping[str, Any]]:
    """Return what an action changes in one document, in either of the two shapes that an edit may have."""
    edit: Mapping[str, Any] = action.get("edit") or {}
    by_uri: Mapping[str, Sequence[Mapping[str, Any]]] = edit.get("changes") or {}
    changes = list(by_uri.get(uri, ()))
    documents: Sequence[Mapping[str, Any]] = edit.get("documentChanges") or ()
    for change in documents:
        if change.get("textDocument", {}).get("uri") == uri:
            changes += change["edits"]
    return changes


def _edited(string: str, edits: Sequence[Mapping[str, Any]]) -> str:
    text = Text.of(string)
    places = sorted(((*_range(text, edit["range"]), edit["newText"]) for edit in edits), reverse=True)
    for start, end, new in places:
        string = string[:start] + new + string[end:]
    return string


def _offer(string: str, offset: int, item: Mapping[str, Any]) -> Offer:
    label: str = item["label"]
    edit = item.get("textEdit")
    new = edit["newText"] if edit else item.get("insertText", label)
    start = end = offset
    if edit:
        start, end = _range(Text.of(string), edit.get("range") or edit["replace"])
    if item.get("insertTextFormat") == 2:
        new = without_snippet_marks(new)
    further = [(start, end, new)]
    text = Text.of(string)
    further += [(*_range(text, other["range"]), other["newText"]) for other in item.get("additionalTextEdits", ())]
    result = string
    for begin, stop, replacement in sorted(further, reverse=True):
        result = result[:begin] + replacement + result[stop:]
    return Offer(label, item.get("filterText", label), item.get("sortText", label), result)
