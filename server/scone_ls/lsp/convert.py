"""Every conversion between the protocol and the core: positions, ranges, URIs, and what features answer.

Answers are plain JSON objects, as building protocol objects of many diagnostics or completions takes ten times as long.
Columns are counted in the unit agreed with the client, see `text.Encoding`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, TypeAlias

from scone_ls.analysis.document import Document
from scone_ls.edit import Edit
from scone_ls.lsp.capabilities import BUILD_COMMAND, CHECK_COMMAND, DOCTOR_COMMAND, Client
from scone_ls.lsp.changing import Place
from scone_ls.lsp.messages import Json, Message, Notification
from scone_ls.rules.rule import Severity, Tag
from scone_ls.settings import SECTION
from scone_ls.text import Encoding, Position, Span, Text

if TYPE_CHECKING:
    # Loaded by those who call the features; diagnostics, which come first, need not wait for them.
    from lsprotocol import types

    from scone_ls.features.code_actions import CodeAction
    from scone_ls.features.code_lens import CodeLens
    from scone_ls.features.completion import Completion
    from scone_ls.features.diagnostics import Diagnostic
    from scone_ls.features.hover import Hover
    from scone_ls.features.outline import OutlineItem
    from scone_ls.lsp.build_reports import Reported

_FILE = re.compile(r"file:(?://([^/]*))?(/.*)", re.IGNORECASE | re.DOTALL)
_NO_PATH = re.compile(r"[\0\ud800-\udc7f\udd00-\udfff]")  # `surrogateescape` makes other halves of pairs.
_FENCE = re.compile(r"^```.*\n?", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)")
_MARKS = re.compile(r"\*\*|`|^#+ ", re.MULTILINE)
_SEVERITIES = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.INFORMATION: 3, Severity.HINT: 4}
_TAGS = {Tag.UNNECESSARY: 1, Tag.DEPRECATED: 2}
_COMPLETION_KINDS = {
    "key": 10,  # Property
    "value": 12,  # Value
    "variable": 6,  # Variable
    "reference": 18,  # Reference
    "snippet": 15,  # Snippet
    "file": 17,  # File
    "folder": 19,  # Folder
}
_SYMBOL_KINDS = {
    "section": 2,  # Module; all of these are kinds that every client knows.
    "list": 18,  # Array
    "item": 8,  # Field
    "value": 7,  # Property
}
BUILD_SOURCE = "sconectl"
"""The source of diagnostics that come from a build."""
_DEEDS: Mapping[str, tuple[str, Json]] = {
    "BUILD": (BUILD_COMMAND, {}),
    "BUILD_WITH_SERVICES": (BUILD_COMMAND, {"withServices": True}),
    "CHECK": (CHECK_COMMAND, {}),
    "DOCTOR": (DOCTOR_COMMAND, {}),
}
_NAMELESS = "-"
"""Stands for a name that is empty, which clients reject."""
_DRIVE = re.compile(r"/[A-Za-z]:")


TextOf: TypeAlias = Callable[[str], Text | None]
"""Gives the text of a file by its URI, as the client has it; `None` where there is none."""
VersionOf: TypeAlias = Callable[[str], int | None]
"""Gives the client's number of the text of an open file; `None` for any other."""


def opening(message: Message | None) -> tuple[str, int | None, str] | None:
    """Return URI, version and text of the document that a message opens; `None` if it does something else."""
    if not isinstance(message, Notification) or message.method != "textDocument/didOpen":
        return None
    match message.params:
        case {"textDocument": {"uri": str(uri), "version": int(version), "text": str(text)}}:
            return uri, version, text
        case _:
            return None


def offset(text: Text, position: "types.Position | Place", encoding: Encoding) -> int:
    """Return the offset of a position."""
    return text.offset(Position(position.line, position.character), encoding)


def span(text: Text, range_: "types.Range", encoding: Encoding) -> Span:
    """Return the span of a range; one that ends before it starts counts the other way round."""
    return span_between(text, (range_.start, range_.end), encoding)


def span_between(
    text: Text, places: "tuple[types.Position | Place, types.Position | Place]", encoding: Encoding
) -> Span:
    """Return the span between two positions, in whichever order they come."""
    start, end = (offset(text, place, encoding) for place in places)
    return Span(min(start, end), max(start, end))


def range_(text: Text, span: Span, encoding: Encoding) -> Json:
    """Return the range of a span."""
    start, end = text.position(span.start, encoding), text.position(span.end, encoding)
    return {
        "start": {"line": start.line, "character": start.column},
        "end": {"line": end.line, "character": end.column},
    }


