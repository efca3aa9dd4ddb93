"""A real command is run: its output arrives as it comes, and it ends when it must."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from scone_ls.build.environment import environment, target
from scone_ls.build.plan import Command, Environment
from scone_ls.build.run import plain, run


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


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("10 %\r50 %\r100 %", "100 %"),
        ("done\r", "done"),
        ("\x1b]0;title\x07text", "text"),
        ("", ""),
    ],
)
def test_what_a_terminal_would_show(written: str, shown: str):
    assert shown == plain(written)


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


def test_what_the_machine_has_is_looked_up(tmp_path: Path):
    kubeconfig = tmp_path / ".kube" / "config"
    kubeconfig.parent.mkdir()
    kubeconfig.touch()
    sconectl, docker = script(tmp_path, "sconectl", ""), script(tmp_path, "docker", "")

    found = environment({"PATH": str(tmp_path), "HOME": str(tmp_path)})

    assert Environment(sconectl, docker, str(kubeconfig), posix=True) == found


def test_what_the_machine_lacks_is_none(tmp_path: Path):
    assert Environment(None, None, None, posix=True) == environment({"PATH": str(tmp_path), "HOME": str(tmp_path)})
    assert Environment(None, None, None, posix=True) == environment({"PATH": ""})


def test_a_file_that_can_not_be_started_is_not_found(tmp_path: Path):
    (tmp_path / "sconectl").touch(0o644)

    assert environment({"PATH": str(tmp_path)}).sconectl is None


def test_links_are_kept_and_resolved(tmp_path: Path):
    real = tmp_path.resolve()
    (real / "shop").mkdir()
    (real / "link").symlink_to("shop")

    found = target(real / "link" / ".." / "link" / "mesh.yaml", real / "link")

    assert (real / "link" / "mesh.yaml", real / "shop" / "mesh.yaml") == (found.file, found.real_file)
    assert (real / "link", real / "shop") == (found.folder, found.real_folder)
