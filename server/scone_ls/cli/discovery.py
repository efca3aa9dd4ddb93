"""Finding the manifests that a command line names: files, folders, standard input.

In folders they are found by what is in them, never by their names. The look at a file's top-level keys here is a
sieve, not a judgement: it lets through whatever the parser must decide.
"""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from scone_ls.cli.failure import Failure, reason
from scone_ls.cli.sources import LIMIT, STDIN, UTF_16_MARKS, Source, identity, read, read_stdin
from scone_ls.spec import kinds

_ENDINGS = (".yaml", ".yml", ".template")
_SKIPPED = frozenset(
    (
        *(".git", ".hg", ".svn", ".jj"),
        *("node_modules", "__pycache__", ".venv", ".tox", ".nox"),
        "target",  # Where sconectl writes what it makes.
    )
)
_MARK_OF_A_VIRTUAL_ENVIRONMENT = "pyvenv.cfg"

_DOCUMENT_END = re.compile(r"^(?:---|\.\.\.)(?=\s|$)", re.MULTILINE)
_TOP_LEVEL_KEY = re.compile(
    r"""^(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'#%&*!|>@`{}\[\],?:\-][^:\n]*?))[ \t]*:(?:[ \t]+([^\n]*))?$""", re.MULTILINE
)
_ODD_ROOT = re.compile(r"\A(?:[ \t]*(?:#[^\n]*)?\n)*(?:[ \t]+[^\s#-]|[{?!&])")


def sources(names: Sequence[str], stdin_name: str) -> Iterator[Source | Failure]:
    """Yield each text to check once, in the order of the names and of the alphabet, or why it can't be read."""
    seen: set[str] = set()
    for name in names:
        if name == STDIN:
            yield _attempt_stdin(stdin_name)
            continue
        if os.path.isdir(name):  # noqa: PTH112 -- Names stay strings, shown as the user wrote them.
            yield from _in_folder(name, seen)
            continue
        yield _attempt(name)
        seen.add(identity(name))


def may_hold_manifest(string: str) -> bool:
    """Tell whether a text may hold a manifest; only where no document can be one, it is false."""
    plain = string.replace("\r\n", "\n").replace("\r", "\n")
    return any(_may_be_manifest(part) for part in _DOCUMENT_END.split(plain))


def _may_be_manifest(document: str) -> bool:
    if _ODD_ROOT.match(document):
        return True
    keys = [
        (double or single or bare, _scalar(value)) for double, single, bare, value in _TOP_LEVEL_KEY.findall(document)
    ]
    return bool(keys) and kinds.identify(keys).ours


def _scalar(written: str) -> str | None:
    """Return the value of a key as far as it matters here: without comment and quotes."""
    value = re.sub(r"(?:^|[ \t]+)#.*", "", written).strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return value or None


def _attempt(name: str) -> Source | Failure:
    try:
        return read(name)
    except Failure as failure:
        return failure


def _attempt_stdin(shown_name: str) -> Source | Failure:
    try:
        return read_stdin(shown_name)
    except Failure as failure:
        return failure


def _in_folder(top: str, seen: set[str]) -> Iterator[Source | Failure]:
    folders = [top]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield Failure(f"can't read the folder `{folder}`: {reason(error)}")
            continue
        if folder != top and any(entry.name == _MARK_OF_A_VIRTUAL_ENVIRONMENT for entry in entries):
            continue
        for entry in entries:
            if entry.name.endswith(_ENDINGS):
                yield from _candidate(os.path.normpath(entry.path), seen)
        # Links to folders are not followed: what they lead to is checked where it lies, and loops can't arise.
        inner = (entry for entry in reversed(entries) if entry.name not in _SKIPPED)
        folders += (entry.path for entry in inner if entry.is_dir(follow_symlinks=False))


def _candidate(name: str, seen: set[str]) -> Iterator[Source | Failure]:
    """Yield the file if it may be a manifest that was not seen before; what is no file is passed over."""
    try:
        status = os.stat(name)  # noqa: PTH116 -- A string is all that is needed.
    except FileNotFoundError:
        return  # A link to nowhere; some editors mark open files so.
    except OSError as error:
        yield Failure(f"can't read `{name}`: {reason(error)}")
        return
    if not stat.S_ISREG(status.st_mode) or identity(name) in seen:
        return
    seen.add(identity(name))
    if status.st_size > LIMIT:
        if _begins_like_manifest(name):
            yield _attempt(name)
        return
    source = _attempt(name)
    if isinstance(source, Failure):
        if _begins_like_manifest(name):
            yield source
    elif may_hold_manifest(source.string):
        yield source


def _begins_like_manifest(name: str) -> bool:
    """Tell whether a file that can't be read as a whole is of interest; one that can't be read at all is."""
    try:
        with Path(name).open("rb") as file:
            head = file.read(65_536)
    except OSError:
        return True
    return may_hold_manifest(head.decode("utf-16" if head[:2] in UTF_16_MARKS else "utf-8", "replace"))
