"""Mending texts: the safe fixes, again and again until nothing is left to mend, and writing the result."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scone_ls.cli.failure import Failure
from scone_ls.cli.report import Checked, Found
from scone_ls.edit import Edit, apply
from scone_ls.files.failure import reason
from scone_ls.files.reading import Source, encoded
from scone_ls.text import Position

_MOST_ROUNDS = 100
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Applied:
    """A fix that was applied, with the place of its mistake, counted from one, when it was found."""

    place: Position
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Mended:
    """A text after all that can safely be mended was mended."""

    checked: Checked
    applied: tuple[Applied, ...]


def mended(string: str, check: Callable[[str], Checked]) -> Mended:
    """Apply the safe fixes of what `check` finds until there are none left, or until they go round in circles."""
    seen = {string}
    applied: list[Applied] = []
    checked = check(string)
    for _ in range(_MOST_ROUNDS):
        chosen = _compatible(checked)
        string = apply(string, [edit for _, edits in chosen for edit in edits])
        if not chosen or string in seen:
            break
        seen.add(string)
        applied += (_applied(checked, found) for found, _ in chosen)
        checked = check(string)
    return Mended(checked, tuple(applied))


def difference(name: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of a unified diff, with their line ends."""
    import difflib

    for line in difflib.unified_diff(_LINE.findall(before), _LINE.findall(after), name, name):
        yield line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"


def write(source: Source, string: str) -> None:
    """Put the text in the place of the file's at one stroke; raises `Failure` where that can't be done."""
    if source.path is None:
        raise Failure("standard input can't be written")
    path = Path(os.path.realpath(source.path))
    if not os.path.isfile(path):  # noqa: PTH113 -- Unlike pathlib, it never raises.
        raise Failure(f"can't mend `{source.name}`: it is no regular file")
    if not os.access(path, os.W_OK):
        raise Failure(f"can't mend `{source.name}`: it is read-only")
    try:
        if path.read_bytes() != source.raw:
            raise Failure(f"can't mend `{source.name}`: it changed in the meantime; run again")
        _replace(path, encoded(string, mark=source.mark))
    except OSError as error:
        raise Failure(f"can't mend `{source.name}`: {reason(error)}") from error


def _compatible(checked: Checked) -> list[tuple[Found, tuple[Edit, ...]]]:
    """Return the safe fixes that can be applied together, the first one where two touch the same text."""
    chosen: list[tuple[Found, tuple[Edit, ...]]] = []
    taken: list[Edit] = []
    for found in checked.found:
        if found.fix is None or not found.fixable:
            continue
        edits = tuple(found.fix.edits)
        if not any(edit.span.overlaps(other.span) for edit in edits for other in taken):
            chosen.append((found, edits))
            taken += edits
    return chosen


def _applied(checked: Checked, found: Found) -> Applied:
    title = "" if found.fix is None else found.fix.title
    return Applied(checked.place(found.diagnostic.span.start), found.diagnostic.code, title)


def _replace(path: Path, content: bytes) -> None:
    import shutil
    import tempfile

    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 -- A descriptor has no path.
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        shutil.copymode(path, temporary)
        status = path.stat()
        if hasattr(os, "chown"):
            with suppress(OSError):  # Only root may give files away; ours belong to us already.
                os.chown(temporary, status.st_uid, status.st_gid)
        Path(temporary).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise
