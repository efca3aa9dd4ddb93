"""The edits that declare (or import) a name in the manifest: where its list stands, or will stand.

Where that is follows from the fields that say `declares` or `imports` of a kind of name.
"""

from functools import cache

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.edit import Edit
from scone_ls.spec import schema
from scone_ls.spec.schema import Field
from scone_ls.syntax import tree
from scone_ls.syntax.layout import Layout, insert_item, insert_pair, insert_value, layout_of, quoted
from scone_ls.text import Span

_Path = tuple[str, ...]


@cache
def has_declarations(kind_of_manifest: str, kind: NameKind) -> bool:
    """Tell whether manifests of a kind declare names of a kind."""
    return _list_of(schema.root(kind_of_manifest), Role.DECLARES, kind) is not None


def thing_field(kind_of_manifest: str, kind: NameKind) -> Field | None:
    """Return the field of what declares a name of a kind: for a secret that of its mapping."""
    found = _list_of(schema.root(kind_of_manifest), Role.DECLARES, kind)
    return None if found is None else found[1]


def list_name(kind_of_manifest: str, role: Role, kind: NameKind) -> str:
    """Return the path of the list in which such names stand, as one text: `secrets.import`; empty where there is none."""
    found = _list_of(schema.root(kind_of_manifest), role, kind)
    return "" if found is None else ".".join(found[0])


def declared(
    document: Document,
    offset: int,
    role: Role,
    kind: NameKind,
    name: str,
    *details: str | None,
    more: tuple[tuple[str, str], ...] = (),
) -> Edit | None:
    """Return the edit that adds a name to its list in the manifest around an offset (code points).

    The `details` are the values of the other keys by which a reader knows such a thing, `more` are further keys with
    values. Nothing where the place could not be read, or is in use for something else.
    """
    manifest = document.manifest_at(offset)
    if manifest is None or manifest.root is None or manifest.mapping is None:
        return None
    found = _list_of(manifest.root, role, kind)
    if found is None:
        return None
    path, item = found
    values = (quoted(name), *(None if detail is None else quoted(detail) for detail in details))
    pairs = tuple((key, value) for key, value in zip(item.label, values, strict=False) if value is not None)
    pairs += tuple((key, quoted(value)) for key, value in more)
    return _added(document.text.string, manifest.mapping, manifest.root, path, pairs or values[0] or "")


@cache
def _list_of(root: Field, role: Role, kind: NameKind) -> tuple[_Path, Field] | None:
    """Return the path of the list of names, and the field of its items."""
    for path, field in schema.fields(root):
        if field.names[:2] == (role.value, kind.value):
            keys = tuple(step for step in path[: path.index(0)] if isinstance(step, str)) if 0 in path else ()
            around = schema.field_at(root, (*keys, 0))
            if keys and around is not None:
                return keys, around
    return None


def _added(
    string: str, mapping: tree.Mapping, field: Field, path: _Path, item: str | tuple[tuple[str, str], ...]
) -> Edit | None:
    """Return the edit that adds an item to the list at a path, with the keys on the way that are not there yet."""
    key, rest = path[0], path[1:]
    pair = next((pair for pair in reversed(mapping.pairs) if pair.name == key), None)
    layout = layout_of(string)
    if pair is None:
        if mapping.flow:
            return insert_pair(string, mapping, f"{key}: {_flow_below(rest, item)}")
        if not mapping.pairs:
            return None
        return insert_pair(string, mapping, f"{key}:\n{_block_below(rest, item, layout)}", _before(mapping, field, key))
    value, inner = pair.value, field.properties[key]
    match value:
        case tree.Mapping() if rest:
            return _added(string, value, inner, rest, item)
        case tree.Sequence() if not rest:
            return insert_item(string, value, _flow(item) if value.flow else _block(item))
        case tree.Scalar(is_null=True) if value.span.start == value.span.end and pair.colon is not None:
            if mapping.flow:
                place = Span(pair.span.end, pair.span.end)
                return Edit(place, f" {_flow_below(rest, item)}")
            if rest:
                return insert_value(string, pair, f"{rest[0]}:\n{_block_below(rest[1:], item, layout)}")
            return insert_value(string, pair, _block(item), item=True)
        case _:
            return None


def _before(mapping: tree.Mapping, field: Field, key: str) -> tree.Pair | None:
    """Return the pair behind which a key usually stands; none where that is the end."""
    order = list(field.properties)
    earlier = set(order[: order.index(key)])
    return next((pair for pair in reversed(mapping.pairs) if pair.name in earlier), None)


def _block_below(path: _Path, item: str | tuple[tuple[str, str], ...], layout: Layout) -> str:
    if path:
        margin = " " * layout.unit
        inner = f"{path[0]}:\n{_block_below(path[1:], item, layout)}"
    else:
        margin = " " * layout.dash
        inner = "- " + _block(item).replace("\n", "\n  ")
    return "\n".join(margin + line for line in inner.split("\n"))


def _flow_below(path: _Path, item: str | tuple[tuple[str, str], ...]) -> str:
    return f"{{{path[0]}: {_flow_below(path[1:], item)}}}" if path else f"[{_flow(item)}]"


def _block(item: str | tuple[tuple[str, str], ...]) -> str:
    return item if isinstance(item, str) else "\n".join(f"{key}: {value}" for key, value in item)


def _flow(item: str | tuple[tuple[str, str], ...]) -> str:
    return item if isinstance(item, str) else "{" + ", ".join(f"{key}: {value}" for key, value in item) + "}"