@lru_cache(maxsize=256)
def key(uri: str) -> str:
    """Return the one spelling of a URI under which a document is kept; clients escape the same path differently."""
    scheme, colon, rest = uri.partition(":")
    path = _unescaped(rest)
    if scheme.lower() == "file" and _DRIVE.match(path.removeprefix("//")):
        path = path.lower()  # Drives, and paths on them, come in either case.
    return f"{scheme.lower()}{colon}{path}"


def path(uri: str, *, windows: bool) -> PurePath | None:
    """Return the path of a `file:` URI as the machine writes it; `None` for any other scheme, or where it can be no path."""
    match = _FILE.fullmatch(uri)
    if match is None:
        return None
    host, name = _unescaped(match[1] or ""), _unescaped(match[2])
    if _NO_PATH.search(name):
        return None
    if not windows:
        return PurePosixPath(name)
    if host and host.lower() != "localhost":
        return PureWindowsPath(f"//{host}{name}")
    return PureWindowsPath(name[1:] if _DRIVE.match(name) else name)


def diagnostic(found: "Diagnostic", document: Document, client: Client, text_of: TextOf) -> Json:
    """Return a diagnostic with as much as the client can show; places in files that are gone are left out."""
    text, encoding = document.text, client.encoding
    converted: Json = {
        "range": range_(text, found.span, encoding),
        "severity": _SEVERITIES[found.severity],
        "code": found.code,
        "source": SECTION,
        "message": found.message,
    }
    if client.code_description:
        converted["codeDescription"] = {"href": found.url}
    tags = sorted(_TAGS[tag] for tag in found.tags if _TAGS[tag] in client.tags_of_diagnostics)
    if tags:
        converted["tags"] = tags
    if found.related and client.related_information:
        converted["relatedInformation"] = [
            {"location": place, "message": related.message}
            for related in found.related
            if (place := _location(related.uri, related.span, document, encoding, text_of)) is not None
        ]
    return converted


def build_problem(reported: "Reported", text: Text, client: Client) -> Json:
    """Return what a build said as a diagnostic; the lines of its log are related to it."""
    problem = reported.problem
    converted: Json = {
        "range": range_(text, reported.span, client.encoding),
        "severity": 1 if problem.level.value == "error" else 2,
        "source": BUILD_SOURCE,
        "message": problem.text,
    }
    if problem.code is not None:
        converted["code"] = problem.code
    if reported.log is not None and client.related_information:
        converted["relatedInformation"] = [
            {"location": {"uri": reported.log, "range": _line(raw.number - 1, len(raw.text))}, "message": raw.text}
            for raw in problem.raw
        ]
    return converted


def code_lens(found: "CodeLens", text: Text, client: Client) -> Json:
    """Return an offer with the command that takes it up."""
    command, options = _DEEDS[found.deed.name]
    arguments: list[Json | str] = [found.uri, *([dict(options)] if options else [])]
    return {
        "range": range_(text, found.span, client.encoding),
        "command": {"title": found.title, "command": command, "arguments": arguments},
    }


def _line(number: int, length: int) -> Json:
    return {"start": {"line": number, "character": 0}, "end": {"line": number, "character": length}}


def _location(uri: str | None, span: Span, document: Document, encoding: Encoding, text_of: TextOf) -> Json | None:
    """Return a place in the document, or in the file of that URI."""
    text = document.text if uri in (None, document.uri) else text_of(uri)
    return None if text is None else {"uri": uri or document.uri, "range": range_(text, span, encoding)}


def hover(found: "Hover", text: Text, client: Client) -> Json:
    """Return a hover over its word."""
    return {
        "contents": _markup(found.markdown, markdown_=client.markdown_in_hover),
        "range": range_(text, found.span, client.encoding),
    }


def code_action(
    found: "CodeAction", document: Document, client: Client, text_of: TextOf, version_of: VersionOf
) -> Json | None:
    """Return a code action with its edits and the diagnostic that it is about; nothing if a file of it is gone."""
    edits = workspace_edit(((document.uri, found.edits), *found.elsewhere), client, text_of, version_of)
    if edits is None:
        return None
    converted: Json = {"title": found.title, "kind": found.kind, "edit": edits}
    if found.diagnostic is not None:
        converted["diagnostics"] = [diagnostic(found.diagnostic, document, client, text_of)]
    if found.preferred and client.preferred_actions:
        converted["isPreferred"] = True
    return converted


