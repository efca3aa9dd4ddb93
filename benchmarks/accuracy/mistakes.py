"""Nine sorts of mistake that people make, planted in a manifest one at a time.

Each sort has a function that yields candidates in random order; whether the text really became wrong is for
`benchmarks.accuracy.oracle` to say, not for this module.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from benchmarks.accuracy import oracle
from benchmarks.accuracy.ground import Entry, Ground
from benchmarks.accuracy.oracle import Kind, Node

Range = tuple[int, int]
_T = TypeVar("_T")
_SIMPLE = re.compile(r"[A-Za-z0-9_./$-]+|\"[^\"\\\n]*\"|'[^'\n]*'")
_NEIGHBOURS = "qwertyuiopasdfghjklzxcvbnm"


class Sort(Enum):
    """The sorts of mistake."""

    MISSPELT_KEY = "misspelt key"
    MISSING_KEY = "missing key"
    WRONG_TYPE = "wrong type"
    BAD_VALUE = "bad value"
    DUPLICATE_KEY = "duplicate key"
    TAB = "tab"
    LOST_COLON = "lost colon"
    LOST_QUOTE = "lost quote"
    WRONG_INDENTATION = "wrong indentation"


@dataclass(frozen=True, slots=True)
class Mistake:
    """A text with one mistake: `places` are ranges of the new text where a report belongs.

    `mendable` says that the original can be known from what is there.
    """

    sort: Sort
    ground: Ground
    text: str
    places: tuple[Range, ...]
    mendable: bool = True


def mistakes(sort: Sort, grounds: Sequence[Ground], wanted: int, seed: int) -> list[Mistake]:
    """Plant so many mistakes of a sort (fewer where there are no more), spread evenly over the manifests.

    The same seed gives the same mistakes. Only those count after which the oracle finds more wrong than before.
    """
    chance = random.Random(f"{seed} {sort.value}")
    waiting = [_PLANTERS[sort](ground, chance) for ground in _shuffled(grounds, chance)]
    found: list[Mistake] = []
    while waiting and len(found) < wanted:
        for candidates in list(waiting):
            mistake = next((one for one in candidates if _is_wrong(one)), None)
            if mistake is None:
                waiting.remove(candidates)
            elif len(found) < wanted:
                found.append(mistake)
    return found


def typo(word: str, chance: random.Random) -> str:
    """Return the word with two letters swapped, or one dropped, doubled or hit beside; never the word itself."""
    at = chance.randrange(len(word))
    match chance.randrange(4):
        case 0 if at + 1 < len(word) and word[at] != word[at + 1]:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 1 if len(word) > 2:
            return word[:at] + word[at + 1 :]
        case 2 if word[at].isalnum():
            return word[:at] + word[at] + word[at:]
        case _:
            near = _NEIGHBOURS[(_NEIGHBOURS.find(word[at].lower()) + 1) % len(_NEIGHBOURS)]
            return word[:at] + near + word[at + 1 :]


def _is_wrong(mistake: Mistake) -> bool:
    ground = mistake.ground
    return bool(oracle.faults(mistake.text, ground.kind) - ground.faults)


def _misspelt_keys(ground: Ground, chance: random.Random) -> Iterator[Mistake]:
    for entry in _shuffled(ground.entries, chance):
        key = entry.child.key
        if key and not key.style and key.end - key.start > 2:
            word = typo(ground.text[key.start : key.end], chance)
            if all(word != child.name for child in entry.parent.children):
                yield _replaced(Sort.MISSPELT_KEY, ground, (key.start, key.end), word)


def _missing_keys(ground: Ground, chance: random.Random) -> Iterator[Mistake]:
    for entry in _shuffled(ground.entries, chance):
        if entry.child.key and ground.new_faults(ground.without(entry.path)):
            cut = _whole_pair(ground, entry)
            if cut:
                text = ground.text[: cut[0]] + ground.text[cut[1] :]
                places = tuple(_lacking(entry, cut))
                yield Mistake(Sort.MISSING_KEY, ground, text, places, mendable=False)


def _lacking(entry: Entry, cut: Range) -> Iterator[Range]:
    """Yield the mapping that lacks a pair after the cut (the root one includes what stands before it), and its key."""
    start, end = entry.parent.start, entry.parent.end
    after = end - (cut[1] - cut[0]) if cut[1] < end else cut[0]
    yield (start if entry.path[1:] else 0, max(after, start + 1))
    if entry.parent_key:
        yield entry.parent_key.start, entry.parent_key.end


def _whole_pair(ground: Ground, entry: Entry) -> Range | None:
    """Return what has to be cut for a pair to be gone; None where that leaves no mapping."""
    key = entry.child.key
    later = [child.key.start for child in entry.parent.children if child.key and key and child.key.start > key.start]
    if not key or len(entry.parent.children) < 2:
        return None
    start = ground.line_start(key.start)
    if entry.parent.style == "block" and not ground.text[start : key.start].strip():
        return start, min(ground.last_line_end(entry.child.node) + 1, len(ground.text))
    return (key.start, min(later)) if later else None


def _wrong_types(ground: Ground, chance: random.Random) -> Iterator[Mistake]:
    for entry in _shuffled(ground.entries, chance):
        node = entry.child.node
        raw = ground.text[node.start : node.end]
        if node.kind is Kind.SCALAR:
            if _SIMPLE.fullmatch(raw):
                new = chance.choice((f"[{raw}]", f"[{raw}, other]", f"{{inner: {raw}}}"))
                yield _replaced(Sort.WRONG_TYPE, ground, (node.start, node.end), new, mendable=False)
        elif entry.child.key:
            flipped = "{inner: outer}" if node.kind is Kind.SEQUENCE else "[one, two]"
            start = entry.child.key.end + 1
            end = ground.last_line_end(node) if node.style == "block" else node.end
            new = chance.choice((flipped, "something"))
            text = ground.text[:start] + " " + new + ground.text[end:]
            places = ((start + 1, start + 1 + len(new)),)
            yield Mistake(Sort.WRONG_TYPE, ground, text, places, mendable=False)


def _bad_values(ground: Ground, chance: random.Random) -> Iterator[Mistake]:
    for entry in _shuffled(ground.entries, chance):
        node = entry.child.node
        raw = ground.text[node.start : node.end]
        if node.kind is not Kind.SCALAR or not _SIMPLE.fullmatch(raw):
            continue
        quote = raw[0] if raw[0] in "\"'" else ""
        word = typo(raw.strip("\"'"), chance)
        wrong = ground.new_faults(ground.with_value(entry.path, word))
        if wrong:
            # A pattern tells that a value is wrong, a list of values also which one was meant.
            known = any(fault.sort == "enum" for fault in wrong) or "apiVersion" in entry.path
            place = (node.start, node.end)
            yield _replaced(Sort.BAD_VALUE, ground, place, f"{quote}{word}{quote}", mendable=known)


def _duplicate_keys(ground: Ground, chance: random.Random) -> Iterator[Mistake]:
    for entry in _shuffled(ground.entries, chance):
        key, node = entry.child.key, entry.child.node
        if not key or entry.parent.style != "block" or not ground.leads_its_line(key):
            continue
        indentation = " " * (key.start - ground.line_start(key.start))
        end = ground.last_line_end(node)
        pair = ground.text[key.start : end]
        raw = ground.text[node.start : node.end]
        other = ground.with_value(entry.path, f"{raw}x")
        is_simple = re.fullmatch(r"[A-Za-z0-9_./-]+", raw) and not ground.new_faults(other)
        if is_simple and chance.random() < 0.5:
            pair = ground.text[key.start : node.start] + raw + "x"
        text = f"{ground.text[:end]}\n{indentation}{pair}{ground.text[end:]}"
        start = end + 1 + len(indentation)
        yield Mistake(Sort.DUPLICATE_KEY, ground, text, ((start, start + len(pair)),))


def _tabs(ground: Ground, chance: random.Random) -> Iterator[Mistake]:
    spaces: list[Range] = []
    for start, _ in _structural_lines(ground):
        line = ground.text[start : ground.line_end(start)]
        indentation = len(line) - len(line.lstrip(" "))
        if indentation:
            spaces += [(start, start + indentation), (start + indentation - 1, start + indentation)]
        if indentation > 2:
            spaces.append((start, start + 2))
        for separation in (r" *-( )(?=\S)", r"[ -]*[A-Za-z_]+:( )(?=\S)"):
            blank = re.match(separation, line)
            if blank:
                spaces.append((start + blank.start(1), start + blank.end(1)))
    for place in _shuffled(spaces, chance):
        yield _replaced(Sort.TAB, ground, place, "\t")


def _lost_colons(ground: Ground, chance: random.Random) -> Iterator[Mistake]:
    for entry in _shuffled(ground.entries, chance):
        key = entry.child.key
        if key and not key.style and ground.text[key.end : key.end + 1] == ":":
            text = ground.text[: key.end] + ground.text[key.end + 1 :]
            place = (key.start, max(key.end, ground.line_end(key.end) - 1))
            yield Mistake(Sort.LOST_COLON, ground, text, (place,))


def _lost_quotes(ground: Ground, chance: random.Random) -> Iterator[Mistake]:
    quoted: list[tuple[Node, int]] = []
    for entry in ground.entries:
        for node in (entry.child.key, entry.child.node):
            if node and node.style in {'"', "'"}:
                quoted += [(node, node.start), (node, node.end - 1)]
    for node, quote in _shuffled(quoted, chance):
        text = ground.text[:quote] + ground.text[quote + 1 :]
        place = (node.start, max(node.end, ground.line_end(node.start)) - 1)
        yield Mistake(Sort.LOST_QUOTE, ground, text, (place,))


def _wrong_indentations(ground: Ground, chance: random.Random) -> Iterator[Mistake]:
    shifts: list[tuple[Range, int]] = []
    for start, end in _structural_lines(ground):
        line_end = ground.line_end(start)
        blocks = {(start, line_end), (start, end)}
        shifts += [(block, by) for block in sorted(blocks) for by in (-2, -1, 1, 2)]
    for (start, end), by in _shuffled(shifts, chance):
        lines = ground.text[start:end].split("\n")
        if by > 0:
            moved = [" " * by + line if line else line for line in lines]
        elif all(line.startswith(" " * -by) for line in lines if line.strip()):
            moved = [line[-by:] if line.strip() else line for line in lines]
        else:
            continue
        yield _replaced(Sort.WRONG_INDENTATION, ground, (start, end), "\n".join(moved))


def _structural_lines(ground: Ground) -> list[Range]:
    """Return, for each line that begins with a key or an item, its start and the end of what it begins."""
    found: dict[int, int] = {}
    for entry in ground.entries:
        first = entry.child.key or entry.child.node
        if entry.parent.style == "block" and ground.leads_its_line(first):
            start = ground.line_start(first.start)
            end = ground.last_line_end(entry.child.node)
            found[start] = max(found.get(start, 0), end)
    return sorted(found.items())


def _replaced(sort: Sort, ground: Ground, place: Range, new: str, *, mendable: bool = True) -> Mistake:
    start, end = place
    text = ground.text[:start] + new + ground.text[end:]
    return Mistake(sort, ground, text, ((start, start + len(new)),), mendable)


def _shuffled(things: Sequence[_T], chance: random.Random) -> list[_T]:
    mixed = list(things)
    chance.shuffle(mixed)
    return mixed


_PLANTERS: Mapping[Sort, Callable[[Ground, random.Random], Iterator[Mistake]]] = {
    Sort.MISSPELT_KEY: _misspelt_keys,
    Sort.MISSING_KEY: _missing_keys,
    Sort.WRONG_TYPE: _wrong_types,
    Sort.BAD_VALUE: _bad_values,
    Sort.DUPLICATE_KEY: _duplicate_keys,
    Sort.TAB: _tabs,
    Sort.LOST_COLON: _lost_colons,
    Sort.LOST_QUOTE: _lost_quotes,
    Sort.WRONG_INDENTATION: _wrong_indentations,
}
