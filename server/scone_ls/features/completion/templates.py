"""Names inside of templates: secrets in `$$SCONE::…$$` with their parts and encodings, variables in `{{…}}`.

What stands on the line before the cursor decides, so that it works in every scalar, block scalars included, and in
text that is just being typed.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.analysis.workspace.interface import interface
from scone_ls.analysis.workspace.links import services
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.features import descriptions
from scone_ls.features.completion.item import Completion, CompletionKind
from scone_ls.spec import facts
from scone_ls.syntax.cursor import slot_at
from scone_ls.syntax.lines import line_end, line_start
from scone_ls.syntax.places import in_scalar
from scone_ls.syntax.slots import KeySlot, ValueSlot
from scone_ls.text import Span

_BEGUN = re.compile(r"\$\$?(?:S(?:C(?:O(?:N(?:E:?)?)?)?)?)?\Z", re.ASCII)
_CLOSED = re.compile(r"\$\$SCONE::[^$]*\$\$?\Z")
_NAME = re.compile(r"\$\$SCONE::(?P<name>[\w-]*)\Z", re.ASCII)
_SUFFIX = re.compile(r"\$\$SCONE::(?P<name>[\w-]+)(?P<suffix>[:.][\w:.-]*)\Z", re.ASCII)
_ENCODING = re.compile(r"\$\$SCONE::[\w-]+(?:[:.][\w:.-]*)?(?P<encoding>\|[\w()]*)\Z", re.ASCII)
_MESH = re.compile(r"(?P<braces>\{\{\{?)[ \t]*(?P<name>[\w.-]*)\Z", re.ASCII)
_BARE = re.compile(r"[ \t]*(?:-[ \t]+)*(?:[\w.-]+:[ \t]+)?\Z", re.ASCII)
_COMMENT = re.compile(r"[ \t]#")
_FAR = 500  # Code points before the cursor that are looked at.
_REST_OF_NAME = re.compile(r"[\w-]*", re.ASCII)
_REST_OF_MESH_NAME = re.compile(r"[\w.-]*[ \t]*", re.ASCII)


class _Offer(NamedTuple):
    """A name to offer, with what says most about it, and Markdown."""

    name: str
    detail: str = ""
    documentation: str = ""
    kind: CompletionKind = CompletionKind.REFERENCE
    deprecated: bool = False


class _Cursor(NamedTuple):
    """Where completion was asked for."""

    document: Document
    offset: int
    names: Names
    workspace: Workspace

    @property
    def string(self) -> str:
        return self.document.file.string

    def secrets(self) -> list[_Offer]:
        return [_Offer(name, kind or "imported") for name, kind in dict(_kinds(self.names, self.workspace)).items()]


def in_template(document: Document, offset: int, workspace: Workspace) -> list[Completion] | None:
    """Return what can stand in a template at an offset (code points); `None` where the cursor is in no template."""
    string = document.file.string
    before = string[max(line_start(string, offset), offset - _FAR) : offset]
    names = document.names_at(offset)
    if names is None or not before or not _is_value(document, offset, before):
        return None
    at = _Cursor(document, offset, names, workspace)
    for pattern, offer in ((_NAME, _secrets), (_SUFFIX, _suffixes), (_ENCODING, _encodings), (_MESH, _variables)):
        match = pattern.search(before)
        if match is not None:
            return offer(at, match)
    match = None if _CLOSED.search(before) else _BEGUN.search(before)
    return None if match is None else _whole(at, match)


def _is_value(document: Document, offset: int, before: str) -> bool:
    """Tell whether the offset is in a value: not in a comment, nor in a key."""
    slot = slot_at(document.file, offset)
    match slot:
        case ValueSlot() | KeySlot(is_open=True):
            return True
        case _:
            return in_scalar(document.file, offset) or _unquoted(before) is not None


def _unquoted(before: str) -> re.Match[str] | None:
    """Return the begun `{{` that is all there is of a value, so that quotes have to be put around it."""
    match = _MESH.search(before)
    return match if match is not None and _BARE.fullmatch(before[: match.start()]) else None


def _secrets(at: _Cursor, match: re.Match[str]) -> list[Completion]:
    string, offset = at.string, at.offset
    end = _REST_OF_NAME.match(string, offset).end()  # type: ignore[union-attr]  # It matches nothing, too.
    closing = "" if string[end : end + 1] in ("$", ":", ".", "|") else facts.placeholders().closing
    span = Span(offset - len(match["name"]), end)
    return _completions(span, at.secrets(), closing)


def _whole(at: _Cursor, match: re.Match[str]) -> list[Completion]:
    known = facts.placeholders()
    offers = [offer._replace(name=f"{known.opening}{offer.name}{known.closing}") for offer in at.secrets()]
    return _completions(Span(at.offset - len(match[0]), at.offset), offers, "")


def _suffixes(at: _Cursor, match: re.Match[str]) -> list[Completion]:
    kinds = {kind for name, kind in _kinds(at.names, at.workspace) if name == match["name"]}
    typed = match["suffix"]
    offers = [
        _Offer(one.text, one.replacement or "", one.description, CompletionKind.VALUE, one.deprecated)
        for group in facts.placeholders().suffixes
        if not kinds or not kinds.isdisjoint(group.kinds) or None in kinds
        for one in group.suffixes
        if one.text.startswith(typed[0])
    ]
    string, offset = at.string, at.offset
    closing = "" if string[offset : offset + 1] in ("$", "|") else facts.placeholders().closing
    return _completions(Span(offset - len(typed), offset), offers, closing)


def _encodings(at: _Cursor, match: re.Match[str]) -> list[Completion]:
    offers = [_Offer(one.text, "", one.description, CompletionKind.VALUE) for one in facts.placeholders().encodings]
    closing = "" if at.string[at.offset : at.offset + 1] == "$" else facts.placeholders().closing
    return _completions(Span(at.offset - len(match["encoding"]), at.offset), offers, closing)


def _variables(at: _Cursor, match: re.Match[str]) -> list[Completion]:
    string, offset = at.string, at.offset
    end = _REST_OF_MESH_NAME.match(string, offset).end()  # type: ignore[union-attr]  # It matches nothing, too.
    braces = len(match["braces"])
    there = len(string[end : end + braces]) - len(string[end : end + braces].lstrip("}"))
    closing = "}" * (braces - there)
    before = string[line_start(string, offset) : offset]
    if _unquoted(before) is None or in_scalar(at.document.file, offset):
        return _completions(Span(offset - len(match["name"]), end), _known_variables(at.names), closing)
    rest = _COMMENT.split(string[end : line_end(string, end)])[0].rstrip()
    offers = [
        offer._replace(name=f'"{match["braces"]}{offer.name}{closing}{rest}"') for offer in _known_variables(at.names)
    ]
    start = offset - len(match[0])
    return _completions(
        Span(start, end + len(rest)), offers, "", labels=[offer.name for offer in _known_variables(at.names)]
    )


def _completions(
    span: Span, offers: Iterable[_Offer], closing: str, labels: Iterable[str] | None = None
) -> list[Completion]:
    offered = list(offers)
    shown = list(labels) if labels is not None else [offer.name for offer in offered]
    return [
        Completion(
            label=label,
            kind=offer.kind,
            detail=offer.detail,
            documentation=offer.documentation,
            span=span,
            new_text=offer.name + closing,
            snippet=None,
            rank=rank,
            filter_text=offer.name.removeprefix('"'),
            preselect=False,
            deprecated=offer.deprecated,
        )
        for rank, (label, offer) in enumerate(zip(shown, offered, strict=True))
    ]


def _kinds(names: Names, workspace: Workspace) -> Iterator[tuple[str, str | None]]:
    """Yield the secrets that a placeholder can name, with their kinds as far as they are known."""
    for occurrence in names.all(NameKind.SECRET, Role.DECLARES):
        yield occurrence.name, occurrence.detail
    for name in names.by_name(NameKind.SECRET, Role.IMPORTS):
        yield name, None
    for linked in services(workspace, interface(names)):
        for part in linked.builders:
            yield from sorted(part.interface.secrets)


def _known_variables(names: Names) -> list[_Offer]:
    """Return the variables of the mesh that the manifest declares, then those that the mesh tool defines."""
    declared = [
        _Offer(occurrence.name, "" if occurrence.detail is None else f"default {occurrence.detail}")
        for occurrence in names.all(NameKind.VARIABLE, Role.DECLARES)
    ]
    own = [
        _Offer(one.name, "defined by the mesh tool", descriptions.of_fact(one.name, "Variable", one.description))
        for one in facts.builtin_names()
    ]
    return [*declared, *own]
