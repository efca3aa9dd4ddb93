"""Nodes made of lines that were cut, not composed: collections of entries, and the pairs of header lines."""

import re
from collections.abc import Iterator

from scone_ls.syntax import green, lines
from scone_ls.syntax.bodies import Columns
from scone_ls.syntax.compose import Problem, resolve
from scone_ls.syntax.faults import Fault, FaultKind
from scone_ls.syntax.pieces import Level


def without_explicit_values(text: str, starts: list[int]) -> list[int]:
    """Leave out the lines that begin with the `:` of the `? key` before them."""
    kept: list[int] = []
    is_key = False
    for start in starts:
        character = text[start:].lstrip(" ")[:1] if text[start] == " " else text[start]
        if character == ":" and is_key:
            is_key = False
            continue
        is_key = character == "?"
        kept.append(start)
    return kept


def collection(entries: green.Entries, start: int, *, is_sequence: bool) -> green.Mapping | green.Sequence:
    """Return the collection of entries; `start` is its first character that is no blank."""
    end = _end(entries, start)
    if is_sequence:
        return green.Sequence(start, end, entries, flow=False)
    return green.Mapping(start, end, entries, flow=False)


def _end(kept: green.Entries, start: int) -> int:
    """Return the end of the last child of a collection."""
    last = start
    position = kept.end
    for entry in reversed(kept.entries):
        position -= entry.length
        match entry.child:
            case green.Pair(key, colon, value):
                last = position + max(key.end, colon + 1, value.end)
            case green.Item(dash, value):
                last = position + max(dash + 1, value.end)
            case _:
                continue
        break
    return max(start, last)


def header_pair(text: str, header: re.Match[str], origin: int, node: green.Mapping | green.Sequence) -> green.Pair:
    """Return the pair of a header line and the collection below it, relative to `origin`."""
    if header.group(2) is not None:
        place = header.start(2) - origin
        node = node._replace(anchor=green.Anchor(place, header.end(2) - origin, header.group(2)[1:]))
    key = _key(text, header.start(1), header.end(1), origin)
    return green.Pair(key, text.index(":", header.end(1)) - origin, node)


def _key(text: str, start: int, end: int, origin: int) -> green.Scalar:
    raw = text[start:end]
    if raw[0] in "\"'":
        value = raw[1:-1]
        return green.Scalar(start - origin, end - origin, value, raw[0], "tag:yaml.org,2002:str")
    return green.Scalar(start - origin, end - origin, raw, "", resolve(raw))


def moved(node: green.Node, distance: int) -> green.Node:
    """Return a scalar or broken node moved by so many code points."""
    return node._replace(start=node.start + distance, end=node.end + distance)


def plain_fault(problem: Problem, begin: int, length: int) -> Fault:
    """Return the fault of a document of which nothing is known but the problem."""
    return Fault(FaultKind.SYNTAX, begin, min(begin + 1, max(length, begin)), f"not valid YAML: {problem.message}")


def spine(text: str, entry: green.Entry, base: int, columns: Columns) -> Iterator[Level]:
    """Yield the block collections that end where an entry ends, the outermost first."""
    child = entry.child
    node: green.Node | None = child.value if isinstance(child, green.Pair | green.Item) else None
    while isinstance(node, green.Mapping | green.Sequence) and not node.flow:
        start = base + node.start
        line = lines.line_start(text, start)
        yield Level(columns.get(line, start - line), isinstance(node, green.Sequence))
        steps = list(green.pairs_of(node)) if isinstance(node, green.Mapping) else list(green.items_of(node))
        if not steps:
            return
        base += steps[-1][0]
        node = steps[-1][1].value
