"""Words inside of a scalar's text, each with its exact place in the document."""

import re
from typing import NamedTuple

from scone_ls.syntax import tree
from scone_ls.text import Span

_QUOTES = ("'", '"')
BLOCKS = ("|", ">")
"""The styles of scalars that stand below their key."""


class Word(NamedTuple):
    """A part of a scalar's text; the span (code points) is that of the same text in the document."""

    text: str
    span: Span


def content_span(string: str, scalar: tree.Scalar) -> Span:
    """Return where the text of a scalar is written: between its quotes, or below the first line of a block."""
    start, end = scalar.span
    if scalar.style in _QUOTES:
        return Span(start + 1, max(start + 1, end - 1))
    if scalar.style in BLOCKS:
        first = string.find("\n", start, end)
        return Span(end if first < 0 else first + 1, end)
    return Span(start, end)


def words_in(string: str, scalar: tree.Scalar, pattern: re.Pattern[str]) -> tuple[Word, ...]:
    """Return what matches in the text of a scalar, in its order; nothing where the text holds escapes.

    The text is searched as it is written, so a pattern must not reach across the end of a line.
    """
    start, end = content_span(string, scalar)
    escape = {'"': "\\", "'": "''"}.get(scalar.style)
    if escape is not None and escape in string[start:end]:
        return ()
    return tuple(Word(match[0], Span(*match.span())) for match in pattern.finditer(string, start, end))
