"""What completion offers, as plain data."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, TypeAlias

from scone_ls.text import Span


class CompletionKind(Enum):
    """What sort of thing is offered; an editor shows an icon for it."""

    KEY = "key"
    VALUE = "value"
    VARIABLE = "variable"
    REFERENCE = "reference"
    """The name of something that the document defines."""
    SNIPPET = "snippet"
    FILE = "file"
    FOLDER = "folder"


class Entry(NamedTuple):
    """What lies in a folder, by its name."""

    name: str
    is_folder: bool


Listing: TypeAlias = Callable[[str], Iterable[Entry]]
"""Tells what lies in a folder: its path as the manifest would write it, empty or ending in `/`. The edge knows that."""


def no_listing(_folder: str) -> Iterable[Entry]:
    """Know of no files."""
    return ()


@dataclass(frozen=True, slots=True)
class CompletionOptions:
    """What the client can take: `snippets` says whether it understands places to fill in; and which files there are."""

    snippets: bool
    listing: Listing = no_listing


@dataclass(frozen=True, slots=True)
class Completion:
    """One item.

    Accepting it replaces `span` (code points) by `new_text`, or by `snippet` where there is one; both have their final
    indentation. Items are shown in the order of `rank`. `documentation` is Markdown. `filter_text` is what the typed
    text is compared with.
    """

    label: str
    kind: CompletionKind
    detail: str
    documentation: str
    span: Span
    new_text: str
    snippet: str | None
    rank: int
    filter_text: str
    preselect: bool
    deprecated: bool
