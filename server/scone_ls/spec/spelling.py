"""How far two words are apart, and which known word somebody may have meant.

It compares words only; where a word stands and what it means is the caller's business.
"""

from collections.abc import Iterable
from itertools import compress, count
from operator import ne

_MANY = 1000


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` most likely stands for, `None` when no one is near.

    Near means: equal but for capitals and the signs `-` and `_`, or at most one slip in up to five
    letters, two in up to nine, three beyond. Of those that are equally near, the one that is written
    most like `word` is meant, and of those the first in the alphabet, in whichever order they are known.
    """
    plain = _plain(word)
    best: list[str] = []
    fewest = _MANY
    for candidate in known:
        counterpart = _plain(candidate)
        tolerated = _tolerated(plain, counterpart)
        # A word of another length can't be near, or nearer; without this a long one would cost a long time.
        if abs(len(plain) - len(counterpart)) > min(tolerated, fewest):
            continue
        slips = distance(plain, counterpart)
        if slips <= min(tolerated, fewest):
            best = [*best, candidate] if slips == fewest else [candidate]
            fewest = slips
    return min(best, key=lambda candidate: (distance(word, candidate), candidate), default=None)


def distance(one: str, other: str) -> int:
    """How many slips turn `one` into `other`: letters left out, added, replaced or swapped."""
    one, other = _different(one, other)
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, counterpart in enumerate(other, start=1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != counterpart))
            swapped = row > 1 and column > 1 and (one[row - 2], letter) == (counterpart, other[column - 2])
            current.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, last = last, current
    return last[-1]


def _different(one: str, other: str) -> tuple[str, str]:
    """Return two words without their common beginning and end, in which there are no slips; names differ in little."""
    shorter = min(len(one), len(other))
    first = next(compress(count(), map(ne, one, other)), shorter)
    last = next(compress(count(), map(ne, reversed(one), reversed(other))), shorter)
    last = min(last, shorter - first)
    return one[first : len(one) - last], other[first : len(other) - last]


def _plain(word: str) -> str:
    return word.casefold().replace("-", "").replace("_", "")


def _tolerated(word: str, candidate: str) -> int:
    length = min(len(word), len(candidate))
    if length <= 2:
        return 0
    return 1 if length <= 5 else 2 if length <= 9 else 3
