"""Counts how often completion offers the key that is missing where the cursor stands."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from benchmarks.accuracy import oracle
from benchmarks.accuracy.ground import Entry, Ground
from benchmarks.judge import Judge, Offer, shown

_FIRST = 5


class Gap(Enum):
    """How the word at a key is taken away."""

    REST_IN_PLACE = "word gone, rest in place"
    PAIR_GONE = "pair gone, later lines in place"
    NOTHING_AFTER = "word gone, nothing after it"
    TWO_LETTERS = "two letters typed, rest in place"
    TWO_LETTERS_AT_END = "two letters typed, nothing after them"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was offered for one key: `broken` holds results that are not YAML, by label."""

    gap: Gap
    key: str
    text: str
    offset: int
    offered: bool
    among_first: bool
    labels: tuple[str, ...]
    broken: tuple[tuple[str, str], ...]


def keys(grounds: Sequence[Ground], wanted: int, seed: int) -> list[tuple[Ground, Entry]]:
    """Choose so many keys that the specification knows, at random over all manifests."""
    chance = random.Random(f"{seed} keys")
    known = [
        (ground, entry)
        for ground in grounds
        for entry in ground.entries
        if entry.child.key and not entry.child.key.style and not _is_unknown(ground, entry)
    ]
    return chance.sample(known, min(wanted, len(known)))


def answers(judge: Judge, chosen: Sequence[tuple[Ground, Entry]], results: int, seed: int) -> Iterator[Answer]:
    """Ask for each key in each way; try the wanted item and so many others whether their results are YAML."""
    chance = random.Random(f"{seed} items")
    for ground, entry in chosen:
        for gap in Gap:
            text, offset, prefix = _with_gap(ground, entry, gap)
            offers = shown(judge.offers(text, offset), prefix)
            yield _answer(gap, str(entry.child.name), (text, offset), offers, (results, chance))


def unexplained(judge: Judge, chosen: Sequence[tuple[Ground, Entry]]) -> Iterator[tuple[str, str]]:
    """Yield the manifest and the name of each key that has no hover."""
    for ground, entry in chosen:
        key = entry.child.key
        if key and not judge.explains(ground.text, key.start + 1):
            yield ground.manifest.name, str(entry.child.name)


def _is_unknown(ground: Ground, entry: Entry) -> bool:
    path = tuple(part for part in entry.path[:-1] if isinstance(part, str))
    return bool(ground.faults[oracle.Fault("unknown key", path, str(entry.child.name))])


def _with_gap(ground: Ground, entry: Entry, gap: Gap) -> tuple[str, int, str]:
    """Return the text with the gap, the cursor's offset, and what is typed before the cursor."""
    key = entry.child.key
    if not key:
        raise ValueError("an item has no key")
    prefix = rest = ""
    if gap in {Gap.TWO_LETTERS, Gap.TWO_LETTERS_AT_END}:
        prefix = ground.text[key.start : key.start + 2]
    if gap in {Gap.REST_IN_PLACE, Gap.TWO_LETTERS}:
        rest = ground.text[key.end :]
    elif gap is Gap.PAIR_GONE:
        rest = ground.text[_end_of_pair(ground, entry) :]
    return ground.text[: key.start] + prefix + rest, key.start + len(prefix), prefix


def _end_of_pair(ground: Ground, entry: Entry) -> int:
    node = entry.child.node
    return node.end if entry.parent.style == "flow" else ground.last_line_end(node)


def _answer(
    gap: Gap,
    key: str,
    place: tuple[str, int],
    offers: Sequence[Offer],
    tried: tuple[int, random.Random],
) -> Answer:
    labels = tuple(offer.label for offer in offers)
    results, chance = tried
    wanted = [offer for offer in offers if offer.label == key]
    others = [offer for offer in offers if offer.label != key]
    tries = [*wanted[:1], *chance.sample(others, min(results, len(others)))]
    broken = tuple((offer.label, offer.result) for offer in tries if oracle.data(offer.result) is None)
    text, offset = place
    return Answer(gap, key, text, offset, key in labels, key in labels[:_FIRST], labels, broken)
