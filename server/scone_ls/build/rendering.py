r"""Filling in the variables of a template exactly as `SCONE="\$SCONE" envsubst` does, with an account of what was done.

Where envsubst would put nothing for a variable that is not set, that variable is named with its place: a manifest with
a hole in it is built into something that nobody wanted. The text is not read as YAML here.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scone_ls.text import Span

_VARIABLE = re.compile(r"\$(?:(?P<plain>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)\})", re.ASCII)
_KEPT = {"SCONE": "$SCONE"}
"""What keeps the placeholders of secrets (`$$SCONE::…$$`) as they are."""
TEMPLATE_SUFFIX = ".template"


class Use(NamedTuple):
    """A variable in a template; the span (code points) holds all of it, with its dollar sign."""

    name: str
    span: Span


class _Filled(NamedTuple):
    """A variable that was filled in: where it stood, and where its value stands now."""

    span: Span
    result: Span


@dataclass(frozen=True, slots=True)
class Rendered:
    """What came of a template; `unset` are the variables without a value, which count as empty in the text."""

    text: str
    unset: tuple[Use, ...]
    filled: tuple[_Filled, ...]

    def origin(self, offset: int) -> int:
        """Return where in the template a place of the text comes from; inside of a value, where its variable begins."""
        index = bisect_right(self.filled, offset, key=lambda filled: filled.result.start) - 1
        if index < 0:
            return offset
        span, result = self.filled[index]
        return span.start if offset < result.end else span.end + offset - result.end

    def origin_of(self, span: Span) -> Span:
        """Return the part of the template that a part of the text comes from, with every variable it has a part in."""
        start, end = self.origin(span.start), self.origin(span.end)
        for variable, result in self.filled:
            if result.start < span.end <= result.end:
                end = max(end, variable.end)
        return Span(start, max(start, end))


def render(string: str, variables: Mapping[str, str], comments: Sequence[Span] = ()) -> Rendered:
    """Fill in all variables of a text; one that is not set is no matter inside of the comments, which are in order."""
    values = {**variables, **_KEPT}
    parts: list[str] = []
    filled: list[_Filled] = []
    unset: list[Use] = []
    done = length = 0
    for match in _VARIABLE.finditer(string):
        name, span = match["plain"] or match["braced"], Span(*match.span())
        if name not in values and not _is_in_one(span.start, comments):
            unset.append(Use(name, span))
        before, value = string[done : span.start], values.get(name, "")
        start = length + len(before)
        length, done = start + len(value), span.end
        parts += (before, value)
        filled.append(_Filled(span, Span(start, length)))
    parts.append(string[done:])
    return Rendered("".join(parts), tuple(unset), tuple(filled))


def uses_in(string: str) -> tuple[Use, ...]:
    """Return the variables that a template asks for, in the order of the text, without those that are kept."""
    found = (Use(match["plain"] or match["braced"], Span(*match.span())) for match in _VARIABLE.finditer(string))
    return tuple(use for use in found if use.name not in _KEPT)


def _is_in_one(offset: int, spans: Sequence[Span]) -> bool:
    index = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return index >= 0 and offset < spans[index].end
