"""What is looked at before and beside the parsing itself, by scans that need no stack.

Nesting and the length of flow text are bounded before ruamel.yaml sees a text: its libyaml-based reader overflows the
stack on deep nesting, and its pure one needs 15 s for 1 MB of flow text in one line.
"""

import re
from collections.abc import Iterator

from scone_ls.syntax import green
from scone_ls.syntax.faults import Fault, FaultKind

DEPTH = 200
FLOW_LINE = 256 * 1024
FEW = 40  # So many brackets in a small piece cannot nest too deeply together with the lines around it.

_TOKEN = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:''|[^'])*'|(?:(?<=\s)|^)#[^\n]*|[\[\]{}]", re.DOTALL)
_DASHES = re.compile(r"(?m)^ *(?:(?:-|\?) +)*")
_INDENTED = re.compile(r"(?m)^( *)[^ \r\n#]")
_CLOSING = {"'": re.compile(r"(?:''|[^'])*'"), '"': re.compile(r"(?:\\.|[^\"\\])*\"", re.DOTALL)}
_SAMPLE = 4_000


def excess(text: str, start: int, end: int) -> Fault | None:
    """Return a fault where a document is nested too deeply, or holds too long a line of flow text."""
    if text.count("[", start, end) + text.count("{", start, end) > FEW:
        place = _deep_flow(text, start, end)
        if place is not None:
            return Fault(FaultKind.SYNTAX, place, place + 1, f"nested more than {DEPTH} levels deep; this is not read")
    line = _long_flow_line(text, start, end)
    if line is not None:
        return Fault(FaultKind.SYNTAX, line, line + 1, "a line of more than 256 kB in brackets; this is not read")
    place = _deep_block(text, start, end)
    if place is not None:
        return Fault(FaultKind.SYNTAX, place, place + 1, f"nested more than {DEPTH} levels deep; this is not read")
    return None


def indent_unit(text: str, start: int, end: int) -> int:
    """Return by how many blanks a document indents: the least indentation that occurs near its beginning."""
    sample = _INDENTED.finditer(text, start, min(end, start + _SAMPLE))
    return min((len(match.group(1)) for match in sample if match.group(1)), default=2)


def closing(text: str, opening: int, end: int) -> int | None:
    """Return the offset of the quote or bracket that closes the one at `opening`, if it stands before `end`."""
    if text[opening : opening + 1] not in ("'", '"', "[", "{"):
        return None
    pattern = _CLOSING.get(text[opening])
    if pattern is not None:
        match = pattern.match(text, opening + 1, end)
        return None if match is None else match.end() - 1
    depth = 0
    for token in _TOKEN.finditer(text, opening, end):
        if token.group() in "[{":
            depth += 1
        elif token.group() in "]}":
            depth -= 1
            if depth == 0:
                return token.start()
    return None


def named_nodes(
    entry: green.Entry, base: int
) -> Iterator[tuple[int, green.Scalar | green.Mapping | green.Sequence | green.Alias]]:
    """Yield the nodes of a document in the order of the text, each with the distance to be added to its offsets."""
    child = entry.child
    if child is None or isinstance(child, green.Pair | green.Item):
        return
    stack: list[tuple[int, green.Node]] = [(base, child)]
    while stack:
        base, node = stack.pop()
        if isinstance(node, green.Broken):
            continue
        yield base, node
        if isinstance(node, green.Mapping):
            stack.extend(
                part
                for distance, pair in reversed(list(green.pairs_of(node)))
                for part in ((base + distance, pair.value), (base + distance, pair.key))
            )
        elif isinstance(node, green.Sequence):
            stack.extend((base + distance, item.value) for distance, item in reversed(list(green.items_of(node))))


def _deep_flow(text: str, start: int, end: int) -> int | None:
    depth = 0
    for match in re.compile(r"[\[\]{}]").finditer(text, start, end):
        if match.group() in "[{":
            depth += 1
            if depth > DEPTH:
                return _really_deep_flow(text, start, end)
        else:
            depth = max(0, depth - 1)
    return None


def _really_deep_flow(text: str, start: int, end: int) -> int | None:
    """Count again, without the brackets in quotes and comments; in broken text a bracket too many is one too many."""
    depth = 0
    for token in _TOKEN.finditer(text, start, end):
        if token.group() in "[{":
            depth += 1
            if depth > DEPTH:
                return token.start()
        elif token.group() in "]}":
            depth = max(0, depth - 1)
    return None


def _long_flow_line(text: str, start: int, end: int) -> int | None:
    if end - start <= FLOW_LINE:
        return None
    position = start
    while position < end:
        line_end = text.find("\n", position, end)
        line_end = end if line_end < 0 else line_end
        if line_end - position > FLOW_LINE and ("[" in text[position:line_end] or "{" in text[position:line_end]):
            return position
        position = line_end + 1
    return None


_MAY_BE_DEEP = (" " * 200, "- - - - - - - -", "? ? ? ? ? ? ? ?")


def _deep_block(text: str, start: int, end: int) -> int | None:
    """Return where block collections nest too deeply: every level needs a deeper column."""
    if not any(text.find(sign, start, end) >= 0 for sign in _MAY_BE_DEEP):
        return None
    columns: list[int] = []
    for match in _DASHES.finditer(text, start, end):
        prefix = match.group()
        if not prefix.strip() and (match.end() >= end or text[match.end()] in "\r\n"):
            continue
        indent = len(prefix) - len(prefix.lstrip(" "))
        while columns and columns[-1] >= indent:
            columns.pop()
        marks = prefix.count("-") + prefix.count("?")
        columns += [indent + number for number in range(marks + 1)]
        if len(columns) > DEPTH:
            return match.start() + indent
    return None
