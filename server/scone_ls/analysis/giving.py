"""The edit that gives a variable a value in a mesh: where its group stands, or will stand."""

from scone_ls.analysis.document import Document
from scone_ls.edit import Edit
from scone_ls.spec.schema import Field
from scone_ls.syntax import tree
from scone_ls.syntax.layout import insert_item, insert_pair, insert_value, quoted

_EMPTY = '""'


def given(document: Document, offset: int, scope: str, variable: str) -> Edit | None:
    """Return the edit that gives a variable an empty value in a group of the mesh around an offset (code points).

    Nothing where the groups could not be read.
    """
    manifest = document.manifest_at(offset)
    if manifest is None or manifest.root is None or manifest.mapping is None:
        return None
    for key, field in manifest.root.properties.items():
        group = field.items
        if group is not None and group.scope is not None:
            pair = next((pair for pair in reversed(manifest.mapping.pairs) if pair.name == key), None)
            return None if pair is None else _in_groups(document.text.string, pair, group, scope, variable)
    return None


def _in_groups(string: str, pair: tree.Pair, group: Field, scope: str, variable: str) -> Edit | None:
    values_key, value = _value(group, variable)
    match pair.value:
        case tree.Sequence(flow=False, items=items) as groups if items:
            for item in items:
                if isinstance(item.value, tree.Mapping) and _text(item.value, group.scope or "") == scope:
                    return _in_group(string, item.value, values_key, value)
            return insert_item(string, groups, _group(group, scope, values_key, value))
        case tree.Scalar(is_null=True):
            return insert_value(string, pair, _group(group, scope, values_key, value), item=True)
        case _:
            return None


def _in_group(string: str, mapping: tree.Mapping, key: str, value: str) -> Edit | None:
    pair = next((pair for pair in reversed(mapping.pairs) if pair.name == key), None)
    if pair is None:
        return (
            None
            if mapping.flow
            else insert_pair(string, mapping, f"{key}:\n  - {value.replace(chr(10), chr(10) + '    ')}")
        )
    match pair.value:
        case tree.Sequence(flow=False, items=items) as values if items:
            return insert_item(string, values, value)
        case tree.Scalar(is_null=True) if not mapping.flow:
            return insert_value(string, pair, value, item=True)
        case _:
            return None


def _group(group: Field, scope: str, key: str, value: str) -> str:
    inner = value.replace("\n", "\n    ")
    return f"{group.scope}: {quoted(scope)}\n{key}:\n  - {inner}"


def _value(group: Field, variable: str) -> tuple[str, str]:
    """Return the key under which a group has its values, and the block of one value."""
    for key, field in group.properties.items():
        if field.items is not None and len(field.items.label) > 1:
            name, value = field.items.label
            return key, f"{name}: {quoted(variable)}\n{value}: {_EMPTY}"
    message = f"no list of values is specified below `{group.name}`"
    raise LookupError(message)


def _text(mapping: tree.Mapping, key: str) -> str | None:
    value = mapping.value(key)
    return value.value if isinstance(value, tree.Scalar) else None
