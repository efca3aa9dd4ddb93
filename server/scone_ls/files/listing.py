"""What lies in a folder, for completing paths."""

import os
from collections.abc import Iterator, Sequence
from itertools import islice

MOST = 500
"""So many files of one folder are listed."""


def entries(folder: str, bases: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield name, and whether it is a folder, of what lies in a folder as seen from each of the bases, by name.

    The folder is written as in a manifest: empty, or ending in a slash. What can't be read holds nothing.
    """
    seen: set[str] = set()
    for base in bases:
        try:
            with os.scandir(os.path.normpath(os.path.join(base, folder))) as scan:
                found = sorted((entry.name, entry.is_dir()) for entry in islice(scan, MOST))
        except (OSError, ValueError):  # ValueError: a character that no path can have.
            continue
        for name, is_folder in found:
            if name not in seen:
                seen.add(name)
                yield name, is_folder
