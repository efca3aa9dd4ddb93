"""Judging many texts at every keystroke, most of which are those of the keystroke before."""

from collections.abc import Callable, Iterable
from itertools import filterfalse

_MOST = 1 << 16
"""Texts that are remembered, at most."""


class Remembered:
    """A judgement about a text, which depends on nothing else; what has passed once is not judged again."""

    __slots__ = ("_passed", "_passes")

    def __init__(self, passes: Callable[[str], bool]) -> None:
        self._passes = passes
        self._passed: set[str] = set()

    def failing(self, texts: Iterable[str]) -> list[str]:
        """Return the texts that do not pass, in their order."""
        failing: list[str] = []
        for text in filterfalse(self._passed.__contains__, texts):
            if not self._passes(text):
                failing.append(text)
            elif len(self._passed) < _MOST:
                self._passed.add(text)
            else:
                self._passed.clear()
        return failing
