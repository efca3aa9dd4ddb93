"""One mistake, one violation: takes out those that only follow from others, and finds where lost keys belong.

The walk over the structure looks at one mapping at a time; this looks at all that it found in a manifest.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from scone_ls.analysis.violations import Keyword, Violation
from scone_ls.spec.schema import Field, FieldPath, fields


def without_cascades(found: Sequence[Violation], root: Field | None) -> list[Violation]:
    """Return the violations of one manifest that the user should see."""
    if not found:
        return []
    elsewhere = _served_elsewhere(found, root)
    swept = _swept_along(found, root)
    kept: list[Violation] = []
    deprecated: set[tuple[str | int, ...]] = set()
    repeated = _repeated(found)
    for violation in found:
        if violation.covered or _is_repeated(violation, repeated):
            continue
        if violation.keyword is Keyword.MISSING and (violation.path, violation.name) in elsewhere:
            continue
        if (violation.keyword, violation.start) in swept:
            continue
        if violation.keyword is Keyword.DEPRECATED and violation.path and isinstance(violation.path[-1], int):
            if violation.path[:-1] in deprecated:
                continue
            deprecated.add(violation.path[:-1])
        kept.append(violation)
    return kept


def homes(name: str, path: tuple[str | int, ...], root: Field) -> tuple[FieldPath, ...]:
    """Return the paths of the mappings that have a key of this name, those nearest to the path first.

    In the paths, 0 stands for any item of a list.
    """
    here = tuple(0 if isinstance(step, int) else step for step in path)
    known = [home for home in _homes(root).get(name, ()) if home != here]
    return tuple(sorted(known, key=lambda home: _distance(home, here)))


def _served_elsewhere(found: Sequence[Violation], root: Field | None) -> set[tuple[tuple[str | int, ...], str]]:
    """Return mappings and keys that they lack only because the key stands in another mapping by mistake."""
    if root is None:
        return set()
    lacking: dict[str, list[tuple[str | int, ...]]] = {}
    for violation in found:
        if violation.keyword is Keyword.MISSING:
            lacking.setdefault(violation.name, []).append(violation.path)
    return {
        (path, violation.name)
        for violation in found
        if violation.keyword is Keyword.UNKNOWN and violation.meant is None
        for path in lacking.get(violation.name, ())
        if _is_near(path, violation.path)
    }


def _swept_along(found: Iterable[Violation], root: Field | None) -> set[tuple[Keyword, int]]:
    """Return what only follows from a key that slipped out of its place, by keyword and start.

    When a key slips, the keys below it stay behind in a mapping that does not know them; when the first key of a
    section slips, the section is empty, and its other keys follow the first.
    """
    if root is None:
        return set()
    swept: set[tuple[Keyword, int]] = set()
    leaders: dict[tuple[str | int, ...], FieldPath] = {}
    empty = {violation.path: violation for violation in found if violation.keyword is Keyword.TYPE}
    for violation in found:
        if violation.keyword is not Keyword.UNKNOWN or violation.meant is not None:
            continue
        known = homes(violation.name, violation.path, root)
        leader = leaders.get(violation.path)
        if leader is not None and leader in known:
            swept.add((Keyword.UNKNOWN, violation.start))
            continue
        for home in known:
            section = empty.get((*violation.path, *home[-1:]))
            if section is not None and section.name == "null" and section.start < violation.start:
                swept.add((Keyword.TYPE, section.start))
                leaders[violation.path] = home
        if violation.path not in leaders and known:
            leaders[violation.path] = (*known[0], violation.name)
    return swept


def _repeated(found: Iterable[Violation]) -> dict[tuple[str | int, ...], int]:
    """Return where the first key begins that stands in its mapping once more, by the path of its value."""
    starts: dict[tuple[str | int, ...], int] = {}
    for violation in found:
        if violation.keyword is Keyword.DUPLICATE:
            path = (*violation.path, violation.name)
            starts[path] = min(violation.start, starts.get(path, violation.start))
    return starts


def _is_repeated(violation: Violation, repeated: dict[tuple[str | int, ...], int]) -> bool:
    """Tell whether a violation is about a key that stands there once more, or about its value."""
    if not repeated:
        return False
    path = violation.path
    if any(violation.start >= repeated.get(path[:end], violation.start + 1) for end in range(1, len(path) + 1)):
        return True
    own = repeated.get((*path, violation.name))
    return violation.keyword is Keyword.UNKNOWN and own is not None and violation.start >= own


def _is_near(one: tuple[str | int, ...], other: tuple[str | int, ...]) -> bool:
    """Tell whether one of two mappings stands in the other."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


@lru_cache(maxsize=8)
def _homes(root: Field) -> dict[str, tuple[FieldPath, ...]]:
    found: dict[str, dict[FieldPath, None]] = {}
    for path, field in fields(root):
        for name in field.properties:
            found.setdefault(name, {})[path] = None
    return {name: tuple(paths) for name, paths in found.items()}


def _distance(one: FieldPath, other: FieldPath) -> tuple[int, int]:
    """Return how many steps lead from one mapping to another, and how deep the first one is."""
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    return len(one) + len(other) - 2 * shared, len(one)
