"""Where an offset stands in a flow collection (`[…]`, `{…}`), judged by its characters; it may be unfinished.

It looks from the opening bracket to a little behind the offset. It knows nothing of the block around.
"""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_LONGEST = 20_000  # code points from the bracket to the offset
_BEHIND = 2_000  # code points looked at behind the offset
_DEEPEST = 100  # brackets within brackets
_TOKEN = re.compile(
    r"\s+|(?:(?<=\s)|\A)#[^\n]*|[\[\]{},]"
    r"|\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\n]|'')*'?"
    r"|:(?=[\s,\[\]{}]|\Z)"
    r"|(?:[^\s,\[\]{}:]|:(?![\s,\[\]{}]|\Z))(?:[^\n,\[\]{}:#]|:(?![\s,\[\]{}]|\Z)|(?<=\S)\#)*",
)


@dataclass(slots=True)
class FlowPart:
    """What stands between two commas: a key with its value, or an item; offsets are `-1` where something is missing.

    The spans of key and value are those of scalars, with their quotes; of a collection only the beginning is known.
    """

    start: int
    end: int = -1
    key: tuple[int, int] = (-1, -1)
    colon: int = -1
    value: tuple[int, int] = (-1, -1)


@dataclass(slots=True)
class FlowCollection:
    """A collection that holds the offset: its bracket, its path below the first bracket, and its parts."""

    bracket: str
    start: int
    path: Path
    parts: list[FlowPart] = field(default_factory=list[FlowPart])
    end: int = -1


def flow_at(string: str, start: int, offset: int) -> FlowCollection | None:
    """Return the innermost flow collection around an offset, in the one whose bracket is at `start`; none behind it."""
    if offset <= start or offset - start > _LONGEST:
        return None
    limit = _limit(string, start, offset)
    stack: list[FlowCollection] = []
    found: FlowCollection | None = None
    depth_at_offset = -1
    position = start
    while position < limit:
        match = _TOKEN.match(string, position, limit)
        text = match[0] if match else string[position]
        end = match.end() if match else position + 1
        if depth_at_offset < 0 and (position >= offset or (end > offset and text[0] in "[{")):
            found = stack[-1] if stack else None
            depth_at_offset = len(stack)
            if found is None:
                return None
        _take(stack, string, position, end)
        if len(stack) > _DEEPEST:
            return None
        if not stack or (depth_at_offset >= 0 and len(stack) < depth_at_offset):
            break
        position = end
    if depth_at_offset < 0:
        found = stack[-1] if stack else None
    if found is not None and found.end < 0 and found.parts:
        found.parts[-1].end = max(position, offset)
    return found


def _take(stack: list[FlowCollection], string: str, start: int, end: int) -> None:
    """Add one token to the innermost collection."""
    text = string[start:end]
    if text[0] in "[{":
        _open(stack, string, start)
        return
    if not stack or text[0].isspace() or text[0] == "#":
        return
    inner = stack[-1]
    part = inner.parts[-1]
    if text == ",":
        part.end = start
        inner.parts.append(FlowPart(end))
    elif text in "]}":
        part.end = start
        inner.end = end
        stack.pop()
    elif text == ":":
        if part.colon < 0:
            part.colon = start
            part.key = part.value if part.value[0] >= 0 else (start, start)
            part.value = (-1, -1)
    elif part.value[0] < 0:
        part.value = (start, start + len(text.rstrip()))


def _open(stack: list[FlowCollection], string: str, start: int) -> None:
    path: Path = ()
    if stack:
        outer = stack[-1]
        part = outer.parts[-1]
        part.value = (start, start + 1)
        path = (*outer.path, string[slice(*part.key)].strip("'\"") if outer.bracket == "{" else 0)
    stack.append(FlowCollection(string[start], start, path, [FlowPart(start + 1)]))


def _limit(string: str, start: int, offset: int) -> int:
    """Return where the collection is over at the latest: at a line that is indented no further than its first one."""
    line = string.rfind("\n", 0, start) + 1
    indent = len(string[line:start]) - len(string[line:start].lstrip(" "))
    limit = min(len(string), offset + _BEHIND)
    match = re.compile(rf"\r?\n {{0,{indent}}}(?=[^\s\]}}#])").search(string, offset, limit)
    return match.start() if match else limit