def workspace_edit(
    found: "Iterable[tuple[str, Iterable[Edit]]]", client: Client, text_of: TextOf, version_of: VersionOf
) -> Json | None:
    """Return edits of several files by their URIs, in the versions that the client has; nothing if one of them is gone."""
    converted: dict[str, list[Json]] = {}
    for uri, edits in found:
        text = text_of(uri)
        if text is None:
            return None
        several = [text_edit(edit, text, client.encoding) for edit in edits]
        if several:
            converted[uri] = several
    if not client.versioned_changes:
        return {"changes": converted}
    return {
        "documentChanges": [
            {"textDocument": {"uri": uri, "version": version_of(uri)}, "edits": edits}
            for uri, edits in converted.items()
        ]
    }


def completions(found: "Iterable[Completion]", document: Document, offset: int, client: Client) -> Json:
    """Return the whole list of completions at an offset."""
    return {"isIncomplete": False, "items": [_completion(item, document.text, offset, client) for item in found]}


def _completion(found: "Completion", text: Text, offset: int, client: Client) -> Json:
    converted: Json = {
        "label": found.label,
        "kind": _COMPLETION_KINDS[found.kind.value],
        "sortText": f"{found.rank:05}",
        "textEdit": _completion_edit(found, text, offset, client),
    }
    if found.filter_text != found.label:
        converted["filterText"] = found.filter_text
    if found.detail:
        converted["detail"] = found.detail
    if found.documentation:
        converted["documentation"] = _markup(found.documentation, markdown_=client.markdown_in_completion)
    if found.snippet is not None and client.snippets:
        converted["insertTextFormat"] = 2
    if client.as_is_indentation:
        converted["insertTextMode"] = 1
    if found.preselect and client.preselect:
        converted["preselect"] = True
    if found.deprecated and client.deprecated_tag:
        converted["tags"] = [1]
    return converted


def _completion_edit(found: "Completion", text: Text, offset: int, client: Client) -> Json:
    """Return what accepting an item does; some clients let their users keep what stands behind the cursor."""
    new_text = found.new_text if found.snippet is None or not client.snippets else found.snippet
    whole = range_(text, found.span, client.encoding)
    if not client.insert_replace or found.span.end <= offset:
        return {"range": whole, "newText": new_text}
    before = range_(text, Span(found.span.start, offset), client.encoding)
    return {"insert": before, "replace": whole, "newText": new_text}


def symbols(found: "Iterable[OutlineItem]", document: Document, client: Client) -> list[Json]:
    """Return the symbols of a document: a tree, or a list for clients that show no trees."""
    if client.hierarchical_symbols:
        return [_symbol(item, document.text, client) for item in found]
    return list(_flat_symbols(found, document, client, container=None))


def _symbol(found: "OutlineItem", text: Text, client: Client) -> Json:
    converted: Json = {
        "name": found.name.strip() or _NAMELESS,
        "kind": _SYMBOL_KINDS[found.kind.value],
        "range": range_(text, found.span, client.encoding),
        "selectionRange": range_(text, found.name_span, client.encoding),
    }
    if found.detail:
        converted["detail"] = found.detail
    if found.deprecated and client.symbol_tags:
        converted["tags"] = [1]
    if found.children:
        converted["children"] = [_symbol(child, text, client) for child in found.children]
    return converted


def _flat_symbols(
    found: "Iterable[OutlineItem]", document: Document, client: Client, container: str | None
) -> Iterator[Json]:
    for item in found:
        name = item.name.strip() or _NAMELESS
        place = {"uri": document.uri, "range": range_(document.text, item.span, client.encoding)}
        converted: Json = {"name": name, "kind": _SYMBOL_KINDS[item.kind.value], "location": place}
        yield converted if container is None else {**converted, "containerName": container}
        yield from _flat_symbols(item.children, document, client, name)


def is_wanted(kind: str, only: Iterable[str] | None) -> bool:
    """Tell whether a kind of action is among those that a client asks for, which stand for the kinds below them, too."""
    return only is None or any(wanted in ("", kind) or kind.startswith(f"{wanted}.") for wanted in only)


def text_edit(edit: Edit, text: Text, encoding: Encoding) -> Json:
    """Return an edit."""
    return {"range": range_(text, edit.span, encoding), "newText": edit.new_text}


def _markup(markdown: str, *, markdown_: bool) -> Json:
    """Return a documentation in the format that a client can show."""
    if markdown_:
        return {"kind": "markdown", "value": markdown}
    return {"kind": "plaintext", "value": plain(markdown)}


def plain(markdown: str) -> str:
    """Return Markdown as a text to be read as it is: no fences, no marks, the address behind the words of a link."""
    text = _FENCE.sub("", markdown)
    text = _LINK.sub(r"\1 (\2)", text)
    return _MARKS.sub("", text).strip()


def _unescaped(text: str) -> str:
    if "%" not in text:
        return text
    from urllib.parse import unquote

    return unquote(text, errors="surrogateescape")
