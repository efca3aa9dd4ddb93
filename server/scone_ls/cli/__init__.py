"""The command line: `scone-ls check`, `build`, `rule`, `schema` and `serve`.

This module reads the arguments and turns whatever goes wrong into a sentence and an exit code. Each command is a
module of its own that is loaded only when it is asked for, so that `check` starts fast.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import TextIO

_FAILED = 2
_INTERRUPTED = 130
_BROKEN_PIPE = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code; nothing is raised, whatever happens."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _prepare_streams()
    try:
        code = _command(given)
        for stream in (sys.stdout, sys.stderr):
            if not stream.closed:
                stream.flush()
    except SystemExit as end:  # How the parser of the arguments ends.
        return end.code if isinstance(end.code, int) else 0
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        _silence()
        return _BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 -- No traceback reaches a user.
        return _failed(error, debug="--debug" in given)
    return code


def _command(arguments: list[str]) -> int:
    if arguments in (["serve"], ["serve", "--stdio"]):
        # What every editor asks for and waits for; the parser of arguments takes as long to load as all that it needs.
        from scone_ls.lsp.server import serve

        return serve()
    from scone_ls.cli.arguments import command

    return command(arguments)


def _prepare_streams() -> None:
    """Make sure that whatever is printed can be, where streams are closed or know few characters."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 -- Open to the end.
    sys.stderr = sys.stderr or sys.stdout
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _failed(error: Exception, *, debug: bool) -> int:
    """Say in one line why the command ended; with `debug` also where, if it was by a defect."""
    from scone_ls.cli.failure import Failure, unexpected
    from scone_ls.cli.report.terminal import harmless
    from scone_ls.files.failure import UnreadableError, reason

    match error:
        case Failure() | UnreadableError():
            message = str(error)
        case OSError():
            message = f"can't go on: {reason(error)}"
        case _:
            message = unexpected(error, None)
            if debug:
                import traceback

                traceback.print_exception(error)
    with suppress(OSError):
        print(f"scone-ls: {harmless(message)}", file=sys.stderr)
    _silence()
    return _FAILED


def _silence() -> None:
    """Send what is still to be written nowhere, so that the end of the program does not fail once more."""
    for stream in (sys.stdout, sys.stderr):
        if _is_gone(stream):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _is_gone(stream: TextIO) -> bool:
    try:
        stream.flush()
    except (OSError, ValueError):
        return True
    return False
