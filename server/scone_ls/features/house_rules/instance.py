"""A manifest as the plain data that JSON Schema judges, and the way back from there to the text.

What nobody can know yet, such as a value with a variable in it, is an `Unknown`, which is never judged. Mappings and
lists that hold one, however deep, are of classes of their own, as some keywords of JSON Schema would judge by it.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, TypeAlias

from scone_ls.analysis import anywhere
from scone_ls.syntax import tree
from scone_ls.syntax.templates import templates_in
from scone_ls.text import Span

_TAG = "tag:yaml.org,2002:"


class Unknown:
    """A value that nobody can know yet."""


class DoubtfulMapping(dict[str, Any]):
    """A mapping that holds something unknown; `is_open` says that there may be more keys than can be seen."""

    is_open = False


class DoubtfulList(list[Any]):
    """A list that holds something unknown."""


Instance: TypeAlias = Any
Doubtful = Unknown | DoubtfulMapping | DoubtfulList


def instance_of(node: tree.Node, *, whole: bool) -> Instance:
    """Return the data of a node; `whole` says that all of the document could be read."""
    match node:
        case tree.Mapping():
            return _mapping(node, whole=whole)
        case tree.Sequence():
            values = [instance_of(item.value, whole=whole) for item in node.items]
            return DoubtfulList(values) if any(isinstance(value, Doubtful) for value in values) else values
        case tree.Scalar():
            return _scalar(node)
        case tree.Alias() | tree.Broken():
            return Unknown()


def place_of(root: tree.Node, path: Sequence[str | int], *, at_key: bool) -> Span:
    """Return the place of the value at a path, or of its key: where it is asked for, and where the value is no scalar."""
    node, key = root, None
    for step in path:
        match node, step:
            case tree.Mapping(), str(name):
                pair = next((pair for pair in reversed(node.pairs) if pair.name == name), None)
                if pair is None:
                    break
                node, key = pair.value, pair.key.span
            case tree.Sequence(), int(index):
                node, key = node.items[index].value, None
            case _:
                break
    if isinstance(node, tree.Scalar) and node.span.start < node.span.end and not (at_key and key):
        return node.span
    return key or anywhere.head(node.node).moved(node.base)


def has_variable(text: str) -> bool:
    """Tell whether a text has a template in it, so that what it will be is not known."""
    return ("$" in text or "{{" in text) and bool(templates_in(text, Span(0, len(text))))


def _mapping(node: tree.Mapping, *, whole: bool) -> dict[str, Any]:
    members: dict[str, Any] = {}
    is_open = not whole
    for pair in node.pairs:
        name = pair.name
        if name is None or name == anywhere.MERGE or has_variable(name):
            is_open = True
        else:
            members[name] = instance_of(pair.value, whole=whole)
    if not is_open and not any(isinstance(value, Doubtful) for value in members.values()):
        return members
    doubtful = DoubtfulMapping(members)
    doubtful.is_open = is_open
    return doubtful


def _scalar(node: tree.Scalar) -> Instance:
    """Return the value of a scalar; unknown where a variable is in it or its tag is somebody's own."""
    value, kind = node.value, node.tag.removeprefix(_TAG)
    with suppress(ValueError):
        match kind:
            case "str":
                return Unknown() if has_variable(value) else value
            case "null":
                return None
            case "bool":
                return value.lower() == "true"
            case "int":
                return int(value.replace("_", ""), 0) if value.strip("-+0") else 0
            case "float":
                return float(value.lower().replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))
            case _:
                pass
    return Unknown()
