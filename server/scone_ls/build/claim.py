"""One build for each manifest at a time, whoever asks for it: an editor, another one, a terminal.

A build holds a file that nobody else can hold at the same time; the system lets go of it when the process ends.
"""

import hashlib
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from scone_ls.build.command import Command, manifest_of
from scone_ls.build.log import state_folder

if sys.platform != "win32":
    import fcntl


class BusyError(Exception):
    """The manifest is being built already; the text is one sentence about it."""


@contextmanager
def claimed(command: Command) -> Generator[None]:
    """Hold the manifest of a command while the block runs; raises `BusyError` where somebody else does.

    Where there is no place for such files, nothing is held.
    """
    file = _file(command)
    if file is None:
        yield
        return
    with file:
        if not _hold(file):
            raise BusyError(f"`{manifest_of(command)}` is being built already; wait for it, or cancel it")
        yield


def _file(command: Command) -> BinaryIO | None:
    real = os.path.realpath(Path(command.folder, manifest_of(command)))
    name = hashlib.sha256(os.fsencode(real)).hexdigest()[:32]
    with suppress(OSError):
        return (state_folder("claims") / name).open("ab")
    return None


def _hold(file: BinaryIO) -> bool:
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # A file system that knows no locks.
    return True
