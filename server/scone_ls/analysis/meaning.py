"""What somebody who wrote an unknown word probably meant."""

import re
from functools import lru_cache

from scone_ls.spec import spelling
from scone_ls.spec.schema import Field

_GLUED = re.compile(r"(\w+)[ ]*[ :=;][ ]*(?=\S)")
_HALF_TYPED = 2  # Letters from which on the beginning of a word may stand for it.


@lru_cache(maxsize=1024)
def probably_meant(key: str, field: Field, absent: tuple[str, ...]) -> str | None:
    """Return the key that an unknown key of a mapping stands for, preferably one that the mapping has to have.

    `absent` are the keys that the mapping could have and does not. One that is there already is meant all the same
    where nothing else is.
    """
    known = field.misspellings.get(key)
    if known in absent:
        return known
    glued = _GLUED.match(key)
    if glued is not None and glued[1] in absent:
        return glued[1]
    near = [name for name in absent if abs(len(key) - len(name)) <= max(1, len(name) // 2)]
    best = min(((spelling.distance(key, name), name not in field.required, name) for name in near), default=None)
    if best is not None and not best[1] and best[0] <= max(1, len(best[2]) // 2):
        return best[2]
    begun = [name for name in absent if len(key) >= _HALF_TYPED and name.startswith(key)]
    if len(begun) == 1:
        return begun[0]
    return spelling.nearest(key, absent) or known or spelling.nearest(key, field.properties)


def mended_pair(key: str, meant: str) -> str | None:
    """Return the pair that a key without a colon of its own stands for, as `name: a` for `name a` in braces."""
    glued = _GLUED.match(key)
    return f"{meant}: {key[glued.end() :]}" if glued is not None and glued[1] == meant else None


@lru_cache(maxsize=1024)
def probable_value(text: str, field: Field) -> str | None:
    """Return the value of an enumeration that a text stands for."""
    words = [value for value in field.enum if isinstance(value, str)]
    begun = [word for word in words if len(text) >= _HALF_TYPED and word.startswith(text)]
    known = field.misspellings.get(text) or spelling.nearest(text, words)
    return known or (begun[0] if len(begun) == 1 else None)
