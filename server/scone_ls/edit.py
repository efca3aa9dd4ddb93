"""Changes of a text as plain data."""

from collections.abc import Iterable
from typing import NamedTuple

from scone_ls.text import Span


class Edit(NamedTuple):
    """The text of a span (code points) is replaced by another; an empty span inserts."""

    span: Span
    new_text: str


def apply(string: str, edits: Iterable[Edit]) -> str:
    """Return the string with all edits made at once; spans speak of the string as it was and must not overlap.

    Raises:
        ValueError: two edits overlap.

    """
    pieces: list[str] = []
    end = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        if edit.span.start < end:
            message = f"edits overlap at offset {edit.span.start}"
            raise ValueError(message)
        pieces += (string[end : edit.span.start], edit.new_text)
        end = edit.span.end
    pieces.append(string[end:])
    return "".join(pieces)


def difference(old: str, new: str) -> Edit:
    """Return the smallest single edit that turns one text into the other."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    return Edit(Span(start, len(old) - end), new[start : len(new) - end])


def _common(one: str, other: str) -> int:
    """Return the length of the longest common beginning, by bisection, as slices compare fast."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
