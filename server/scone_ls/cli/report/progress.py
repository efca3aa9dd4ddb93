"""A line at the bottom of a terminal that says what goes on and for how long; where there is no terminal, nothing."""

import sys
import time
from typing import TextIO

from scone_ls.cli.report.terminal import harmless, width

_WHEEL = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_PLAIN_WHEEL = "|/-\\"
_CLEAR = "\r\x1b[K"
SECONDS_BETWEEN_FRAMES = 0.1


class Progress:
    """The line; everything else that is printed meanwhile goes through `above`."""

    def __init__(self, what: str, stream: TextIO, *, live: bool) -> None:
        self.step = ""
        self._what = what
        self._stream = stream
        self._live = live
        self._began = time.monotonic()
        self._frame = 0
        self._shown = False

    def above(self, text: str, stream: TextIO | None = None) -> None:
        """Print a line where it stays."""
        self.clear()
        print(text, file=stream or sys.stdout, flush=True)

    def draw(self) -> None:
        """Show the line anew."""
        if not self._live:
            return
        wheel = _WHEEL if (self._stream.encoding or "").lower().startswith("utf") else _PLAIN_WHEEL
        self._frame += 1
        seconds = time.monotonic() - self._began
        text = f"{wheel[self._frame % len(wheel)]} {self._what} · {seconds:.1f} s · {self.step}".rstrip(" ·")
        print(f"{_CLEAR}{harmless(text)[: width(self._stream) - 1]}", end="", file=self._stream, flush=True)
        self._shown = True

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            print(_CLEAR, end="", file=self._stream, flush=True)
            self._shown = False
