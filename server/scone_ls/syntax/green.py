"""The nodes that are kept between keystrokes: plain values whose offsets are relative to the entry they stand in.

An `Entry` is a piece of a document: one key of a block mapping, or one item of a block sequence, with all the lines
that belong to it. Nothing inside an entry knows where the entry stands, so an edit elsewhere leaves it untouched, and
what was derived from it can be kept in its `memo`. Everybody who wants places in the text reads `scone_ls.syntax.tree`
instead; only what runs at every keystroke walks these nodes directly.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias, TypeVar

from scone_ls.syntax.faults import Fault

_Derived = TypeVar("_Derived")


class Anchor(NamedTuple):
    """`&name` before a node; the span includes the `&`."""

    start: int
    end: int
    name: str


class Scalar(NamedTuple):
    """A scalar: its span (quotes included, line end of a block scalar excluded) and its value as YAML reads it.

    `style` is the first character of its notation: `'`, `"`, `|`, `>`, or nothing for a plain scalar. Where a value is
    left out there is a plain scalar with an empty span. `tag` is resolved (`tag:yaml.org,2002:int`, …).
    """

    start: int
    end: int
    value: str
    style: str
    tag: str
    anchor: Anchor | None = None


class Alias(NamedTuple):
    """`*name`; it is never expanded."""

    start: int
    end: int
    name: str


class Broken(NamedTuple):
    """A place where a node stands that did not parse; a fault says why. Nothing may be concluded from it."""

    start: int
    end: int


class Pair(NamedTuple):
    """A key and its value; `colon` is the offset of the `:`, or `-1` where there is none."""

    key: "Node"
    colon: int
    value: "Node"


class Item(NamedTuple):
    """An item of a sequence; `dash` is the offset of its `-`, or `-1` in a flow sequence."""

    dash: int
    value: "Node"


class Mapping(NamedTuple):
    """A mapping in the order of the text, duplicate keys included.

    A block mapping that was cut into entries has them as `pairs`, each with offsets of its own (see `pairs_of`).
    """

    start: int
    end: int
    pairs: "tuple[Pair, ...] | Entries"
    flow: bool
    tag: str = ""
    anchor: Anchor | None = None


class Sequence(NamedTuple):
    """A sequence; one that was cut has its entries as `items` (see `items_of`)."""

    start: int
    end: int
    items: "tuple[Item, ...] | Entries"
    flow: bool
    tag: str = ""
    anchor: Anchor | None = None


Node: TypeAlias = Scalar | Mapping | Sequence | Alias | Broken


class Mould:
    """What entries have in common whose lines differ in nothing but their plain or simply quoted values.

    `cast` makes the pair or item from the values as they stand in the text, one for each line, empty where a line has
    none. `key` is that of the pair, none for an item; `is_nested` tells whether its value, or the item, is a collection.
    `memo` holds what others derived from the keys alone, under keys of their own.
    """

    __slots__ = ("cast", "is_nested", "key", "memo")

    def __init__(self, cast: "Callable[[tuple[str, ...]], Pair | Item]", key: str | None, *, is_nested: bool) -> None:
        self.cast = cast
        self.key = key
        self.is_nested = is_nested
        self.memo: dict[Any, Any] = {}


class Unmade(NamedTuple):
    """The child of an entry of plain lines as they stand in the text; its nodes are made when somebody asks for them."""

    mould: Mould
    values: tuple[str, ...]


class Entry:
    """A piece of a document that parses on its own: a pair, an item, or the root of a whole document.

    Its `child` may be made when it is first asked for; `unmade` tells as much as most want to know, where it is there.
    `length` counts the code points of all its lines. `column` is where its first character that is no blank stands, or
    `-1` for a document. `faults` are those found in the entry itself, relative to it, not those of entries inside it.
    `sound` says that neither has any, and that the entry means the same wherever it stands; only then is it kept.
    `names` tells whether there is an anchor or an alias in it. `memo` holds what others derived from the entry, under
    keys of their own; it is no part of its value.
    """

    __slots__ = ("_child", "column", "faults", "length", "memo", "names", "sound", "unmade")

    def __init__(
        self,
        length: int,
        column: int,
        child: "Pair | Item | Node | Unmade | None",
        faults: tuple[Fault, ...] = (),
        *,
        names: bool = False,
        bound: bool = False,
    ) -> None:
        """Make an entry; `bound` says that its reading depends on its surroundings, so that it must not be kept."""
        self.length = length
        self.column = column
        self.faults = faults
        self.names = names
        self.sound = not faults and not bound
        self.memo: dict[Any, Any] = {}
        if isinstance(child, Unmade):
            self._child: Pair | Item | Node | None = None
            self.unmade: Unmade | None = child
            return
        self._child, self.unmade = child, None
        inner = _inner(child)
        if inner:
            self.names = names or any(map(_names, inner))
            self.sound = self.sound and all(map(_sound, inner))

    @property
    def child(self) -> "Pair | Item | Node | None":
        """The pair, the item or the root."""
        if self._child is None and self.unmade is not None:
            self._child = self.unmade.mould.cast(self.unmade.values)
        return self._child

    @property
    def is_item(self) -> bool:
        """Whether the child is an item of a sequence."""
        return isinstance(self._child, Item) if self.unmade is None else self.unmade.mould.key is None

    @property
    def is_pair(self) -> bool:
        """Whether the child is a pair of a mapping."""
        return isinstance(self._child, Pair) if self.unmade is None else self.unmade.mould.key is not None

    @property
    def key(self) -> str | None:
        """The text of the key, where the child is a pair that has a scalar for one."""
        if self.unmade is not None:
            return self.unmade.mould.key
        child = self._child
        return child.key.value if isinstance(child, Pair) and isinstance(child.key, Scalar) else None


_names = attrgetter("names")
_sound = attrgetter("sound")
_length = attrgetter("length")


class Entries:
    """The entries of a block collection that was cut; they follow each other without a gap from `offset` on."""

    __slots__ = ("_before", "_derived", "_first", "_last", "_starts", "entries", "offset")

    def __init__(self, offset: int, entries: tuple[Entry, ...]) -> None:
        self.offset = offset
        self.entries = entries
        self._starts: list[int] | None = None
        self._derived: dict[Any, list[Any]] = {}
        self._before: dict[Any, list[Any]] = {}
        self._first, self._last = 0, -1

    def exchanged(self, first: int, last: int, fresh: "list[Entry]") -> "Entries":
        """Return the entries after those from `first` to `last` were exchanged for others; all the rest is kept."""
        new = Entries(self.offset, (*self.entries[:first], *fresh, *self.entries[last + 1 :]))
        new._before, new._first, new._last = self._derived, first, last
        return new

    def derived(self, key: object, derive: "Callable[[range], Iterable[_Derived]]") -> "list[_Derived]":
        """Return what follows from each entry alone, for all of them in their order; it is kept under the key.

        `derive` tells it for the entries of some numbers: for those that are not of the version before.
        """
        found = self._derived.get(key)
        if found is None:
            known, count = self._before.get(key), len(self.entries)
            if known is None:
                found = list(derive(range(count)))
            else:
                rest = known[self._last + 1 :]
                found = [*known[: self._first], *derive(range(self._first, count - len(rest))), *rest]
            self._derived[key] = found
        return found

    @property
    def starts(self) -> list[int]:
        """The offset of each entry, and at last the end of the last one, in the entry around the collection."""
        if self._starts is None:
            self._starts = list(accumulate(map(_length, self.entries), initial=self.offset))
        return self._starts

    @property
    def end(self) -> int:
        """The end of the last entry."""
        return self.starts[-1]

    def __len__(self) -> int:
        return len(self.entries)


def pairs_of(mapping: Mapping) -> Iterator[tuple[int, Pair]]:
    """Yield each pair with the distance to be added to the offsets in it."""
    pairs = mapping.pairs
    if isinstance(pairs, tuple):
        for pair in pairs:
            yield 0, pair
        return
    for start, entry in zip(pairs.starts, pairs.entries, strict=False):
        if isinstance(entry.child, Pair):
            yield start, entry.child


def items_of(sequence: Sequence) -> Iterator[tuple[int, Item]]:
    """Yield each item with the distance to be added to the offsets in it."""
    items = sequence.items
    if isinstance(items, tuple):
        for item in items:
            yield 0, item
        return
    for start, entry in zip(items.starts, items.entries, strict=False):
        if isinstance(entry.child, Item):
            yield start, entry.child


def entries_of(entry: Entry) -> Entries | None:
    """Return the entries that stand directly inside an entry, if it was cut."""
    if entry.unmade is not None:
        return None
    child = entry.child
    value = child.value if isinstance(child, Pair | Item) else child
    match value:
        case Mapping(pairs=Entries() as entries) | Sequence(items=Entries() as entries):
            return entries
        case _:
            return None


def faults_in(entry: Entry, base: int) -> list[Fault]:
    """Collect the faults of an entry that begins at an offset, and of the entries in it; sound ones are passed by."""
    found: list[Fault] = []
    stack = [(entry, base)]
    while stack:
        entry, base = stack.pop()
        if entry.sound:
            continue
        found += (fault.moved(base) for fault in entry.faults)
        inner = entries_of(entry)
        if inner is not None:
            parts = zip(inner.starts, inner.entries, strict=False)
            stack.extend((part, base + start) for start, part in parts if not part.sound)
    return found


def _inner(child: "Pair | Item | Node | None") -> tuple[Entry, ...]:
    value = child.value if type(child) is Pair or type(child) is Item else child
    if type(value) is Mapping and type(value.pairs) is Entries:
        return value.pairs.entries
    if type(value) is Sequence and type(value.items) is Entries:
        return value.items.entries
    return ()
