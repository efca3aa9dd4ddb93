r"""Skeletons of keys, items and whole manifests, made from the specification: plain, or with places to fill in.

A skeleton is a sequence of texts and stops, written as if it stood at column 0, with `\n` as line end.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from scone_ls.features.descriptions import scalar_text
from scone_ls.spec.schema import Field
from scone_ls.syntax.layout import Layout, quoted

_DEEPEST = 4
_USUAL = 0.99  # the share of manifests from which on a key belongs in the skeleton of its mapping
_CHOICES = 16


class Stop(NamedTuple):
    """A place to be filled in: what stands there at first, and what can be chosen."""

    text: str
    choices: tuple[str, ...] = ()


Skeleton: TypeAlias = tuple[str | Stop, ...]


def pair(name: str, field: Field, layout: Layout, *, filled: bool, depth: int = 0) -> Skeleton:
    """Return the skeleton of a key with its value; `filled` puts examples where there is nothing to choose."""
    if is_list(field):
        inner = item(field, layout, filled=filled, depth=depth + 1)
        return (f"{name}:\n", *_indented((" " * layout.dash, *inner), layout.dash))
    if is_mapping(field):
        inner = mapping(field, layout, filled=filled, depth=depth + 1)
        return (f"{name}:\n", *_indented((" " * layout.unit, *inner), layout.unit))
    return (f"{name}: ", _stop(field, filled=filled))


def item(field: Field, layout: Layout, *, filled: bool, depth: int = 0) -> Skeleton:
    """Return the skeleton of an item, with its dash, of the list that the field describes."""
    inner = field.items
    if inner is None or not is_mapping(inner):
        examples = field.examples[0] if field.examples and filled else None
        if isinstance(examples, list) and examples:
            stops = [("\n- ", Stop(scalar_text(example))) for example in examples]
            return ("- ", *[part for stop in stops for part in stop][1:])
        return ("- ", Stop("") if inner is None else _stop(inner, filled=filled))
    return ("- ", *_indented(mapping(inner, layout, filled=filled, depth=depth), 2))


def mapping(field: Field, layout: Layout, *, filled: bool, depth: int = 0) -> Skeleton:
    """Return the skeleton of a mapping: the keys that it has to have and those that nearly everybody gives it."""
    names = [name for name, child in field.properties.items() if _belongs(name, field, child)]
    if not names or depth > _DEEPEST:
        return (Stop(""),)
    parts: list[str | Stop] = []
    for name in names:
        parts += ["\n"] if parts else []
        parts += pair(name, field.properties[name], layout, filled=filled, depth=depth)
    return tuple(parts)


def manifest(root: Field, fixed: dict[str, str], layout: Layout) -> Skeleton:
    """Return the skeleton of a whole manifest; `fixed` are the values of keys that are known."""
    parts: list[str | Stop] = []
    for name in root.required:
        if name in fixed:
            parts.append(f"{name}: {fixed[name]}\n")
        else:
            parts += ["\n", *pair(name, root.properties[name], layout, filled=True), "\n"]
    return tuple(parts)


def is_list(field: Field) -> bool:
    """Tell whether a list has to stand as the value."""
    return "array" in field.types


def is_mapping(field: Field) -> bool:
    """Tell whether a mapping has to stand as the value, or is what everybody writes where anything may."""
    free = not field.types and any(isinstance(example, dict) for example in field.examples)
    return "object" in field.types or bool(field.properties) or free


def plain(skeleton: Iterable[str | Stop]) -> str:
    """Return the skeleton with what stands at its stops at first."""
    return "".join(part if isinstance(part, str) else part.text for part in skeleton)


def beginning(skeleton: Iterable[str | Stop]) -> str:
    """Return the skeleton up to its first stop: what a client without stops can go on from."""
    text = ""
    for part in skeleton:
        if isinstance(part, Stop):
            break
        text += part
    return text


def snippet(skeleton: Sequence[str | Stop]) -> str | None:
    """Return the skeleton in the notation of LSP snippets; none where one would just go on typing at its end."""
    stops = [part for part in skeleton if isinstance(part, Stop)]
    if stops == [Stop("")] and skeleton[-1] == stops[0]:
        return None
    text = ""
    number = 0
    for part in skeleton:
        if isinstance(part, str):
            text += escaped(part)
            continue
        number += 1
        if part.choices:
            choices = ",".join(re.sub(r"[\\,|]", r"\\\g<0>", choice) for choice in part.choices)
            text += f"${{{number}|{choices}|}}"
        else:
            text += f"${{{number}:{escaped(part.text)}}}" if part.text else f"${{{number}}}"
    return text


def escaped(text: str) -> str:
    """Return text as it has to be written in a snippet."""
    return re.sub(r"[\\$}]", r"\\\g<0>", text)


def _belongs(name: str, field: Field, child: Field) -> bool:
    return name in field.required or (child.usage >= _USUAL and not child.deprecated)


def _stop(field: Field, *, filled: bool) -> Stop:
    if "boolean" in field.types and "number" not in field.types:
        return Stop("true", ("true", "false"))
    choices = tuple(quoted(value) for value in field.enum if isinstance(value, str))
    if 1 < len(choices) <= _CHOICES:
        return Stop(choices[0] if filled else "", choices)
    example = field.examples[0] if field.examples and filled else None
    return Stop("" if example is None else scalar_text(example))


def _indented(skeleton: Skeleton, blanks: int) -> Skeleton:
    """Indent all lines but the first."""
    return tuple(
        re.sub(r"\n(?=[^\n]|\Z)", "\n" + " " * blanks, part) if isinstance(part, str) else part for part in skeleton
    )
