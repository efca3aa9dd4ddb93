"""What a benchmark asks a server, in plain data: offsets in code points, whole texts instead of edits.

Two kinds of server answer: our core, called in this process (`benchmarks.core`), and any server over stdio
(`benchmarks.remote`).
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple, Protocol


class Severity(IntEnum):
    """The severities of the Language Server Protocol, by its numbers."""

    ERROR = 1
    WARNING = 2
    INFORMATION = 3
    HINT = 4


class Report(NamedTuple):
    """One diagnostic: `start` and `end` are code points, half-open."""

    severity: Severity
    code: str
    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Offer:
    """One completion item, as a client sees it; `result` is the document after it was accepted.

    `word` is what the client filters by.
    """

    label: str
    word: str
    order: str
    result: str


class Judge(Protocol):
    """A server that can be asked about a text."""

    def reports(self, text: str) -> tuple[Report, ...]:
        """Return the diagnostics of a text."""
        ...

    def mended(self, text: str, report: Report) -> tuple[str, ...]:
        """Return the text after each quick fix that is offered for a diagnostic."""
        ...

    def offers(self, text: str, offset: int) -> tuple[Offer, ...]:
        """Return what completion offers at an offset."""
        ...

    def explains(self, text: str, offset: int) -> bool:
        """Tell whether there is a hover at an offset."""
        ...


def shown(offers: tuple[Offer, ...], prefix: str) -> list[Offer]:
    """Return the offers as a client shows them: those that go on from what is typed, in the server's order."""
    matching = [offer for offer in offers if offer.word.lower().startswith(prefix.lower())]
    return sorted(matching, key=lambda offer: offer.order)


def without_snippet_marks(snippet: str) -> str:
    r"""Return a snippet's text as it stands right after it was accepted: `${1:word}` is `word`, `$0` is nothing."""
    text = re.sub(r"(?<!\\)\$\{\d+\|([^,|}]*)[^}]*\|\}", r"\1", snippet)
    previous = None
    while previous != text:
        previous = text
        text = re.sub(r"(?<!\\)\$\{\d+(?::((?:[^{}\\$]|\\.)*))?\}", lambda found: found[1] or "", text)
    text = re.sub(r"(?<!\\)\$\d+", "", text)
    return re.sub(r"\\([\\$}])", r"\1", text)
