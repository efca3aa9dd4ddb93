"""Config files: `.scone-ls.toml`, or `[tool.scone-ls]` in a `pyproject.toml`; where they are, and what stands in them.

The nearest one holds: that of the folder of a manifest or of the first folder above it that has one, up to the root of
the repository or the folder that the search is `within`, whichever is further out. What the settings in it mean is not
known here. pydantic is not needed to learn that there is no file.
"""

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from scone_ls.settings import SECTION

OWN_NAME = ".scone-ls.toml"
SHARED_NAME = "pyproject.toml"
_REPOSITORIES = (".git", ".hg", ".jj", ".svn")
_LIMIT = 1024 * 1024
_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")


class ConfigFile(NamedTuple):
    """A config file: where it is, the table that holds the settings, and what stands there, of any shape."""

    path: Path
    section: str
    data: object


class UnreadableError(Exception):
    """A config file that can't be read: the message says which, where in it, why, and the way out."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


def nearest(folder: Path, within: Collection[Path] = ()) -> ConfigFile | None:
    """Return the config file that holds for what is in a folder (absolute); raises `UnreadableError`."""
    for candidate in _searched(folder, within):
        found = _own(candidate / OWN_NAME) or _shared(candidate / SHARED_NAME)
        if found is not None:
            return found
    return None


def _searched(folder: Path, within: Collection[Path]) -> Iterator[Path]:
    """Yield the folder and those above it that may have a config file for it."""
    above = [folder, *folder.parents]
    repository = next((index for index, each in enumerate(above) if _is_repository(each)), 0)
    base = max((index for index, each in enumerate(above) if each in within), default=0)
    yield from above[: max(repository, base) + 1]


def _is_repository(folder: Path) -> bool:
    return any(os.path.lexists(folder / name) for name in _REPOSITORIES)


def _own(path: Path) -> ConfigFile | None:
    content = _content(path)
    return None if content is None else ConfigFile(path, "", _parsed(path, content))


def _shared(path: Path) -> ConfigFile | None:
    content = _content(path)
    if content is None or SECTION.encode() not in content:
        return None  # It is somebody else's, and no concern of ours even if it is broken.
    tools = _parsed(path, content).get("tool")
    if not isinstance(tools, dict) or SECTION not in tools:
        return None
    return ConfigFile(path, f"tool.{SECTION}", tools[SECTION])


def _content(path: Path) -> bytes | None:
    """Return what is in a file; nothing where there is no file."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            content = file.read(_LIMIT + 1)
    except OSError as error:
        raise UnreadableError(
            path, f"can't read the config file `{path}`: {error.strerror}; make it readable"
        ) from error
    if len(content) > _LIMIT:
        raise UnreadableError(path, f"`{path}` is too big for a config file: more than {_LIMIT // 1024} KB")
    return content


def _parsed(path: Path, content: bytes) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableError(path, f"`{path}` is not UTF-8 in line {line}; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise UnreadableError(path, _complaint(path, str(error))) from error
    except RecursionError as error:
        raise UnreadableError(path, f"`{path}` is nested too deeply to be read; make it flatter") from error


def _complaint(path: Path, said: str) -> str:
    """Return our sentence about what is no TOML; the parser says where, and what it did not like."""
    match = _PLACE.search(said)
    cause = _PLACE.sub("", said).strip()
    where = f"line {match[1]}, column {match[2]}" if match and match[1] else "its end"
    return f"`{path}` is no TOML: {cause[:1].lower()}{cause[1:]} at {where}; mend it, or remove it"
