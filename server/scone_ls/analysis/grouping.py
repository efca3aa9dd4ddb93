"""Turning the old, flat form of a list into groups: what the schema calls another form of its entries."""

from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.places import column_of, last_line, place_at
from scone_ls.analysis.violations import Violation
from scone_ls.edit import Edit
from scone_ls.spec.schema import Field, field_at
from scone_ls.syntax import tree
from scone_ls.syntax.layout import Layout, layout_of, reindented
from scone_ls.syntax.lines import line_start
from scone_ls.text import Span

Way = tuple[str, tuple[Edit, ...]]


def grouped(document: Document, violation: Violation) -> Iterator[Way]:
    """Yield the way to put the flat entries around a violation into groups of the form that replaced them."""
    manifest = document.manifest_at(violation.start)
    place = place_at(document, violation.start)
    if manifest is None or manifest.root is None or place is None:
        return
    entry = field_at(manifest.root, tuple(0 if isinstance(step, int) else step for step in violation.path))
    depth = len(violation.path) - 1
    listed = place.steps[depth - 1].value if 0 < depth <= len(place.steps) else None
    head = _head(entry) if entry else None
    if entry is None or head is None or not isinstance(listed, tree.Sequence) or listed.flow:
        return
    title, lines = head
    layout = layout_of(document.text.string)
    edits = [edit for run in _runs(listed, entry) for edit in _group(document.text.string, run, entry, lines, layout)]
    yield f"group them under `{title}`", tuple(edits)


def _head(entry: Field) -> tuple[str, tuple[str, str]] | None:
    """Return the first line of a group for everything, and its lines: what it is for, and the key of its list."""
    key = entry.required[0] if entry.required else None
    listed = next((name for name, field in entry.properties.items() if field.items is not None), None)
    values = list(entry.properties[key].enum_descriptions) if key else []
    if not values or listed is None:
        return None
    first = f"{key}: {values[0]}"
    return first, (first, f"{listed}:")


def _runs(listed: tree.Sequence, entry: Field) -> Iterator[list[tree.Item]]:
    """Yield the stretches of flat entries, which end where another entry stands between."""
    run: list[tree.Item] = []
    for item in listed.items:
        names = [pair.name or "" for pair in item.value.pairs] if isinstance(item.value, tree.Mapping) else []
        if isinstance(item.value, tree.Mapping) and entry.form_for(names) is not entry:
            run.append(item)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _group(string: str, run: list[tree.Item], entry: Field, lines: tuple[str, str], layout: Layout) -> Iterator[Edit]:
    start = line_start(string, run[0].span.start)
    column = column_of(string, run[0].span.start)
    inner = column + 2
    margin = " " * inner
    head = f"{' ' * column}- {lines[0]}{layout.line_end}{margin}{lines[1]}{layout.line_end}"
    end = last_line(string, run[-1].span)
    moved = reindented(string, Span(start, end), 2 + layout.dash)
    yield Edit(moved.span, head + _renamed(string, run, entry, moved, 2 + layout.dash))


def _renamed(string: str, run: list[tree.Item], entry: Field, moved: Edit, distance: int) -> str:
    """Return the moved lines, in which keys that have a new name get it."""
    text = moved.new_text
    lines = text.split("\n")
    first = string.count("\n", 0, moved.span.start)
    for item in run:
        pairs = item.value.pairs if isinstance(item.value, tree.Mapping) else ()
        form = entry.form_for([pair.name or "" for pair in pairs])
        for pair in pairs:
            field = form.properties.get(pair.name or "")
            if field is not None and field.deprecated and field.replaced_by:
                line = string.count("\n", 0, pair.key.span.start) - first
                column = column_of(string, pair.key.span.start) + distance
                end = column + pair.key.span.end - pair.key.span.start
                lines[line] = lines[line][:column] + field.replaced_by + lines[line][end:]
    return "\n".join(lines)
