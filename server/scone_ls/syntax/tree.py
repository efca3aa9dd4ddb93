"""The tree that everybody reads: nodes with their places in the text, made on demand from the kept ones.

A view is a pair of a kept node (`scone_ls.syntax.green`) and the offset of the entry it stands in; it costs nothing
until it is looked at, and never changes. All spans are absolute, in code points.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from scone_ls.syntax import green
from scone_ls.text import Span


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar; see `green.Scalar` for the meaning of `style` and `tag`."""

    node: green.Scalar
    base: int

    @property
    def span(self) -> Span:
        """The scalar with its quotes."""
        return Span(self.base + self.node.start, self.base + self.node.end)

    @property
    def value(self) -> str:
        """The value as YAML reads it."""
        return self.node.value

    @property
    def style(self) -> str:
        """The quote or block indicator, or nothing for a plain scalar."""
        return self.node.style

    @property
    def tag(self) -> str:
        """The resolved tag."""
        return self.node.tag

    @property
    def is_null(self) -> bool:
        """Whether YAML reads it as null: left out, `~` or `null`."""
        return self.node.tag == "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class Alias:
    """`*name`."""

    node: green.Alias
    base: int

    @property
    def span(self) -> Span:
        """The alias with its `*`."""
        return Span(self.base + self.node.start, self.base + self.node.end)

    @property
    def name(self) -> str:
        """The anchor it refers to."""
        return self.node.name


@dataclass(frozen=True, slots=True)
class Broken:
    """A node that did not parse."""

    node: green.Broken
    base: int

    @property
    def span(self) -> Span:
        """The text that did not parse."""
        return Span(self.base + self.node.start, self.base + self.node.end)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping; its pairs in the order of the text."""

    node: green.Mapping
    base: int

    @property
    def span(self) -> Span:
        """From the first key (or the brace) to the end of the last value (or the brace)."""
        return Span(self.base + self.node.start, self.base + self.node.end)

    @property
    def flow(self) -> bool:
        """Whether it is written in braces."""
        return self.node.flow

    @property
    def pairs(self) -> "tuple[Pair, ...]":
        """All pairs, duplicate keys included."""
        return tuple(Pair(pair, self.base + base) for base, pair in green.pairs_of(self.node))

    def value(self, key: str) -> "Node | None":
        """Return the value of the last pair with that key."""
        found = None
        for pair in self.pairs:
            if pair.name == key:
                found = pair.value
        return found


@dataclass(frozen=True, slots=True)
class Sequence:
    """A sequence of items."""

    node: green.Sequence
    base: int

    @property
    def span(self) -> Span:
        """From the first dash (or the bracket) to the end of the last item (or the bracket)."""
        return Span(self.base + self.node.start, self.base + self.node.end)

    @property
    def flow(self) -> bool:
        """Whether it is written in brackets."""
        return self.node.flow

    @property
    def items(self) -> "tuple[Item, ...]":
        """All items."""
        return tuple(Item(item, self.base + base) for base, item in green.items_of(self.node))


Node: TypeAlias = Scalar | Mapping | Sequence | Alias | Broken


@dataclass(frozen=True, slots=True)
class Pair:
    """A key with its value."""

    node: green.Pair
    base: int

    @property
    def key(self) -> Node:
        """The key."""
        return view(self.node.key, self.base)

    @property
    def name(self) -> str | None:
        """The key's text where it is a scalar."""
        return self.node.key.value if isinstance(self.node.key, green.Scalar) else None

    @property
    def colon(self) -> int | None:
        """The offset of the colon, if there is one."""
        return None if self.node.colon < 0 else self.base + self.node.colon

    @property
    def value(self) -> Node:
        """The value; an empty scalar where none is written."""
        return view(self.node.value, self.base)

    @property
    def span(self) -> Span:
        """From the key to the end of the value."""
        end = max(self.node.key.end, self.node.colon + 1, self.node.value.end)
        return Span(self.base + self.node.key.start, self.base + end)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a sequence."""

    node: green.Item
    base: int

    @property
    def dash(self) -> int | None:
        """The offset of the dash; none in a flow sequence."""
        return None if self.node.dash < 0 else self.base + self.node.dash

    @property
    def value(self) -> Node:
        """The item's value; an empty scalar where none is written."""
        return view(self.node.value, self.base)

    @property
    def span(self) -> Span:
        """From the dash (or the value) to the end of the value."""
        start = self.node.value.start if self.node.dash < 0 else self.node.dash
        return Span(self.base + start, self.base + max(start, self.node.value.end))


def view(node: green.Node, base: int) -> Node:
    """Return the view of a kept node whose entry begins at the offset `base`."""
    match node:
        case green.Scalar():
            return Scalar(node, base)
        case green.Mapping():
            return Mapping(node, base)
        case green.Sequence():
            return Sequence(node, base)
        case green.Alias():
            return Alias(node, base)
        case green.Broken():
            return Broken(node, base)


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and all nodes below it, in the order of the text."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        match node:
            case Mapping():
                stack.extend(part for pair in reversed(node.pairs) for part in (pair.value, pair.key))
            case Sequence():
                stack.extend(item.value for item in reversed(node.items))
            case _:
                pass


Step: TypeAlias = Pair | Item


def path_to(root: Node, offset: int) -> tuple[Step, ...]:
    """Return the pairs and items around an offset, the outermost first."""
    steps: list[Step] = []
    node = root
    while True:
        step = _step_at(node, offset)
        if step is None:
            return tuple(steps)
        steps.append(step)
        if isinstance(step, Pair) and step.key.span.touches(offset):
            return tuple(steps)
        node = step.value


def _step_at(node: Node, offset: int) -> Step | None:
    match node:
        case Mapping() | Sequence():
            steps: tuple[Step, ...] = _steps_near(node, offset)
            return next((step for step in steps if step.span.touches(offset)), None)
        case _:
            return None


def _steps_near(node: Mapping | Sequence, offset: int) -> tuple[Step, ...]:
    """Return the steps that can hold the offset; in a collection that was cut, only the entry around it."""
    kept = node.node.pairs if isinstance(node.node, green.Mapping) else node.node.items
    if isinstance(kept, tuple):
        return node.pairs if isinstance(node, Mapping) else node.items
    return tuple(entry_step(kept, index, node.base) for index in _indices_near(kept, offset - node.base))


def _indices_near(entries: green.Entries, offset: int) -> Iterator[int]:
    index = bisect_right(entries.starts, offset) - 1
    for candidate in (index, index - 1):
        if 0 <= candidate < len(entries) and isinstance(entries.entries[candidate].child, green.Pair | green.Item):
            yield candidate


def entry_step(entries: green.Entries, index: int, base: int) -> Step:
    """Return the view of one entry of a collection that was cut."""
    child = entries.entries[index].child
    start = base + entries.starts[index]
    return Pair(child, start) if isinstance(child, green.Pair) else Item(child, start)  # type: ignore[arg-type]  # The caller skips entries without a pair or an item.
