"""From a place in the text to the nodes around it, and the pieces of text that a change of them has to touch."""

import re
from bisect import bisect_left
from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import Occurrence
from scone_ls.edit import Edit
from scone_ls.spec import schema
from scone_ls.spec.schema import Field
from scone_ls.syntax import tree
from scone_ls.syntax.green import Entries
from scone_ls.syntax.layout import in_quotes, quoted, reads_as_other
from scone_ls.syntax.lines import line_end, line_start, next_line
from scone_ls.text import Span

_BLANK = re.compile(r"[ \t]*\r?\n")
_BLANKS_BEFORE = re.compile(r"(?:(?<=\n)[ \t]*\r?\n)*\Z")
_FAR = 1000  # Code points in which blank lines are looked for.


class Place(NamedTuple):
    """The nodes around an offset, outermost first: the root, then one step after the other."""

    root: tree.Node
    steps: tuple[tree.Step, ...]

    @property
    def pair(self) -> tree.Pair | None:
        """The innermost pair, if it is the innermost step."""
        last = self.steps[-1] if self.steps else None
        return last if isinstance(last, tree.Pair) else None

    @property
    def item(self) -> tree.Item | None:
        """The innermost item, if it is the innermost step."""
        last = self.steps[-1] if self.steps else None
        return last if isinstance(last, tree.Item) else None

    @property
    def container(self) -> tree.Node:
        """The mapping or sequence that holds the innermost step."""
        return self.steps[-2].value if len(self.steps) > 1 else self.root


def place_at(document: Document, offset: int) -> Place | None:
    """Return what stands at an offset; nothing outside of manifests that could be read."""
    manifest = document.manifest_at(offset)
    if manifest is None or manifest.mapping is None:
        return None
    return Place(manifest.mapping, tree.path_to(manifest.mapping, offset))


def field_at(document: Document, place: Place) -> Field | None:
    """Return the field of what stands at a place; nothing where anything may stand."""
    manifest = document.manifest_at(place.root.span.start)
    if manifest is None or manifest.root is None:
        return None
    if not all(isinstance(step, tree.Item) or step.name is not None for step in place.steps):
        return None
    path = tuple(0 if isinstance(step, tree.Item) else step.name or "" for step in place.steps)
    return schema.field_at(manifest.root, path)


def replaced(document: Document, span: Span, text: str, *, string: bool = False) -> Edit:
    """Return an edit that gives the scalar at a span another text, in the same quotes.

    `string` says that it must not be read as a number or the like.
    """
    mark = document.text.string[span.start : span.start + 1]
    if mark in ("'", '"'):
        return Edit(span, in_quotes(text, mark))
    place = place_at(document, span.start)
    flow = place is not None and isinstance(place.container, tree.Mapping | tree.Sequence) and place.container.flow
    return Edit(span, quoted(text, flow=flow, string=string))


def renamed(document: Document, occurrence: Occurrence, name: str) -> Edit:
    """Return an edit that puts another name in the place of one, in the same quotes or template."""
    if occurrence.template is not None:
        return Edit(occurrence.span, name)
    return replaced(document, written_span(document, occurrence), name, string=not reads_as_other(occurrence.name))


def written_span(document: Document, occurrence: Occurrence) -> Span:
    """Return a name with the quotes, or the template, around it."""
    start, end = occurrence.span
    string = document.text.string
    if occurrence.template is not None:
        return occurrence.whole
    if string[start - 1 : start] in ("'", '"') and string[end : end + 1] == string[start - 1]:
        return Span(start - 1, end + 1)
    return occurrence.span


def item_before(sequence: tree.Sequence, offset: int) -> tree.Item | None:
    """Return the last item of a sequence that begins before an offset."""
    kept = sequence.node.items
    if not isinstance(kept, Entries):
        return next((item for item in reversed(sequence.items) if item.span.start < offset), None)
    for index in range(bisect_left(kept.starts, offset - sequence.base, 0, len(kept)) - 1, -1, -1):
        step = tree.entry_step(kept, index, sequence.base) if kept.entries[index].child else None
        if isinstance(step, tree.Item) and step.span.start < offset:
            return step
    return None


def lines_of(string: str, span: Span) -> Span | None:
    """Return the whole lines of a node, line end included; nothing where something else stands before it.

    What stands behind it on its last line can only be a comment, which goes with it.
    """
    start = line_start(string, span.start)
    if string[start : span.start].strip(" "):
        return None
    end = max(span.end, span.start + 1)
    while end > span.start + 1 and string[end - 1] in "\r\n":
        end -= 1
    return Span(start, next_line(string, end))


def column_of(string: str, offset: int) -> int:
    """Return the column (code points) at which an offset stands in its line."""
    return offset - line_start(string, offset)


def removal(string: str, lines: Span) -> Span:
    """Return what has to be cut for whole lines to be gone; at the end of the text, with the line end before them.

    Blank lines behind them go too, as far as there are as many before them.
    """
    start, end = lines
    before = (
        _BLANKS_BEFORE.search(string, 0, start) if start <= _FAR else _BLANKS_BEFORE.search(string, start - _FAR, start)
    )
    for _ in range(before[0].count("\n") if before else 0):
        blank = _BLANK.match(string, end)
        if blank is None:
            break
        end = blank.end()
    if end < len(string) or string[start:end].endswith(("\n", "\r")):
        return Span(start, end)
    if start and string[start - 1] == "\n":
        start -= 1
    if start and string[start - 1] == "\r":
        start -= 1
    return Span(start, end)


def last_line(string: str, span: Span) -> int:
    """Return the end of the last line that a node has a part in, without its line end."""
    end = span.end
    while end > span.start and string[end - 1] in "\r\n":
        end -= 1
    return line_end(string, end)
