"""A real command is run: its output arrives as it comes, and it ends when it must."""

import asyncio
import io
import os
import time
from pathlib import Path

import pytest

from scone_ls.build.command import Command
from scone_ls.build.run import run


def script(folder: Path, name: str, body: str) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def output(folder: Path, body: str, *arguments: str) -> tuple[int, list[str]]:
    lines: list[str] = []
    code = asyncio.run(run(Command(script(folder, "tool", body), arguments, str(folder)), lines.append))
    return code, lines


def test_arguments_arrive_unchanged_in_the_right_folder(tmp_path: Path):
    code, lines = output(tmp_path, 'printf "%s\\n" "$PWD" "$@"', "a b", "$HOME", "*")

    assert (0, [str(tmp_path), "a b", "$HOME", "*"]) == (code, lines)


def test_both_streams_are_passed_on_in_order(tmp_path: Path):
    assert (0, ["one", "two", "three"]) == output(tmp_path, "echo one; echo two >&2; echo three")


@pytest.mark.parametrize(("body", "code"), [("exit 0", 0), ("exit 7", 7), ("kill -TERM $$", 143)])
def test_the_exit_code_is_passed_on(tmp_path: Path, body: str, code: int):
    assert (code, []) == output(tmp_path, body)


def test_a_last_line_without_line_end(tmp_path: Path):
    assert (0, ["one", "", "two"]) == output(tmp_path, 'printf "one\\n\\ntwo"')


def test_bytes_that_are_no_text(tmp_path: Path):
    assert (0, ["a\ufffdb"]) == output(tmp_path, 'printf "a\\377b\\n"')
    assert (0, ["a\ufffd"]) == output(tmp_path, 'printf "a\\303"')


def test_a_line_of_megabytes(tmp_path: Path):
    code, lines = output(tmp_path, "head -c 1000000 /dev/zero | tr '\\0' x; echo; echo end")

    assert (0, 1_000_000, "end") == (code, len("".join(lines[:-1])), lines[-1])


def test_nothing_can_be_typed(tmp_path: Path):
    assert (0, ["end"]) == output(tmp_path, "cat; echo end")


def test_lines_arrive_while_the_command_runs(tmp_path: Path):
    """The command waits for a file that is made only once its first line has arrived."""
    body = "echo waiting; while [ ! -e go ]; do sleep 0.01; done; echo went"
    lines: list[str] = []

    def on_line(line: str) -> None:
        lines.append(line)
        (tmp_path / "go").touch()

    code = asyncio.run(run(Command(script(tmp_path, "tool", body), (), str(tmp_path)), on_line))

    assert (0, ["waiting", "went"]) == (code, lines)


def test_cancelling_ends_the_command_and_what_it_started(tmp_path: Path):
    body = """trap 'echo stopped > trace; exit' TERM; sh -c 'echo $$; exec sleep 60' & wait"""
    lines: list[str] = []
    started = asyncio.Event()

    def on_line(line: str) -> None:
        lines.append(line)
        started.set()

    async def started_and_cancelled() -> None:
        task = asyncio.ensure_future(run(Command(script(tmp_path, "tool", body), (), str(tmp_path)), on_line))
        await started.wait()
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(started_and_cancelled())

    assert "stopped\n" == (tmp_path / "trace").read_text(encoding="utf-8")
    assert gone(int(lines[0]))


def test_a_listener_that_fails_ends_the_command(tmp_path: Path):
    def on_line(_: str) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        asyncio.run(
            run(Command(script(tmp_path, "tool", "echo $$ > pid; echo; exec sleep 60"), (), str(tmp_path)), on_line)
        )

    assert gone(int((tmp_path / "pid").read_text(encoding="utf-8")))


def gone(process: int) -> bool:
    """Whether the process has ended, after as long as the system needs to notice it."""
    for _ in range(500):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        if "\nState:\tZ" in status(process):
            return True
        time.sleep(0.01)
    return False


def status(process: int) -> str:
    try:
        return Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return ""


def test_a_command_that_does_not_listen_is_killed(tmp_path: Path):
    """It ignores TERM, and so does what it started."""
    body = "trap '' TERM; sh -c 'echo $$; exec sleep 60' & wait; sleep 60"
    lines: list[str] = []
    started = asyncio.Event()

    def on_line(line: str) -> None:
        lines.append(line)
        started.set()

    async def started_and_cancelled() -> None:
        task = asyncio.ensure_future(run(Command(script(tmp_path, "tool", body), (), str(tmp_path)), on_line))
        await started.wait()
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(started_and_cancelled())

    assert gone(int(lines[0]))


def test_the_log_has_every_byte(tmp_path: Path):
    log = io.BytesIO()
    command = Command(script(tmp_path, "tool", r"printf 'a\r\033[1mb\377\n'"), (), str(tmp_path))
    lines: list[str] = []
    asyncio.run(run(command, lines.append, log=log))

    assert b"a\r\x1b[1mb\xff\n" == log.getvalue()
    assert ["b\ufffd"] == lines


def test_the_environment_can_be_given(tmp_path: Path):
    command = Command(script(tmp_path, "tool", 'echo "$A"'), (), str(tmp_path))
    lines: list[str] = []
    asyncio.run(run(command, lines.append, environment={"A": "1", "PATH": os.defpath}))

    assert ["1"] == lines
