"""The beginning of a document that is no manifest yet: skeletons of whole manifests, and the two keys that make it one."""

from scone_ls.analysis.document import Document
from scone_ls.features.completion import snippets
from scone_ls.features.completion.item import Completion, CompletionKind
from scone_ls.features.descriptions import of_fact, of_field
from scone_ls.spec import facts, schema
from scone_ls.spec.tables import Kind
from scone_ls.syntax.layout import Layout, indented
from scone_ls.syntax.rows import Row, TooFarError, is_content, row_at, rows_above, rows_below
from scone_ls.syntax.slots import KeySlot, Slot, ValueSlot
from scone_ls.text import Span

_BEFORE_KEYS = 10
_LINES = 3  # a document with more lines has said what it is


def beginnings(document: Document, offset: int, slot: Slot, layout: Layout) -> list[Completion]:
    """Return what makes a manifest of a document that says nothing, or hardly anything, yet."""
    string = document.file.string
    others = _other_rows(string, offset)
    known = facts.kinds()
    special = {known.version.key: {known.version.recommended}, known.kind_key.key: {kind.name for kind in known.kinds}}
    if others is None or not all(_is_beginning(row, special) for row in others):
        return []
    if isinstance(slot, ValueSlot) and len(slot.path) == 1 and slot.path[0] in special:
        return _values(slot, str(slot.path[0]))
    if not isinstance(slot, KeySlot) or slot.path or slot.column or slot.flow:
        return []
    offered: list[Completion] = []
    if document.manifest_at(offset) is None:
        offered += _special_keys(slot, [name for name in special if all(row.key != name for row in others)])
    if not others and not slot.colon:
        offered += [_whole(kind, rank, slot, layout) for rank, kind in enumerate(known.kinds)]
    return offered


def _other_rows(string: str, offset: int) -> list[Row] | None:
    """Return the content lines of the YAML document but for the one at the offset; none where there are many."""
    start = row_at(string, offset).start
    found: list[Row] = []
    try:
        for rows in (rows_above(string, start, 1000), rows_below(string, start, 1000)):
            for row in rows:
                found.append(row)
                if len(found) > _LINES:
                    return None
    except TooFarError:
        return None
    return found


def _is_beginning(row: Row, special: dict[str, set[str]]) -> bool:
    """Tell whether a line is one of the two first keys, its value not yet typed, half-typed or right."""
    if row.key is None:
        return not is_content(row)
    values = special.get(row.key)
    return values is not None and row.indent == 0 and any(value.startswith(row.rest) for value in values)


def _values(slot: ValueSlot, key: str) -> list[Completion]:
    known = facts.kinds()
    values = [kind.name for kind in known.kinds] if key == known.kind_key.key else [known.version.recommended]
    texts = {kind.name: kind.description for kind in known.kinds}
    return [
        Completion(
            label=value,
            kind=CompletionKind.VALUE,
            detail="",
            documentation=of_fact(value, key, texts.get(value, "")),
            span=slot.span,
            new_text=slot.lead + value + ("" if slot.closed or not slot.quote else slot.quote),
            snippet=None,
            rank=rank,
            filter_text=value,
            preselect=rank == 0,
            deprecated=False,
        )
        for rank, value in enumerate(values)
    ]


def _special_keys(slot: KeySlot, names: list[str]) -> list[Completion]:
    root = schema.root(facts.kinds().kinds[0].name)
    return [
        Completion(
            label=name,
            kind=CompletionKind.KEY,
            detail=root.properties[name].title,
            documentation=of_field((name,), root.properties[name], required=True),
            span=slot.span,
            new_text=name if slot.colon else f"{name}: ",
            snippet=None,
            rank=rank - len(names),
            filter_text=name,
            preselect=False,
            deprecated=False,
        )
        for rank, name in enumerate(names)
    ]


def _whole(kind: Kind, rank: int, slot: KeySlot, layout: Layout) -> Completion:
    known = facts.kinds()
    root = schema.root(kind.name)
    fixed = {known.version.key: known.version.recommended, known.kind_key.key: kind.name}
    skeleton = snippets.manifest(root, fixed, layout)
    return Completion(
        label=kind.name,
        kind=CompletionKind.SNIPPET,
        detail=f"{root.title} (whole)",
        documentation=of_fact(
            kind.name, root.title, root.description, [f"```yaml\n{snippets.plain(skeleton)}```"], root.link
        ),
        span=Span(slot.span.start, slot.span.end),
        new_text=indented(snippets.plain(skeleton), 0, layout),
        snippet=indented(snippets.snippet(skeleton) or "", 0, layout),
        rank=rank if slot.prefix else rank - _BEFORE_KEYS,
        filter_text=slot.prefix if any(key.startswith(slot.prefix or kind.name) for key in fixed) else kind.name,
        preselect=False,
        deprecated=False,
    )
