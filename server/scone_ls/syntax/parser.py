"""Text to the entries of its documents: whole, or from the version before an edit.

An entry means the same wherever it stands, so after an edit only the entries that it touches are read again. The
result is always that of a fresh parse.
"""

from collections.abc import Iterator
from typing import NamedTuple

from scone_ls.edit import Edit
from scone_ls.syntax import green, limits, lines
from scone_ls.syntax.cut import Cut, Kept
from scone_ls.syntax.faults import Fault, FaultKind, Repair
from scone_ls.syntax.splice import kept_entries, spliced

_BOM = "\ufeff"


class Parsed(NamedTuple):
    """The documents of a text with their offsets, and the faults that belong to no single entry.

    `settled` says that every entry was read without regard to its surroundings.
    """

    documents: tuple[tuple[int, green.Entry], ...]
    faults: tuple[Fault, ...]
    settled: bool


def parse_text(string: str) -> Parsed:
    """Parse a whole text."""
    return _parse(string, {})


def reparse_text(string: str, parsed: Parsed, edit: Edit) -> tuple[str, Parsed]:
    """Return the text after an edit, and what a fresh parse of it gives."""
    start, end = edit.span
    new = string[:start] + edit.new_text + string[end:]
    if parsed.settled and not new.startswith(_BOM):
        documents = spliced(string, new, parsed.documents, edit)
        if documents is not None:
            return new, Parsed(documents, (), settled=True)
    return new, _parse(new, kept_entries(parsed.documents, edit))


def _parse(string: str, kept: Kept) -> Parsed:
    text = _readable(string)
    documents: list[tuple[int, green.Entry]] = []
    faults: list[Fault] = []
    settled = True
    for start, end, may_cut in _documents(text, len(_BOM) if string.startswith(_BOM) else 0):
        guard = limits.excess(text, start, end)
        if guard is not None:
            documents.append((start, green.Entry(end - start, -1, None, (guard.moved(-start),), bound=True)))
            settled = False
            continue
        cut = Cut(text, start, end, kept)
        documents.append((start, cut.document(may_cut=may_cut)))
        faults += cut.mended.faults
        settled = settled and cut.settled and may_cut
    faults += _undefined_aliases(documents)
    faults += _text_after_end(text)
    return Parsed(tuple(documents), tuple(faults), settled)


def _readable(string: str) -> str:
    """Return the text with every lone carriage return written as the line end that it is; no offset changes.

    A byte order mark at its beginning becomes a line end, so that what follows stands at the beginning of a line.
    """
    if string.startswith(_BOM):
        string = "\n" + string[len(_BOM) :]
    if "\r" not in string:
        return string
    return string.replace("\r\n", "\0\n").replace("\r", "\n").replace("\0\n", "\r\n") if "\0" not in string else string


def _documents(text: str, start: int) -> Iterator[tuple[int, int, bool]]:
    """Yield start and end of each document from an offset on, and whether it may be cut.

    The lines `---` and `...` stand between documents; one with content behind the marker is left to ruamel.yaml whole,
    marker and directives included.
    """
    marks = lines.markers(text, start)
    if not marks and lines.directive(text, start, len(text)) is None:
        yield start, len(text), lines.may_be_cut(text)
        return
    begin = start
    open_marker = False  # Whether the document from `begin` on began with `---`.
    for mark in [*marks, None]:
        end = len(text) if mark is None else mark.start()
        directive = lines.directive(text, begin, end)
        following = mark is not None and mark.group() == "---"
        if directive is not None and following and mark is not None and _is_blank(text, begin, directive.start()):
            continue  # Directives and their document go together; the next round ends it.
        has_text = not _is_blank(text, begin, end)
        if has_text or open_marker:
            if directive is not None or text.startswith("---", begin):
                yield begin, end, False
            else:
                yield begin, end, lines.may_be_cut(text)
        if mark is None:
            return
        line = lines.next_line(text, mark.end())
        content = text[mark.end() : line].strip()
        open_marker = mark.group() == "---"
        begin = mark.start() if open_marker and content and not content.startswith("#") else line


def _is_blank(text: str, start: int, end: int) -> bool:
    return lines.first_content(text, start, end) is None


def _text_after_end(text: str) -> Iterator[Fault]:
    """Yield a fault for each `...` with more than a comment behind it."""
    if "..." not in text:
        return
    for match in lines.AFTER_END.finditer(text):
        message = "text behind `...`, which ends the document"
        yield Fault(FaultKind.SYNTAX, match.start(1), match.end(1), message)


def _undefined_aliases(documents: list[tuple[int, green.Entry]]) -> Iterator[Fault]:
    """Yield a fault for each alias whose anchor does not stand before it in its document."""
    for base, entry in documents:
        if not entry.names:
            continue
        defined: set[str] = set()
        for distance, node in limits.named_nodes(entry, base):
            if isinstance(node, green.Alias):
                if node.name not in defined:
                    message = f"no anchor `&{node.name}` stands before this alias"
                    start, end = distance + node.start, distance + node.end
                    quote = node.name[-1:] if node.name[-1:] in ("'", '"') else ""
                    edits = ((start, start, quote or '"'), *(() if quote else ((end, end, '"'),)))
                    repair = Repair("put the value in quotes", edits)
                    yield Fault(FaultKind.SYNTAX, start, end, message, (repair,))
            elif node.anchor is not None:
                defined.add(node.anchor.name)
