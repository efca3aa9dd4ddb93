"""Finding the manifests that are named, or that lie in folders: there by what is in them, never by their names.

Passed over are what git ignores, what `sconectl` makes, and links to folders: what these lead to counts where it lies,
and loops can't arise. A file that is named counts whatever it is.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from scone_ls.files.failure import UnreadableError, reason
from scone_ls.files.ignored import Ignored, is_ignored
from scone_ls.files.reading import LIMIT, STDIN, UTF_16_MARKS, Source, identity, read, read_stdin, too_big
from scone_ls.files.sieve import HEAD, may_hold_manifest

_MANIFESTS = (".yaml", ".yml", ".template")
_SCRIPTS = (".env", ".sh")
_NOT_IGNORED = ".env"
"""What git is mostly told to ignore, though every build needs it."""
_SKIPPED = frozenset(
    (
        *(".git", ".hg", ".svn", ".jj"),
        *("node_modules", "__pycache__", ".venv", ".tox", ".nox"),
        "target",  # Where sconectl writes what it makes.
    )
)
_MARK_OF_A_VIRTUAL_ENVIRONMENT = "pyvenv.cfg"
_LONG = 1024 * 1024
"""Bytes of a file from which on its beginning decides whether the rest is read."""


class File(NamedTuple):
    """A file: its name as reached from the folder that was named, and its identity."""

    name: str
    identity: str


class Listing(NamedTuple):
    """What one folder holds that may be manifests or scripts with variables, or why it can't be read."""

    manifests: tuple[File, ...] = ()
    scripts: tuple[File, ...] = ()
    failure: UnreadableError | None = None


def sources(names: Sequence[str], stdin_name: str) -> Iterator[Source | UnreadableError]:
    """Yield each text to check once, in the order of the names and of the alphabet, or why it can't be read."""
    seen: set[str] = set()
    for name in names:
        if name == STDIN:
            yield _attempt_stdin(stdin_name)
        elif os.path.isdir(name):
            yield from _in_folder(name, seen)
        else:
            yield _attempt(name)
            seen.add(identity(name))


def listings(top: str) -> Iterator[Listing]:
    """Yield what is of interest in a folder and each folder below it, in the order of the alphabet."""
    real = identity(top)
    waiting = [(top, real, Ignored.above(real))]
    while waiting:
        name, real, outer = waiting.pop()
        try:
            with os.scandir(name) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            if name == top or not isinstance(error, FileNotFoundError):
                yield Listing(failure=UnreadableError(f"can't read the folder `{name}`: {reason(error)}"))
            continue
        names = {entry.name for entry in entries}
        if name != top and _MARK_OF_A_VIRTUAL_ENVIRONMENT in names:
            continue
        ignored = outer.inside(real, names)
        yield _listing(entries, real, ignored)
        for entry in reversed(entries):
            if entry.name not in _SKIPPED and entry.is_dir(follow_symlinks=False):
                inner = os.path.join(real, entry.name)
                if not ignored.covers(inner, is_folder=True):
                    waiting.append((entry.path, inner, ignored))


def manifest_in(name: str, limit: int = LIMIT) -> Source | None:
    """Return the text of a file that may hold a manifest; nothing for any other.

    Raises `UnreadableError` where what begins like a manifest can't be read, or has more than `limit` bytes.
    """
    try:
        status = os.stat(name)
    except FileNotFoundError:
        return None  # It vanished, or is a link to nowhere; some editors mark open files so.
    except OSError as error:
        raise UnreadableError(f"can't read `{name}`: {reason(error)}") from error
    if not stat.S_ISREG(status.st_mode) or (status.st_size > min(_LONG, limit) and not _begins_like_manifest(name)):
        return None
    if status.st_size > limit:
        raise too_big(name, limit)
    try:
        source = read(name)
    except UnreadableError as failure:
        if isinstance(failure.__cause__, FileNotFoundError) or not _begins_like_manifest(name):
            return None
        raise
    return source if may_hold_manifest(source.string) else None


def is_manifest_of(path: str, top: str) -> bool:
    """Tell whether a search in the folder `top` would look at the file at a path below it, as it may hold a manifest."""
    return path.endswith(_MANIFESTS) and _is_looked_at(path, top)


def is_script_of(path: str, top: str) -> bool:
    """Tell whether a search in the folder `top` would look at the file at a path below it, as it may hold variables."""
    return path.endswith(_SCRIPTS) and _is_looked_at(path, top)


def _listing(entries: Sequence[os.DirEntry[str]], real: str, ignored: Ignored) -> Listing:
    manifests: list[File] = []
    scripts: list[File] = []
    for entry in entries:
        kept = manifests if entry.name.endswith(_MANIFESTS) else scripts if entry.name.endswith(_SCRIPTS) else None
        if kept is None or entry.is_dir(follow_symlinks=False):
            continue
        path = os.path.join(real, entry.name)
        if entry.name == _NOT_IGNORED or not ignored.covers(path, is_folder=False):
            kept.append(File(os.path.normpath(entry.path), identity(path) if entry.is_symlink() else path))
    return Listing(tuple(manifests), tuple(scripts))


def _is_looked_at(path: str, top: str) -> bool:
    inner = PurePath(path).relative_to(top).parts[:-1]
    folders = [os.path.join(top, *inner[: depth + 1]) for depth in range(len(inner))]
    if not _SKIPPED.isdisjoint(inner) or any(
        os.path.lexists(os.path.join(folder, _MARK_OF_A_VIRTUAL_ENVIRONMENT)) for folder in folders
    ):
        return False
    if os.path.basename(path) == _NOT_IGNORED:
        return True
    return not is_ignored(os.path.join(identity(os.path.dirname(path)), os.path.basename(path)), identity(top))


def _in_folder(top: str, seen: set[str]) -> Iterator[Source | UnreadableError]:
    for listing in listings(top):
        if listing.failure is not None:
            yield listing.failure
        for file in listing.manifests:
            if file.identity in seen:
                continue
            seen.add(file.identity)
            try:
                source = manifest_in(file.name)
            except UnreadableError as failure:
                yield failure
            else:
                yield from () if source is None else (source,)


def _attempt(name: str) -> Source | UnreadableError:
    try:
        return read(name)
    except UnreadableError as failure:
        return failure


def _attempt_stdin(shown_name: str) -> Source | UnreadableError:
    try:
        return read_stdin(shown_name)
    except UnreadableError as failure:
        return failure


def _begins_like_manifest(name: str) -> bool:
    """Tell whether a file that can't be read as a whole is of interest; one that can't be read at all is."""
    try:
        with open(name, "rb") as file:
            head = file.read(HEAD)
    except OSError:
        return True
    return may_hold_manifest(head.decode("utf-16" if head[:2] in UTF_16_MARKS else "utf-8", "replace"))
