"""Text for things that a manifest lacks: a key with all that has to stand below it, filled from the examples.

The text is a block in the sense of `scone_ls.syntax.layout`: written as if it stood at column 0.
"""

from scone_ls.spec.schema import Field, Json
from scone_ls.syntax.layout import Layout, quoted

_DEEPEST = 6  # Levels of keys that have to be there; no schema has as many.


def pair_block(name: str, field: Field, layout: Layout, depth: int = 0) -> str:
    """Return a pair in block style."""
    example = _scalar(field)
    if example is not None:
        return f"{name}: {example}"
    inner = _inner_block(field, layout, depth)
    return f"{name}:\n{inner}" if inner else f"{name}:"


def pair_in_flow(name: str, field: Field, depth: int = 0) -> str:
    """Return a pair in one line, for a mapping in braces."""
    example = _scalar(field, flow=True)
    if example is not None:
        return f"{name}: {example}"
    if field.items is not None:
        inner = _flow_mapping(field.items, depth) if field.items.required else ""
        return f"{name}: [{inner}]"
    return f"{name}: {_flow_mapping(field, depth)}"


def _scalar(field: Field, *, flow: bool = False) -> str | None:
    if field.properties or field.items is not None or field.forms:
        return None
    candidates = [field.default, *field.examples, *field.enum]
    found = next((value for value in candidates if isinstance(value, str | int | float) and _fits(value, field)), None)
    return None if found is None else _written(found, flow=flow)


def _fits(value: Json, field: Field) -> bool:
    return not field.enum or value in field.enum


def _written(value: str | float, *, flow: bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value, flow=flow) if isinstance(value, str) else str(value)


def _inner_block(field: Field, layout: Layout, depth: int) -> str:
    if depth > _DEEPEST:
        return ""
    if field.items is not None:
        needed = [pair_block(name, field.items.properties[name], layout, depth + 1) for name in field.items.required]
        if not needed:
            return ""
        margin = " " * layout.dash
        return f"{margin}- " + "\n".join(needed).replace("\n", f"\n{margin}  ")
    needed = [pair_block(name, field.properties[name], layout, depth + 1) for name in field.required]
    margin = " " * layout.unit
    return "\n".join(margin + line for block in needed for line in block.split("\n"))


def _flow_mapping(field: Field, depth: int) -> str:
    if depth > _DEEPEST:
        return "{}"
    return "{" + ", ".join(pair_in_flow(name, field.properties[name], depth + 1) for name in field.required) + "}"
