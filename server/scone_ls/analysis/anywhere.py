"""What is judged in every part of a manifest, also where anything may stand: duplicate keys, templates read as mappings.

Here, too, what was found in a kept entry is remembered in it.
"""

from collections.abc import Iterator, Sequence
from itertools import compress

from scone_ls.analysis.violations import Keyword, Violation
from scone_ls.spec.schema import Field
from scone_ls.syntax.green import Entries, Entry, Item, Mapping, Node, Pair, Scalar
from scone_ls.syntax.green import Sequence as GreenSequence
from scone_ls.text import Span

MERGE = "<<"
_KEY = "anywhere"


def found_in(node: Node) -> Sequence[Violation]:
    """Return what is wrong in a node of which nothing is known, with offsets as in the node."""
    if node.__class__ is Scalar:
        return ()
    found: list[Violation] = []
    stack: list[tuple[Node, tuple[str | int, ...]]] = [(node, ())]
    while stack:
        node, path = stack.pop()
        match node:
            case Mapping() if is_template(node):
                found.append(Violation(Keyword.TEMPLATE, node.start, node.end, path, None, ""))
            case Mapping(pairs=pairs):
                found += (duplicate.under(*path) for duplicate in duplicates(node, None))
                if isinstance(pairs, Entries):
                    found += [violation.under(*path) for violation in _in_entries(pairs)]
                else:
                    stack.extend((pair.value, (*path, key_text(pair.key))) for pair in pairs)
            case GreenSequence(items=items):
                if isinstance(items, Entries):
                    found += [violation.under(*path) for violation in _in_entries(items)]
                else:
                    stack.extend((item.value, (*path, index)) for index, item in enumerate(items))
            case _:
                pass
    return found


def is_template(node: Mapping) -> bool:
    """Tell whether a mapping is really a template: `{{name}}` without quotes is a mapping whose key is a mapping."""
    pairs = node.pairs
    if not node.flow or len(pairs) != 1 or isinstance(pairs, Entries):
        return False
    key = pairs[0].key
    return isinstance(key, Mapping) and key.flow and key.start == node.start + 1


def duplicates(node: Mapping, field: Field | None) -> list[Violation]:
    """Return the keys of a mapping that stand in it for the second time or more often."""
    names = key_names(node)
    if len(set(names)) == len(names):
        return []
    first: dict[str, Span] = {}
    found: list[Violation] = []
    for name, span in keys_of(node):
        known = first.setdefault(name, span)
        if known is not span and name != MERGE:
            found.append(Violation(Keyword.DUPLICATE, *span, (), field, name, other=known))
    return found


def key_names(node: Mapping) -> list[str]:
    """Return the texts of the keys of a mapping, as far as they are scalars."""
    pairs = node.pairs
    if isinstance(pairs, Entries):
        return [key for entry in pairs.entries if (key := entry.key) is not None]
    return [pair.key.value for pair in pairs if isinstance(pair.key, Scalar)]


def keys_of(node: Mapping) -> Iterator[tuple[str, Span]]:
    """Yield the text and the place of each key of a mapping that is a scalar."""
    pairs = node.pairs
    if not isinstance(pairs, Entries):
        yield from (
            (pair.key.value, Span(pair.key.start, pair.key.end)) for pair in pairs if isinstance(pair.key, Scalar)
        )
        return
    for start, entry in zip(pairs.starts, pairs.entries, strict=False):
        match entry.child:
            case Pair(key=Scalar(key_start, key_end, name)):
                yield name, Span(start + key_start, start + key_end)
            case _:
                pass


def key_text(key: Node) -> str:
    """Return the text of a key, or nothing where it is no scalar."""
    return key.value if isinstance(key, Scalar) else ""


def is_whole(node: Mapping) -> bool:
    """Tell whether all of a mapping could be read, so that a key that is not there is missing."""
    pairs = node.pairs
    if isinstance(pairs, Entries):
        return all(entry.is_pair and not entry.faults for entry in pairs.entries)
    return all(isinstance(pair.key, Scalar) for pair in pairs)


def head(node: Node) -> Span:
    """Return the place of a node that is worth pointing at: of a block collection its first key or dash."""
    match node:
        case Mapping(flow=False, pairs=pairs) if len(pairs):
            return next((span for _, span in keys_of(node)), Span(node.start, node.end))
        case GreenSequence(flow=False, items=items) if len(items):
            first = items.entries[0].child if isinstance(items, Entries) else items[0]
            start = items.offset if isinstance(items, Entries) else 0
            dash = first.dash if isinstance(first, Item) and first.dash >= 0 else None
            return Span(node.start, node.end) if dash is None else Span(start + dash, start + dash + 1)
        case _:
            return Span(node.start, node.end)


def step_of(entry: Entry, index: int) -> str | int:
    """Return the step of a path that leads to the value in an entry of a collection."""
    return entry.key or "" if entry.is_pair else index


def _in_entries(entries: Entries) -> list[Violation]:
    kept: list[Sequence[Violation] | bool] = [entry.memo.get(_KEY, True) for entry in entries.entries]
    found: list[Violation] = []
    for index in compress(range(len(kept)), kept):
        entry = entries.entries[index]
        inner = kept[index]
        if isinstance(inner, bool):
            child = entry.child
            inner = tuple(found_in(child.value)) if isinstance(child, Pair | Item) else ()
            entry.memo[_KEY] = inner
        if inner:
            start, step = entries.starts[index], step_of(entry, index)
            found += [violation.moved(start).under(step) for violation in inner]
    return found
