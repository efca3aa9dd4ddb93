"""Comments of a file, found by a scan of our own: no fast reader of YAML delivers them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from scone_ls.syntax import tree
from scone_ls.text import Span

_CANDIDATE = re.compile(r"(?m)(?:^|(?<=[ \t]))#[^\r\n]*")


def comments_in(string: str, roots: Iterable[tree.Node | None]) -> Iterator[Span]:
    """Yield the span of each comment, from its `#` to the end of its line.

    A `#` inside a scalar is text; the line of a block scalar's indicator may have a comment all the same.
    """
    scalars = sorted(_scalar_spans(string, roots))
    starts = [span.start for span in scalars]
    for match in _CANDIDATE.finditer(string):
        index = bisect_right(starts, match.start()) - 1
        if index < 0 or match.start() >= scalars[index].end:
            yield Span(match.start(), match.end())


def _scalar_spans(string: str, roots: Iterable[tree.Node | None]) -> Iterator[Span]:
    for root in roots:
        if root is None:
            continue
        for node in tree.walk(root):
            if isinstance(node, tree.Scalar) and node.span.end > node.span.start:
                yield _content_span(string, node)


def _content_span(string: str, scalar: tree.Scalar) -> Span:
    """Return the span of a scalar without the line of a block scalar's indicator."""
    if scalar.style not in ("|", ">"):
        return scalar.span
    end = string.find("\n", scalar.span.start)
    return Span(scalar.span.end if end < 0 else min(end + 1, scalar.span.end), scalar.span.end)
