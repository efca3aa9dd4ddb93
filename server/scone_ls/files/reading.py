"""Reading files and standard input as text, exactly as they are; what is in the text is not known here."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from scone_ls.files.failure import UnreadableError, reason

STDIN = "-"
LIMIT = 64 * 1024 * 1024
"""The greatest size in bytes of a file that is read."""

UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
"""What files in UTF-16 begin with."""

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Source:
    """A text to check, with the name under which it is reported."""

    name: str
    path: Path | None
    """Where it was read; nothing for standard input."""
    string: str
    """The text without the byte order mark, with its line ends as they are."""
    mark: bool
    """Whether the file began with a byte order mark."""

    @property
    def raw(self) -> bytes:
        """The bytes of the file."""
        return encoded(self.string, mark=self.mark)


def read(name: str, limit: int = LIMIT) -> Source:
    """Read a file of at most `limit` bytes; raises `UnreadableError` where it can't be read as text."""
    try:
        with open(name, "rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise UnreadableError(f"can't read `{name}`: {reason(error)}") from error
    except ValueError as error:
        raise UnreadableError(f"can't read {name!r}: {error}") from error
    return _source(name, Path(name), content, limit)


def read_stdin(shown_name: str) -> Source:
    """Read standard input; raises `UnreadableError` where that is no text."""
    if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison] -- It is None where the caller closed it.
        raise UnreadableError("can't read standard input: it is closed")
    return _source(shown_name, None, sys.stdin.buffer.read(LIMIT + 1), LIMIT)


def too_big(name: str, limit: int) -> UnreadableError:
    """Return the error about a file of more than `limit` bytes."""
    return UnreadableError(f"`{name}` is too big for a manifest: more than {limit // 1024 // 1024} MB")


def encoded(string: str, *, mark: bool) -> bytes:
    """Return the bytes of a file with this text."""
    return ((_BOM if mark else "") + string).encode("utf-8", "surrogatepass")


def _source(name: str, path: Path | None, content: bytes, limit: int) -> Source:
    if len(content) > limit:
        raise too_big(name, limit)
    try:
        string = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"`{name}` is not UTF-8: {_place(content, error.start)}; save it as UTF-8") from error
    mark = string.startswith(_BOM)
    return Source(name, path, string[1:] if mark else string, mark)


def _place(content: bytes, offset: int) -> str:
    """Say where the first byte is that does not belong, and what the file may be instead."""
    if content[:2] in UTF_16_MARKS:
        return "it begins like UTF-16"
    before = content[:offset].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return f"byte 0x{content[offset]:02x} at line {line}, column {column}"


def identity(path: str | Path) -> str:
    """Return what is the same for all names of a file."""
    try:
        return os.path.realpath(path)
    except ValueError:  # The encoding of this machine's file names knows no such name, so there is no such file.
        return os.path.abspath(path)
