"""Files as other programs know them: relative to the folder of the run, with `/`, where they are below it."""

import os
from pathlib import Path


def portable(name: str) -> str:
    """Return the path of a file; the name as it is where it stands for no file."""
    if name == "-":
        return name
    path, here = os.path.abspath(name), os.getcwd()  # noqa: PTH100, PTH109 -- The file need not exist.
    inside = os.path.commonpath((path, here)) == here if _same_drive(path, here) else False
    return Path(os.path.relpath(path, here) if inside else path).as_posix()


def here() -> str:
    """Return the URI of the folder of the run, which ends with `/`."""
    return Path.cwd().as_uri().rstrip("/") + "/"


def _same_drive(one: str, other: str) -> bool:
    return os.path.splitdrive(one)[0].lower() == os.path.splitdrive(other)[0].lower()
