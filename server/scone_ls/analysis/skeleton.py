"""Text for things that a manifest lacks: a key with all that has to stand below it, filled from the examples.

The text is a block in the sense of `scone_ls.syntax.layout`: written as if it stood at column 0. Examples with variables
of the shell are for templates only: `filled` says that nothing fills them in, and another example is taken.
"""

from scone_ls.spec.schema import Field, Json
from scone_ls.syntax.layout import Layout, quoted

_DEEPEST = 6  # Levels of keys that have to be there; no schema has as many.


def pair_block(name: str, field: Field, layout: Layout, *, filled: bool = False, depth: int = 0) -> str:
    """Return a pair in block style."""
    example = _scalar(field, filled=filled)
    if example is not None:
        return f"{name}: {example}"
    inner = _inner_block(field, layout, depth, filled=filled)
    return f"{name}:\n{inner}" if inner else f"{name}:"


def pair_in_flow(name: str, field: Field, *, filled: bool = False, depth: int = 0) -> str:
    """Return a pair in one line, for a mapping in braces."""
    example = _scalar(field, filled=filled, flow=True)
    if example is not None:
        return f"{name}: {example}"
    if field.items is not None:
        inner = _flow_mapping(field.items, depth, filled=filled) if field.items.required else ""
        return f"{name}: [{inner}]"
    return f"{name}: {_flow_mapping(field, depth, filled=filled)}"


def _scalar(field: Field, *, filled: bool, flow: bool = False) -> str | None:
    if field.properties or field.items is not None or field.forms:
        return None
    candidates = [field.default, *field.examples, *field.enum]
    fitting = [value for value in candidates if isinstance(value, str | int | float) and _fits(value, field)]
    if filled:
        fitting.sort(key=lambda value: "$" in str(value))
    return _written(fitting[0], flow=flow) if fitting else None


def _fits(value: Json, field: Field) -> bool:
    return not field.enum or value in field.enum


def _written(value: str | float, *, flow: bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return quoted(value, flow=flow) if isinstance(value, str) else str(value)


def _inner_block(field: Field, layout: Layout, depth: int, *, filled: bool) -> str:
    if depth > _DEEPEST:
        return ""
    if field.items is not None:
        needed = _needed(field.items, layout, depth, filled=filled)
        if not needed:
            return ""
        margin = " " * layout.dash
        return f"{margin}- " + "\n".join(needed).replace("\n", f"\n{margin}  ")
    needed = _needed(field, layout, depth, filled=filled)
    margin = " " * layout.unit
    return "\n".join(margin + line for block in needed for line in block.split("\n"))


def _needed(field: Field, layout: Layout, depth: int, *, filled: bool) -> list[str]:
    return [pair_block(name, field.properties[name], layout, filled=filled, depth=depth + 1) for name in field.required]


def _flow_mapping(field: Field, depth: int, *, filled: bool) -> str:
    if depth > _DEEPEST:
        return "{}"
    inner = (pair_in_flow(name, field.properties[name], filled=filled, depth=depth + 1) for name in field.required)
    return "{" + ", ".join(inner) + "}"
