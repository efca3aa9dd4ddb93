"""Which of the paths in manifests lead somewhere."""

import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import NameKind, Role, is_open

MOST = 500
"""So many paths of one file are looked for."""
_NEVER_FILES = "://"


def paths_in(document: Document) -> frozenset[str]:
    """Return the paths in the manifests of a document, as written, but for those that are filled in later."""
    found = (path for names in document.names for path in names.by_name(NameKind.FILE, Role.REFERS))
    known = [path for path in found if path.strip() and not is_open(path) and _NEVER_FILES not in path]
    return frozenset(known[:MOST])


def existing(paths: Iterable[str], folders: Sequence[str]) -> dict[str, str | None]:
    """Return the URI of what lies at each path, seen from the first of the folders where something does, or `None`.

    The URI of a folder ends with a slash. What can't be known is left out: where a folder on the way can't be read, or
    none of the folders is there.
    """
    folders = [folder for folder in folders if os.path.isdir(folder)]
    found: dict[str, str | None] = {}
    if not folders:
        return found
    for path in paths:
        try:
            found[path] = _uri(path, folders)
        except (OSError, ValueError):  # ValueError: a character that no path can have.
            continue
    return found


def _uri(path: str, folders: Sequence[str]) -> str | None:
    for folder in folders:
        place = os.path.normpath(os.path.join(folder, path))
        try:
            is_folder = stat.S_ISDIR(os.stat(place).st_mode)
        except (FileNotFoundError, NotADirectoryError):
            continue
        return Path(place).as_uri() + "/" * is_folder
    return None
