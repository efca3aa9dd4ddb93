"""Moving a pair from the mapping in which it stands by mistake to the one it belongs to."""

import re

from scone_ls.analysis.document import Document
from scone_ls.analysis.places import Place, column_of, item_before, last_line, lines_of, removal
from scone_ls.edit import Edit
from scone_ls.syntax import tree
from scone_ls.syntax.layout import layout_of, reindented
from scone_ls.text import Span

Home = tuple[str | int, ...]


def homes_at(place: Place, found: tuple[Home, ...], string: str) -> tuple[Home, ...]:
    """Return, of the mappings that know the key at a place, those it probably belongs to, the likeliest first.

    One that has the key already is none of them. Where a key is at home in several, only the place can tell: one that
    ends where the key begins, or that the key ends.
    """
    pair = place.pair
    if pair is None:
        return ()
    free = [home for home in found if not _has(_target(place, home), pair.name or "")]
    near = [home for home in free if _is_beside(place, pair, _target(place, home), string)]
    return tuple(near or (free if len(free) == 1 else ()))


def moved(document: Document, place: Place, home: Home) -> tuple[Edit, ...]:
    """Return the edits that move the pair at a place to the mapping at the path `home`, or none where that can't be.

    Where it is enough to indent its lines otherwise, they stay where they are. In the path, 0 stands for any item of a
    list: the item that ends where the pair begins, or the one around it.
    """
    string = document.text.string
    pair = place.pair
    if pair is None or not isinstance(place.container, tree.Mapping) or place.container.flow:
        return ()
    lines = lines_of(string, pair.span)
    target = _target(place, home)
    if lines is None or _has(target, pair.name or ""):
        return ()
    is_beside = _is_beside(place, pair, target, string)
    if isinstance(target, tree.Scalar) and is_beside:
        return _indented(string, pair, lines, _column_below(place, pair, lines, string))
    if not isinstance(target, tree.Mapping) or target.flow or not target.pairs:
        return ()
    column = column_of(string, target.pairs[0].span.start)
    if is_beside:
        return _indented(string, pair, lines, column)
    around = next((step for step in target.pairs if step.span.start < pair.span.start < step.span.end), None)
    distance = column - column_of(string, pair.span.start)
    return _carried(string, lines, last_line(string, (around or target.pairs[-1]).span), distance)


def _has(target: tree.Node | None, name: str) -> bool:
    return isinstance(target, tree.Mapping) and target.value(name) is not None


def _is_beside(place: Place, pair: tree.Pair, target: tree.Node | None, string: str) -> bool:
    """Tell whether a pair gets into a mapping (or a section that is still empty) by its indentation alone."""
    match target:
        case tree.Mapping(flow=False):
            return _follows(string, target, pair) or _ends(place, pair, target)
        case tree.Scalar(is_null=True):
            return _follows(string, target, pair)
        case _:
            return False


def _column_below(place: Place, pair: tree.Pair, lines: Span, string: str) -> int:
    """Return the column for the first key of a section: that of the line below, or one step further in than now."""
    own = column_of(string, pair.span.start)
    below = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*( *)(?=[^\s#])").match(string, lines.end)
    found = len(below[1]) if below else 0
    value = place.steps[-1].value
    if value.span.start >= lines.start and "\n" in string[pair.key.span.end : value.span.start]:
        return own + layout_of(string).unit
    return found if found > own else own + layout_of(string).unit


def _target(place: Place, home: Home) -> tree.Node | None:
    """Return the node at a path; of the items of a list, the one around the place or the last one before it."""
    offset = place.steps[-1].span.start
    node: tree.Node = place.root
    for step in home:
        match node:
            case tree.Mapping():
                found = node.value(str(step))
            case tree.Sequence():
                item = item_before(node, offset)
                found = item.value if item else None
            case _:
                found = None
        if found is None:
            return None
        node = found
    return node


def _follows(string: str, target: tree.Node, pair: tree.Pair) -> bool:
    """Tell whether nothing but blank lines stands between a mapping and a pair."""
    return target.span.end <= pair.span.start and not string[target.span.end : pair.span.start].strip()


def _ends(place: Place, pair: tree.Pair, target: tree.Mapping) -> bool:
    """Tell whether a pair is the last of all mappings around it up to the target, which is one of them."""
    if target.span.start > pair.span.start or target.span.end < pair.span.end:
        return False
    inside = [step for step in place.steps if step.span.start > target.span.start or step.span.end < target.span.end]
    nodes = [step.value for step in inside[:-1] if isinstance(step.value, tree.Mapping | tree.Sequence)]
    # A key without a value whose lines stay behind in the mapping around it ends that mapping once it has moved.
    is_bare = isinstance(pair.value, tree.Scalar) and pair.value.is_null
    return is_bare or all(node.span.end <= pair.span.end for node in nodes)


def _indented(string: str, pair: tree.Pair, lines: Span, column: int) -> tuple[Edit, ...]:
    """Return edits that move the lines of a pair to a column.

    Lines below the key that are further in than one step were left behind when the key slipped: they stay.
    """
    own = column_of(string, pair.span.start)
    value = pair.value
    below = value.span.start > pair.key.span.end and "\n" in string[pair.key.span.end : value.span.start]
    if below:
        inner = column_of(string, value.span.start)
        unit = layout_of(string).unit
        if inner - column == unit or (inner - own > unit and column < inner):
            first = string.find("\n", lines.start) + 1
            lines = Span(lines.start, first)
    end = lines.end
    return (reindented(string, Span(lines.start, end), column - own),)


def _carried(string: str, lines: Span, place: int, distance: int) -> tuple[Edit, ...]:
    """Return edits that cut lines and put them behind another line, so much further in."""
    layout = layout_of(string)
    text = reindented(string, lines, distance).new_text.rstrip("\r\n")
    cut = removal(string, lines)
    if cut.start <= place < cut.end:
        return ()
    return tuple(sorted((Edit(Span(place, place), layout.line_end + text), Edit(cut, ""))))
