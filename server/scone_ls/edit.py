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
