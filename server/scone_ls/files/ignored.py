"""What git ignores, as its `.gitignore` files say: those of all folders from the root of the repository down.

The library `pathspec` knows what the patterns mean, and is loaded where there are any. What a user's own git
configuration adds is not asked.
"""

import os
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec
    from pathspec.pattern import RegexPattern

REPOSITORY = ".git"
NAME = ".gitignore"
_OF_THE_REPOSITORY = os.path.join(REPOSITORY, "info", "exclude")
_ALL_IN_A_FOLDER = re.compile(r"(?<=[^/\\])/\*\*(/?)(?= *\Z)")
_FOLDER_MARK = "ps_d"
"""The group of the regular expressions of pathspec that holds the slash behind the folder that matched."""
_LIMIT = 1024 * 1024
"""Bytes of a file with patterns that are read."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """The patterns that hold in a folder, those of the innermost folder first; paths are real and absolute."""

    levels: tuple[tuple[str, "GitIgnoreSpec"], ...] = ()

    @classmethod
    def above(cls, folder: str) -> "Ignored":
        """Return what the folders above say of a folder; nothing where they ignore it, as it was asked for all the same."""
        found = cls()
        for outer, inner in pairwise(_down_to(folder)):
            found = found.inside(outer, _special(outer))
            if found.covers(inner, is_folder=True):
                return cls()
        return found

    def inside(self, folder: str, names: Collection[str]) -> "Ignored":
        """Return what holds in a folder, where there are files and folders of these names."""
        levels = () if REPOSITORY in names else self.levels
        for name in (_OF_THE_REPOSITORY,) * (REPOSITORY in names) + (NAME,) * (NAME in names):
            spec = _read(os.path.join(folder, name))
            levels = levels if spec is None else ((folder, spec), *levels)
        return self if levels is self.levels else Ignored(levels)

    def covers(self, path: str, *, is_folder: bool) -> bool:
        """Tell whether what lies at a path is ignored, if all folders around it are not."""
        for base, spec in self.levels:
            relative = os.path.relpath(path, base) if os.sep != "/" else path[len(base.rstrip("/")) + 1 :]
            verdict = _verdict(spec, relative.replace(os.sep, "/") + "/" * is_folder)
            if verdict is not None:
                return verdict
        return False


def is_ignored(path: str, top: str) -> bool:
    """Tell whether git ignores a file, or a folder around it, seen from the folder `top`, which counts in any case."""
    found = Ignored.above(top)
    way = [path]
    while way[-1] not in (top, os.path.dirname(way[-1])):
        way.append(os.path.dirname(way[-1]))
    for outer, inner in pairwise(reversed(way)):
        found = found.inside(outer, _special(outer))
        if found.covers(inner, is_folder=inner != path):
            return True
    return False


def repository(path: str) -> str | None:
    """Return the root of the innermost repository around a file or folder."""
    folder = path
    while not os.path.lexists(os.path.join(folder, REPOSITORY)):
        outer = os.path.dirname(folder)
        if outer == folder:
            return None
        folder = outer
    return folder


def _down_to(path: str) -> list[str]:
    """Return the folders from the root of the repository down to a path, itself included; it alone where there is none."""
    root = repository(os.path.dirname(path))
    found = [path]
    while root is not None and found[-1] != root:
        found.append(os.path.dirname(found[-1]))
    return found[::-1]


def _special(folder: str) -> list[str]:
    """Return which of the two names that matter here a folder holds."""
    return [name for name in (REPOSITORY, NAME) if os.path.lexists(os.path.join(folder, name))]


def _read(name: str) -> "GitIgnoreSpec | None":
    """Return the patterns of a file; nothing where there are none to be had."""
    try:
        with open(name, "rb") as file:
            lines = file.read(_LIMIT).decode("utf-8-sig", "replace").splitlines()
    except OSError:
        return None
    # `a/**` is all that lies in `a`; pathspec takes `a` itself for a part of it, and what is in there could not come back.
    patterns = [_ALL_IN_A_FOLDER.sub(r"/**/*\1", line) for line in lines if line.strip() and not line.startswith("#")]
    return _compiled(patterns) if patterns else None


def _compiled(lines: Iterable[str]) -> "GitIgnoreSpec":
    from pathspec import GitIgnoreSpec

    def compiled(several: Iterable[str]) -> GitIgnoreSpec:
        return GitIgnoreSpec.from_lines(several, backend="simple")

    try:
        return compiled(lines)
    except ValueError:
        return compiled([line for line in lines if _is_pattern(line)])


def _verdict(spec: "GitIgnoreSpec", path: str) -> bool | None:
    """Return what the last pattern says that matches the path itself; pathspec would also count the folders around it."""
    for pattern in reversed(cast("Sequence[RegexPattern]", spec.patterns)):
        regex = cast("re.Pattern[str] | None", pattern.regex)  # pyright: ignore[reportUnknownMemberType] -- pathspec does not say of what.
        if pattern.include is not None and regex is not None and _matches(regex, path):
            return pattern.include
    return None


def _matches(regex: re.Pattern[str], path: str) -> bool:
    if _FOLDER_MARK not in regex.groupindex:
        return regex.search(path) is not None
    return any(match.end(_FOLDER_MARK) in (-1, len(path)) for match in regex.finditer(path))


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line], backend="simple")
    except ValueError:  # Git passes over what is no pattern, too.
        return False
    return True
