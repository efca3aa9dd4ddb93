"""Taking a pair out of its mapping, or an item out of its list, with its lines, commas and comments."""

from scone_ls.analysis.document import Document
from scone_ls.analysis.places import lines_of, place_at, removal
from scone_ls.edit import Edit
from scone_ls.syntax import tree
from scone_ls.text import Span


def without_pair(document: Document, pair: tree.Pair) -> Edit | None:
    """Return the edit that takes a pair out; nothing where it is all that stands behind a dash."""
    place = place_at(document, pair.span.start)
    if place is None or not isinstance(place.container, tree.Mapping):
        return None
    return _without(document, pair, place.container)


def without_item(document: Document, offset: int) -> Edit | None:
    """Return the edit that takes out the innermost item of a list around an offset (code points)."""
    place = place_at(document, offset)
    steps = () if place is None else place.steps
    for index in reversed(range(len(steps))):
        item = steps[index]
        if isinstance(item, tree.Item):
            around = steps[index - 1].value if index else None
            if isinstance(around, tree.Sequence):
                return _without(document, item, around)
            return None
    return None


def _without(document: Document, step: tree.Step, around: tree.Mapping | tree.Sequence) -> Edit | None:
    string, flow = document.text.string, around.flow
    lines = None if flow else lines_of(string, step.span)
    if lines is not None:
        return Edit(removal(string, lines), "")
    steps = around.pairs if isinstance(around, tree.Mapping) else around.items
    index = next((index for index, other in enumerate(steps) if other.span == step.span), None)
    if index is None:
        return None
    # Behind a dash, or in brackets: up to the next one, or back to the one before.
    if index + 1 < len(steps):
        return Edit(Span(step.span.start, steps[index + 1].span.start), "")
    if flow:
        return Edit(Span(steps[index - 1].span.end if index else step.span.start, step.span.end), "")
    return None
