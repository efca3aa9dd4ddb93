"""The answers to the question what can be typed at an offset, as plain data; `scone_ls.syntax.cursor` gives them."""

from dataclasses import dataclass
from typing import TypeAlias

from scone_ls.syntax.neighbours import Sibling, Value
from scone_ls.syntax.places import Path
from scone_ls.text import Span

_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class KeySlot:
    """A key can stand here, in the mapping at `path`; where `is_open`, also anything else: nothing stands there yet.

    `span` is the word to be replaced, `prefix` its part before the cursor. `lead` are the blanks to be inserted before
    it so that it begins at `column`. `colon` tells whether a colon follows, `value` what stands as the key's value, or
    below a key whose colon is missing. `siblings` are the other keys, in the order of the text. `text` is the whole
    scalar that stands here (where it is read as one), `items` the other items of the list around it.
    `list_path` is the path of a list whose dashes may stand at the same column, `beside` are the keys of the item
    above the one in which the cursor stands.
    """

    path: Path
    span: Span
    name: str
    prefix: str
    lead: str
    column: int
    colon: bool
    value: Value
    siblings: tuple[Sibling, ...]
    is_open: bool
    flow: bool
    quote: str = ""
    text: Span = _NOWHERE
    items: tuple[str, ...] = ()
    list_path: Path | None = None
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueSlot:
    """A scalar can stand here as the value at `path` (a key's, or an item); inside quotes `quote` says which.

    `siblings` are the other keys of the mapping in which the value stands, `items` the other items of its list.
    `closed` tells whether the quotes have their end.
    """

    path: Path
    span: Span
    prefix: str
    lead: str
    siblings: tuple[Sibling, ...]
    flow: bool
    quote: str = ""
    closed: bool = True
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemSlot:
    """A new item with its dash can stand here, in the list at `path`, the dash at `column`."""

    path: Path
    span: Span
    prefix: str
    lead: str
    column: int


Slot: TypeAlias = KeySlot | ValueSlot | ItemSlot
