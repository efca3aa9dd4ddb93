"""Giving a value the type that it should have, where what is there says how."""

import re
from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.places import Place, column_of, last_line, lines_of, place_at
from scone_ls.analysis.violations import Violation
from scone_ls.edit import Edit
from scone_ls.spec.schema import Field
from scone_ls.syntax import tree
from scone_ls.syntax.layout import layout_of, reindented
from scone_ls.syntax.lines import line_end, line_start
from scone_ls.text import Span

_LISTED = re.compile(r",[ ]*")
_ITEM = re.compile(r"[\w./$@-]+")
_LINE = re.compile(r"(?:\A|\n)[ ]*(\S)")
_GLUED = re.compile(r"-[^\s-]")

Way = tuple[str, tuple[Edit, ...]]


def retyped(document: Document, violation: Violation, field: Field) -> Iterator[Way]:
    """Yield the ways to mend a value of the wrong type, each with its title in the imperative."""
    place = place_at(document, violation.start)
    value = _value(place, violation)
    if place is None or value is None:
        return
    string = document.text.string
    match value:
        case tree.Scalar() if value.span.end > value.span.start:
            yield from _scalar(document, place, value, field)
        case tree.Sequence() if "array" not in field.types:
            yield from _single_item(string, value, field)
        case tree.Mapping() if "array" in field.types:
            yield from _wrapped(string, value, field)
        case tree.Mapping() if "object" not in field.types:
            yield from _single_pair(string, value)
        case _:
            return


def _value(place: Place | None, violation: Violation) -> tree.Node | None:
    """Return the value that a violation speaks of; its span is the value's, or that of its first key or dash."""
    if place is None:
        return None
    nodes = [step.value for step in place.steps]
    wanted = len(violation.path)
    return nodes[wanted - 1] if 0 < wanted <= len(nodes) else None


def _scalar(document: Document, place: Place, value: tree.Scalar, field: Field) -> Iterator[Way]:
    string = document.text.string
    dashes = list(_glued_dashes(string, value)) if "array" in field.types and place.pair is not None else []
    if dashes:
        yield "put a blank after the dash", tuple(Edit(Span(dash + 1, dash + 1), " ") for dash in dashes)
        return
    if "array" in field.types and not _takes_mappings(field) and "\n" not in string[slice(*value.span)]:
        raw = string[slice(*value.span)]
        words = _LISTED.split(value.value) if field.items is not None else ()
        if len(words) > 1 and all(map(_ITEM.fullmatch, words)):
            yield "make it a list", (Edit(value.span, f"[{', '.join(words)}]"),)
            return
        if (isinstance(place.container, tree.Mapping) and place.container.flow) or place.pair is None:
            yield "make it a list", (Edit(value.span, f"[{raw}]"),)
        else:
            layout = layout_of(string)
            margin = " " * (column_of(string, place.pair.span.start) + layout.dash)
            start = place.pair.colon + 1 if place.pair.colon is not None else value.span.start
            yield "make it a list", (Edit(Span(start, value.span.end), f"{layout.line_end}{margin}- {raw}"),)
    if "object" in field.types and not value.style:
        yield from _pair_from(string, value, field)


def _glued_dashes(string: str, value: tree.Scalar) -> Iterator[int]:
    """Yield the dashes with which all lines of a plain text begin, where the text has lines of its own."""
    start, end = value.span
    found = [start + match.start(1) for match in _LINE.finditer(string[start:end])]
    glued = [dash for dash in found if _GLUED.match(string, dash)]
    if not value.style and len(glued) == len(found) and not string[line_start(string, start) : start].strip():
        yield from glued


def _takes_mappings(field: Field) -> bool:
    return field.items is not None and bool(field.items.properties or field.items.forms)


