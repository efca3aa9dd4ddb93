"""Conversions of the answers about names, which are places in one file or several; all others are in `convert`.

A place in a file that cannot be read any more is left out.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from scone_ls.analysis.document import Document
from scone_ls.lsp import convert
from scone_ls.lsp.capabilities import Client
from scone_ls.lsp.messages import Json
from scone_ls.lsp.session import Session
from scone_ls.text import Span, Text

if TYPE_CHECKING:
    # Loaded by those who call the features.
    from scone_ls.analysis.workspace.symbols import Located
    from scone_ls.analysis.workspace.workspace import Workspace
    from scone_ls.features.definition import Definition
    from scone_ls.features.document_links import DocumentLink
    from scone_ls.features.highlight import Highlight
    from scone_ls.features.inlay_hints import InlayHint
    from scone_ls.features.rename import Renameable
    from scone_ls.features.workspace_symbols import WorkspaceSymbol

_SYMBOL_KINDS = {
    "secret": 14,  # Constant; all of these are kinds that every client knows.
    "variable": 13,  # Variable
    "local": 13,  # Variable
    "service": 5,  # Class
    "program": 2,  # Module
    "image": 4,  # Package
    "volume": 8,  # Field
    "injected": 1,  # File
}
_OTHER_SYMBOL = 13
_HIGHLIGHT_KINDS = {"read": 2, "write": 3}
_TYPE_HINT = 1


def definition(found: "Definition", document: Document, session: Session) -> list[Json]:
    """Return where a name leads: links for clients that know them, else locations."""
    places = _Places(session)
    located = [(target.uri, range_) for target in found.targets if (range_ := places.range_(target.uri, target.span))]
    if not session.client.definition_links:
        return [{"uri": uri, "range": range_} for uri, range_ in located]
    origin = convert.range_(document.text, found.span, session.client.encoding)
    return [
        {"originSelectionRange": origin, "targetUri": uri, "targetRange": range_, "targetSelectionRange": range_}
        for uri, range_ in located
    ]


def locations(found: "Iterable[Located]", session: Session) -> list[Json]:
    """Return places as locations."""
    places = _Places(session)
    ranges = ((uri, places.range_(uri, occurrence.span)) for uri, occurrence in found)
    return [{"uri": uri, "range": range_} for uri, range_ in ranges if range_ is not None]


def workspace_symbols(found: "Iterable[WorkspaceSymbol]", session: Session) -> list[Json]:
    """Return declared names with their places."""
    return list(_symbols(found, _Places(session)))


def renameable(found: "Renameable", text: Text, client: Client) -> Json:
    """Return a name that can be changed, and its place."""
    return {"range": convert.range_(text, found.span, client.encoding), "placeholder": found.name}


def highlights(found: "Iterable[Highlight]", text: Text, client: Client) -> list[Json]:
    """Return the places of a name in one document."""
    return [
        {"range": convert.range_(text, highlight.span, client.encoding), "kind": _HIGHLIGHT_KINDS[highlight.kind.value]}
        for highlight in found
    ]


def links(found: "Iterable[DocumentLink]", text: Text, client: Client) -> list[Json]:
    """Return links, with a word about each if the client shows it."""
    converted: list[Json] = []
    for link in found:
        shown = {"tooltip": link.tooltip} if client.link_tooltips else {}
        converted.append({"range": convert.range_(text, link.span, client.encoding), "target": link.target, **shown})
    return converted


def hints(found: "Iterable[InlayHint]", text: Text, client: Client) -> list[Json]:
    """Return inlay hints; a kind follows its name at once, as a type does."""
    converted: list[Json] = []
    for hint in found:
        position = convert.range_(text, Span(hint.offset, hint.offset), client.encoding)["start"]
        shown: Json = {"kind": _TYPE_HINT} if hint.is_kind else {"paddingLeft": True}
        converted.append({"position": position, "label": hint.label, **shown})
    return converted


def _symbols(found: "Iterable[WorkspaceSymbol]", places: "_Places") -> Iterator[Json]:
    for uri, listed in found:
        range_ = places.range_(uri, Span(listed.start, listed.end))
        if range_ is not None:
            kind = _SYMBOL_KINDS.get(listed.kind.value, _OTHER_SYMBOL)
            location = {"uri": uri, "range": range_}
            yield {"name": listed.name, "kind": kind, "location": location, "containerName": listed.container}


class _Places:
    """Ranges in the files of one answer; each file's text is looked up once, and no tree is needed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._workspace: Workspace = session.workspace
        self._texts: dict[str, Text | None] = {}

    def range_(self, uri: str, span: Span) -> Json | None:
        """Return the range of a span; that of a whole file, which may be no text at all, is at its beginning."""
        if span == (0, 0):
            start = {"line": 0, "character": 0}
            return {"start": start, "end": start}
        text = self._text(uri)
        return None if text is None else convert.range_(text, span, self._session.client.encoding)

    def _text(self, uri: str) -> Text | None:
        if uri not in self._texts:
            member = self._workspace.members.get(uri)
            if member is None:
                self._texts[uri] = self._session.text_of(uri)
            else:
                self._texts[uri] = Text.of(member.string) if member.opened is None else member.opened.text
        return self._texts[uri]
