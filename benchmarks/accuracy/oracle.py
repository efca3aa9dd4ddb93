"""What is wrong with a text, by judges that have nothing to do with our server.

YAML is judged by the pure parser of ruamel.yaml, keys that stand twice by looking at its nodes, and everything else
by `jsonschema` with the JSON Schemas. The judges say *that* a text is wrong, not where; not for use in the server.
"""

import functools
import json
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, NamedTuple, TypeAlias, cast

import jsonschema
import ruamel.yaml
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from benchmarks.servers import schema

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"
Path: TypeAlias = tuple[str | int, ...]


class Kind(Enum):
    """The three kinds of YAML node."""

    SCALAR = "scalar"
    SEQUENCE = "sequence"
    MAPPING = "mapping"


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML node: half-open range of code points, `style` as ruamel.yaml calls it (`flow` or `block` for collections)."""

    start: int
    end: int
    kind: Kind
    style: str
    value: Value
    children: tuple["Child", ...] = ()


@dataclass(frozen=True, slots=True)
class Child:
    """An item of a sequence (`key` is None, `name` its index) or a pair of a mapping."""

    name: str | int
    key: Node | None
    node: Node


class Fault(NamedTuple):
    """One thing that is wrong; indices in the path are left out, so that a moved item is still the same fault."""

    sort: str
    path: tuple[str, ...] = ()
    detail: str = ""


class BrokenError(Exception):
    """The text is not YAML."""


def documents(text: str) -> tuple[Node, ...]:
    """Compose every YAML document of a text; raise BrokenError where the pure parser rejects it."""
    yaml = ruamel.yaml.YAML(typ="rt", pure=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            constructor, _ = cast("tuple[Any, Any]", yaml.get_constructor_parser(text))  # pyright: ignore[reportUnknownMemberType] -- untyped
            composer = constructor.composer
            found: list[Node] = []
            while composer.check_node():
                found.append(_node(composer.get_node()))
    except (YAMLError, ValueError, RecursionError) as error:
        raise BrokenError(str(error)) from error
    return tuple(found)


def data(text: str) -> list[Value] | None:
    """Return the plain data of every document, or None where the text is not YAML."""
    try:
        return [node.value for node in documents(text)]
    except BrokenError:
        return None


def faults(text: str, kind: str) -> Counter[Fault]:
    """Return everything that is wrong with a text that is meant to be a manifest of this kind."""
    try:
        nodes = documents(text)
    except BrokenError:
        return Counter([Fault("yaml")])
    found: Counter[Fault] = Counter()
    for node in nodes:
        found.update(_duplicates(node, ()))
        found.update(schema_faults(node.value, kind))
    return found


def schema_faults(value: Value, kind: str) -> Counter[Fault]:
    """Return what the JSON Schema of the kind has against plain data."""
    return Counter(fault for error in _validator(kind).iter_errors(value) for fault in _named(error))


@functools.cache
def _validator(kind: str) -> Any:  # noqa: ANN401 -- its stubs are partly unknown
    return jsonschema.Draft202012Validator(json.loads(schema(kind).read_text(encoding="utf-8")))


def _named(error: jsonschema.ValidationError) -> Iterator[Fault]:
    """Yield an error of jsonschema as faults, one for each surplus key where it names several."""
    path = tuple(part for part in error.absolute_path if isinstance(part, str))
    match error.validator:
        case "additionalProperties" | "unevaluatedProperties":
            for key in re.findall(r"'([^']*)'", error.message):
                yield Fault("unknown key", path, key)
        case "required":
            yield Fault("required", path, error.message.partition("' is a required")[0][1:])
        case _:
            yield Fault(str(error.validator), path)


def _duplicates(node: Node, path: tuple[str, ...]) -> Iterator[Fault]:
    names = Counter(str(child.name) for child in node.children if child.key)
    for name, times in names.items():
        yield from [Fault("duplicate key", path, name)] * (times - 1)
    for child in node.children:
        deeper = (*path, child.name) if isinstance(child.name, str) else path
        yield from _duplicates(child.node, deeper)


def _node(node: object) -> Node:
    match node:
        case MappingNode():
            return _mapping(node)
        case SequenceNode():
            return _sequence(node)
        case ScalarNode():
            return _scalar(node)
        case _:
            raise BrokenError(f"an unknown node {node!r}")


def _scalar(node: ScalarNode) -> Node:
    raw: Any = node
    start, end = int(raw.start_mark.index), int(raw.end_mark.index)
    value = _resolved(str(raw.tag), str(raw.value))
    return Node(start, end, Kind.SCALAR, raw.style or "", value)


def _sequence(node: SequenceNode) -> Node:
    raw: Any = node
    children = tuple(Child(index, None, _node(item)) for index, item in enumerate(raw.value))
    values = [child.node.value for child in children]
    return _collection(raw, Kind.SEQUENCE, values, children)


def _mapping(node: MappingNode) -> Node:
    raw: Any = node
    children: list[Child] = []
    for key, value in cast("Sequence[tuple[object, object]]", raw.value):
        own = _node(key)
        children.append(Child(_name(own.value), own, _at_its_key(own, _node(value))))
    values: dict[str, Value] = {str(child.name): child.node.value for child in children}
    return _collection(raw, Kind.MAPPING, values, tuple(children))


def _at_its_key(key: Node, value: Node) -> Node:
    """Return the value, moved right behind the colon where it is empty: the parser's mark is the next token."""
    if value.start == value.end:
        return replace(value, start=key.end + 1, end=key.end + 1)
    return value


def _collection(raw: Any, kind: Kind, value: Value, children: tuple[Child, ...]) -> Node:  # noqa: ANN401 -- untyped in ruamel.yaml
    start, end = int(raw.start_mark.index), int(raw.end_mark.index)
    if raw.flow_style:
        return Node(start, end, kind, "flow", value, children)
    # A block ends where its last child does; the parser's own mark is the next token, behind comments.
    last = max((child.node.end for child in children), default=end)
    last = max(last, max((child.key.end for child in children if child.key), default=last))
    return Node(start, last, kind, "block", value, children)


def _name(value: Value) -> str:
    return value if isinstance(value, str) else json.dumps(value)


_CONSTANTS: Mapping[str, Value] = {"true": True, "false": False}


def _resolved(tag: str, value: str) -> Value:
    """Return the value of a scalar with its tag resolved, in what JSON can hold."""
    match tag.rpartition(":")[2]:
        case "null":
            return None
        case "bool":
            return _CONSTANTS.get(value.lower(), value)
        case "int":
            return _integer(value.replace("_", ""))
        case "float":
            return _real(value.replace("_", ""))
        case _:
            return value


def _integer(value: str) -> Value:
    digits = value.lstrip("+-")
    try:
        return int(value, 0 if digits.startswith(("0o", "0x")) else 10)
    except ValueError:
        return value


def _real(value: str) -> Value:
    try:
        return float(value.lower().replace(".inf", "inf").replace(".nan", "nan"))
    except ValueError:
        return value
