"""The variables that the scripts of a workspace hand to the programs they start: `.env` files, and `export X=…` in others."""

import os
import re

from scone_ls.files.failure import UnreadableError
from scone_ls.files.reading import read
from scone_ls.syntax.exports import Export, exports_in

MOST_SCRIPTS = 200
"""So many scripts of a workspace are read."""
_ONLY_VARIABLES = ".env"
_LONGEST = 64 * 1024
"""Bytes of a script that is read; what is longer than that is a program."""
_EXPORTING = re.compile(r"(?:^|[\s;&|(])export(?:\s[^;&|\n]*)?\s\Z")


def exports_of(name: str) -> tuple[Export, ...]:
    """Return what a script exports; nothing where it can't be read, as nobody needs to know."""
    if not os.path.isfile(name):
        return ()  # A pipe would have to be waited for.
    try:
        string = read(name, _LONGEST).string
    except UnreadableError:
        return ()
    return exported(string, only_variables=name.endswith(_ONLY_VARIABLES))


def exported(string: str, *, only_variables: bool) -> tuple[Export, ...]:
    """Return the variables that a script sets and exports; with `only_variables` all that it sets."""
    found = exports_in(string)
    if only_variables:
        return tuple(export for export in found if export.value_span is not None)
    names = {export.name for export in found if _is_exported(string, export)}
    return tuple(export for export in found if export.name in names and export.value_span is not None)


def _is_exported(string: str, export: Export) -> bool:
    start = string.rfind("\n", 0, export.name_span.start) + 1
    return _EXPORTING.search(string[start : export.name_span.start]) is not None
