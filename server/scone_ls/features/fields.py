"""From a place in a document to the field of the specification that speaks about it."""

from collections.abc import Collection

from scone_ls.analysis.document import Document
from scone_ls.spec import kinds, schema
from scone_ls.spec.schema import Field, FieldPath


def roots_of(document: Document, offset: int) -> tuple[Field, ...]:
    """Return the field of the manifest around an offset: of each kind while that can't be known, none if not ours."""
    manifest = document.manifest_at(offset)
    if manifest is None:
        return ()
    if manifest.root is not None:
        return (manifest.root,)
    return tuple(schema.root(kind) for kind in kinds.current_kinds())


def field_of(root: Field, path: FieldPath, names: Collection[str] = ()) -> Field | None:
    """Return the field at a path; `names` are the keys beside its last one, which choose the form of their mapping."""
    if not path or isinstance(path[-1], int):
        return schema.field_at(root, path)
    parent = schema.field_at(root, path[:-1])
    if parent is None:
        return None
    form = parent.form_for((*names, path[-1]))
    return form.properties.get(path[-1]) or schema.field_at(parent, path[-1:])


def is_scalar(field: Field) -> bool:
    """Tell whether a scalar has to stand as the value."""
    return bool(field.types) and not field.types & {"array", "object"}
