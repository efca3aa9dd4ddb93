"""Running the command line: in this process where only its answer matters, as a program where the system has a say."""

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from scone_ls.cli import main

PROGRAM = (sys.executable, "-m", "scone_ls")

SERVICE = """\
apiVersion: scone/5.8
kind: genservice
build:
  name: shop
  kind: python
  to: registry.example.com/shop:1
  command: python3 shop.py
environment:
"""
MISSPELT = SERVICE.replace("  command:", "  qcommand:")
FOREIGN = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\n"


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


def scone_ls(*arguments: str | Path, stdin: str | bytes = "") -> Outcome:
    """Run a command line in this process."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = main([str(argument) for argument in arguments])
    finally:
        sys.stdin = before
    return Outcome(code, _written(out), _written(err))


def program(*arguments: str | Path, stdin: str = "", cwd: Path | None = None, **variables: str) -> Outcome:
    """Run a command line as a program of its own."""
    ended = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        input=stdin.encode(),
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **variables},
        check=False,
        timeout=60,
    )
    return Outcome(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()
