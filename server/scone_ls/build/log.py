"""The user's state folder, and the whole output of builds that is kept there; the oldest are removed."""

import re
import time
from pathlib import Path
from typing import BinaryIO

from platformdirs import user_state_path

_KEPT = 20
"""Logs that are kept."""
_ODD = re.compile(r"[^A-Za-z0-9._-]+")


def open_log(manifest: str) -> tuple[Path, BinaryIO]:
    """Create the log of a build of the manifest of that name; raises `OSError` where none can be written."""
    folder = state_folder("builds")
    _remove_old(folder)
    started = time.strftime("%Y%m%d-%H%M%S")
    name = _ODD.sub("-", manifest).strip("-")[-60:] or "manifest"
    for number in range(1, 1000):
        path = folder / (f"{started}-{name}.log" if number == 1 else f"{started}-{name}-{number}.log")
        try:
            return path, path.open("xb")
        except FileExistsError:
            continue
    raise FileExistsError(f"{folder}: too many logs")


def state_folder(name: str) -> Path:
    """Return a folder in which state is kept for the user, made where it is missing; raises `OSError`."""
    folder = user_state_path("scone-ls", appauthor=False) / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _remove_old(folder: Path) -> None:
    logs = sorted(folder.glob("*.log"))
    for path in logs[: max(0, len(logs) - _KEPT + 1)]:
        path.unlink(missing_ok=True)
