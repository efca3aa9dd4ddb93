"""When garbage is collected: after an answer, not in the midst of one.

A parse makes many objects, none of them garbage, and to look through them takes as long as the parse.
"""

import gc

_MANY = 50_000
"""Objects made since the last time from which on it is worth a look."""
_FAR_TOO_MANY = 2_000_000
"""Objects from which on even an answer has to wait."""
_SELDOM = 40
"""Every so many times everything is looked through, not just what is new."""

_times = 0


def start() -> None:
    """Leave what is there alone for good, as it lives as long as the program, and wait with the rest for `tidy`."""
    gc.freeze()
    gc.set_threshold(_FAR_TOO_MANY, 20, 20)


def tidy() -> None:
    """Collect the garbage if there may be much of it; called when nobody waits for an answer."""
    global _times  # noqa: PLW0603 -- The collector is one for the whole program, too.
    if gc.get_count()[0] > _MANY:
        _times += 1
        gc.collect(1 if _times % _SELDOM else 2)
