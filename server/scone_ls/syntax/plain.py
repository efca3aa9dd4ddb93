"""Entries whose lines can be nothing but `key: value`, read without a YAML reader.

Most lines of a manifest are a plain key and a plain or simply quoted value in printable ASCII. What they mean takes no
grammar, so they are read by one pattern, many times faster than by any reader. An entry with a single line that is not
of this sort is left to ruamel.yaml as a whole; the tests hold both to the same tree.
"""

import re
from collections.abc import Callable, Container
from functools import lru_cache
from typing import Any

from scone_ls.edit import Edit
from scone_ls.syntax import green
from scone_ls.syntax.moulds import mould
from scone_ls.syntax.pieces import Level

_LINES = 24  # Larger entries are cut, so that a keystroke costs no more than a part of them.
_TOGETHER = 1_000  # So many entries are read in one go; more would only take memory.
_MOST_MOULDS = 1_000  # So many are remembered for one level.
_SAFE = r"[A-Za-z0-9_./$@+=~,-]"
_VALUE = rf"[A-Za-z0-9_./$]{_SAFE}*+(?:(?::++|[ ]++){_SAFE}++)*+|\"[ !#-\[\]-~]*+\"|'[ -&(-~]*+'"
_KEY = r"[A-Za-z_][A-Za-z0-9_.-]*+:(?:[ ]++(?=[^ #\r\n])|(?=[ \r\n]|\Z))"
_COMMENT = r"(?<![^ \n])#[^\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]*"
# A line as its head, its value and its tail, of which the first decides whether there is a value; or all of another line.
_LINE = re.compile(
    rf"( *+(?:-[ ]++(?:{_KEY}|(?=[^ #\r\n]))|{_KEY}|(?=[#\r\n])))({_VALUE}|)(\r?\n|[ ]*+(?:{_COMMENT})?\r?(?:\n|\Z))"
    r"|([^\n]*+\n|[^\n]++)"
)


def entries(text: str, starts: list[int], end: int, level: Level, without: Container[int]) -> dict[int, green.Entry]:
    """Return the entries that consist of plain lines, by their starts.

    The entries begin at `starts`, the last one ends at `end`; those in `without` are left out.
    """
    found: dict[int, green.Entry] = {}
    bounds = [*starts[1:], end]
    heights = [text.count("\n", start, finish) for start, finish in zip(starts, bounds, strict=True)]
    low = 0
    for high, (start, height) in enumerate(zip(starts, heights, strict=True)):
        if height > _LINES or start in without:
            _read(text, starts[low:high], bounds[low:high], heights[low:high], level, found)
            low = high + 1
        elif high - low >= _TOGETHER:
            _read(text, starts[low:high], bounds[low:high], heights[low:high], level, found)
            low = high
    _read(text, starts[low:], bounds[low:], heights[low:], level, found)
    return found


def _read(
    text: str, starts: list[int], bounds: list[int], heights: list[int], level: Level, found: dict[int, green.Entry]
) -> None:
    """Read entries that follow each other, each of so many lines."""
    if not starts:
        return
    heads, values, tails, others = _columns(text, starts[0], bounds[-1])
    keys = heads if set(tails) == {"\n"} else tuple(zip(heads, tails, strict=True))
    others = others if any(others) else ()
    known = _moulds(level)
    if len(known) > _MOST_MOULDS:
        known.clear()
    column = level.column
    heights[-1] = len(heads)  # The last line may have no line end.
    line = 0
    for start, finish, height in zip(starts, bounds, heights, strict=True):
        below = line + height
        key = keys[line:below]
        same = known.get(key)
        if same is None and key not in known:
            is_plain = not any(others[line:below])
            same = known[key] = mould(heads[line:below], tails[line:below], level) if is_plain else None
        if same is not None:
            found[start] = green.Entry(finish - start, column, _new(green.Unmade, (same, values[line:below])))
        line = below


def retyped(entry: green.Entry, base: int, edit: Edit, before: str, after: str) -> green.Entry | None:
    """Return an entry after an edit in one of its values; nothing where the edit does more than that.

    The entry begins at `base`, in the text before the edit and in the one after it.
    """
    (start, end), unmade = edit.span, entry.unmade
    if unmade is None or "\n" in edit.new_text or before.find("\n", start, end) >= 0:
        return None
    line = max(base, before.rfind("\n", base, start) + 1)
    distance = len(after) - len(before)
    finish = before.find("\n", end, base + entry.length) + 1 or base + entry.length
    old, new = _LINE.match(before, line, finish), _LINE.match(after, line, finish + distance)
    if old is None or new is None or old.group(1, 3) != new.group(1, 3) or old[4] or new[4]:
        return None
    number = before.count("\n", base, line)
    values = (*unmade.values[:number], new[2], *unmade.values[number + 1 :])
    return green.Entry(entry.length + distance, entry.column, green.Unmade(unmade.mould, values))


@lru_cache(maxsize=64)
def _moulds(_level: Level) -> dict[tuple[str | tuple[str, str], ...], green.Mould | None]:
    """Return what is known of the entries of a level, by their heads; with their tails where there are unusual ones."""
    return {}


def _columns(text: str, start: int, end: int) -> tuple[tuple[str, ...], ...]:
    """Return the heads, the values and the tails of the lines between two offsets, and those that are not plain."""
    return tuple(zip(*_LINE.findall(text, start, end), strict=True))


# What a named tuple's own constructor calls; a fresh text is made of many thousands.
_new: Callable[[Any, Any], Any] = tuple.__new__  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # generic