def _pair_from(string: str, value: tree.Scalar, field: Field) -> Iterator[Way]:
    """Make a mapping of `key value`, `key:value`, a key alone, or the value of the only key that has to be there."""
    raw = string[slice(*value.span)]
    for name in sorted(field.properties, key=len, reverse=True):
        rest = raw.removeprefix(name)
        if rest == raw:
            continue
        end = value.span.start + len(name)
        if rest[:1] == " " and "\n" not in rest:
            yield "insert the missing colon", (Edit(Span(end, end), ":"),)
            return
        if rest[:1] == ":" and "\n" not in rest:
            yield "insert a blank behind the colon", (Edit(Span(end + 1, end + 1), " "),)
            return
    if len(field.required) == 1 and "\n" not in raw and "=" not in raw:
        key = field.required[0]
        yield f"make it the `{key}` of a mapping", (Edit(Span(value.span.start, value.span.start), f"{key}: "),)


def _single_item(string: str, value: tree.Sequence, field: Field) -> Iterator[Way]:
    """Take the only item out of a list that should not be one, or the dashes off a mapping written as a list."""
    items = value.items
    if "object" in field.types:
        if not value.flow and items and all(_is_block_mapping(item.value) for item in items):
            names = [pair.name for item in items for pair in _pairs(item.value)]
            if len(set(names)) == len(names) and field.properties.keys() >= set(names):
                edits = tuple(Edit(Span(item.dash, item.dash + 1), " ") for item in items if item.dash is not None)
                yield "make it a mapping", edits
        return
    if (
        len(items) == 1
        and isinstance(items[0].value, tree.Scalar)
        and items[0].value.span.end > items[0].value.span.start
    ):
        inner = items[0].value
        if value.flow:
            yield "take the value out of the list", (Edit(value.span, string[slice(*inner.span)]),)
        elif items[0].dash is not None:
            yield "take the value out of the list", (Edit(Span(items[0].dash, inner.span.start), ""),)


def _is_block_mapping(node: tree.Node) -> bool:
    return isinstance(node, tree.Mapping) and not node.flow


def _pairs(node: tree.Node) -> tuple[tree.Pair, ...]:
    return node.pairs if isinstance(node, tree.Mapping) else ()


def _wrapped(string: str, value: tree.Mapping, field: Field) -> Iterator[Way]:
    """Make a mapping the only item of a list, or its pairs the items where its keys are names."""
    if field.items is None or not _takes_mappings(field):
        return
    names = {pair.name for pair in value.pairs}
    if names.isdisjoint(_known(field.items)):
        yield from _itemised(string, value, field.items)
        return
    if value.flow:
        yield "make it a list", (Edit(value.span, f"[{string[slice(*value.span)]}]"),)
        return
    first = value.pairs[0].span
    lines = lines_of(string, first)
    if lines is None:
        return
    start = line_end(string, first.start)
    end = last_line(string, value.span)
    edits = [Edit(Span(first.start, first.start), "- ")]
    if end > start:
        edits.append(reindented(string, Span(start + 1, end), 2))
    yield "make it a list", tuple(edits)


def _known(field: Field) -> set[str]:
    """Return the keys that a mapping can have in any of its forms."""
    return set(field.properties).union(*(_known(form.field) for form in field.forms), field.misspellings)


def _itemised(string: str, value: tree.Mapping, item: Field) -> Iterator[Way]:
    """Make an item of each pair `name: value` of a mapping, where items have just these two keys."""
    name, *rest = item.required
    if value.flow or len(rest) != 1 or "object" in item.properties[rest[0]].types:
        return
    edits: list[Edit] = []
    for pair in value.pairs:
        inner = pair.value
        if not isinstance(inner, tree.Scalar) or inner.style in ("|", ">") or lines_of(string, pair.span) is None:
            return
        below = layout_of(string).line_end + " " * (column_of(string, pair.span.start) + 2)
        start, end = pair.key.span
        edits += (Edit(Span(start, start), f"- {name}: "), Edit(Span(end, end), f"{below}{rest[0]}"))
    yield "make it a list", tuple(edits)


def _single_pair(string: str, value: tree.Mapping) -> Iterator[Way]:
    """Take the value out of a mapping that has a single pair."""
    pairs = value.pairs
    inner = pairs[0].value if len(pairs) == 1 else None
    if isinstance(inner, tree.Scalar) and inner.span.end > inner.span.start and inner.style not in ("|", ">"):
        yield "take the value out of the mapping", (Edit(value.span, string[slice(*inner.span)]),)
