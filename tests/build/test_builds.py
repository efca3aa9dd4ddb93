"""A whole build with the stand-in: its output, its problems, its log, its end."""

import asyncio
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scone_ls.build.builds import Job, Outcome, Watch, build
from scone_ls.build.claim import BusyError
from scone_ls.build.command import Command
from scone_ls.build.leftovers import is_of_build

STAND_IN = Path(__file__).parents[1] / "standin" / "sconectl"


class Heard:
    """What a build tells while it runs."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.steps: list[str] = []
        self.endings = 0
        self.left: list[str] = []

    def watch(self) -> Watch:
        return Watch(self.lines.append, self.steps.append, self.ending, self.left.extend)

    def ending(self) -> None:
        self.endings += 1


@pytest.fixture(name="home")
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path.resolve()
    (home / ".docker").mkdir()
    (home / ".docker" / "config.json").write_text('{"auths": {"x": {}}}', encoding="utf-8")
    (home / "bin").mkdir()
    docker = home / "bin" / "docker"
    docker.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    docker.chmod(0o755)
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    return home


def job(home: Path, *directives: str, quiet: bool = True) -> Job:
    text = "".join(f"# stand-in: {directive}\n" for directive in directives)
    (home / "shop.yaml").write_text(f"kind: genservice\n{text}", encoding="utf-8")
    environment = {"HOME": str(home), "PATH": f"{home / 'bin'}:{os.defpath}", "STAND_IN_ENGINE": "none"}
    arguments = ("--quiet", "apply", "-f", "shop.yaml")[0 if quiet else 1 :]
    return Job(Command(str(STAND_IN), arguments, str(home)), environment, str(home / "bin" / "docker"))


def run(job: Job) -> tuple[Outcome, Heard]:
    heard = Heard()
    return asyncio.run(build(job, heard.watch())), heard


def test_a_build_that_succeeds(home: Path):
    outcome, heard = run(job(home, "say Building the image", "say done"))

    assert (0, ()) == (outcome.code, outcome.problems)
    assert ["Building the image", "done", ""] == heard.lines
    assert ["Building the image"] == heard.steps


def test_a_build_that_fails(home: Path):
    outcome, _ = run(job(home, "say error: bad image 'shop' (Error 1-2-3)", "say   Caused by: no access", "exit 3"))
    (problem,) = outcome.problems

    assert (1, "1-2-3", "bad image 'shop'", ("no access",)) == (
        outcome.code,
        problem.code,
        problem.message,
        problem.causes,
    )


def test_frames_of_a_turning_wheel_are_no_lines(home: Path):
    _, heard = run(job(home, "say done", quiet=False))

    assert "done" == heard.lines[0]
    assert not [line for line in heard.lines if "Executing" in line]


def test_the_whole_output_is_kept(home: Path):
    outcome, _ = run(job(home, r"say \033[1mbold\033[0m"))

    assert outcome.log is not None
    assert b"\x1b[1mbold\x1b[0m\n\n" == outcome.log.read_bytes()
    assert outcome.log.is_relative_to(home / "state" / "scone-ls" / "builds")


def test_old_logs_are_removed(home: Path):
    logs = {run(job(home))[0].log for _ in range(22)}

    assert 22 == len(logs)
    assert 20 == len(list((home / "state" / "scone-ls" / "builds").iterdir()))


def test_a_build_without_a_log(home: Path):
    (home / "state").write_text("", encoding="utf-8")
    outcome, _ = run(job(home))

    assert (0, None) == (outcome.code, outcome.log)


def cancelled(job: Job) -> tuple[Heard, float]:
    """Cancel a build once it says something; return what it told, and the seconds that its end took."""
    heard = Heard()

    async def start_and_cancel() -> float:
        task = asyncio.ensure_future(build(job, heard.watch()))
        while not heard.lines:  # noqa: ASYNC110 -- What is waited for is a plain list.
            await asyncio.sleep(0.01)
        began = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return time.monotonic() - began

    return heard, asyncio.run(start_and_cancel())


def test_a_build_that_is_cancelled(home: Path):
    (home / "target").mkdir()
    heard, _ = cancelled(job(home, "say started", "sleep 60"))

    assert 1 == heard.endings
    assert [
        "a container may be left running, as docker could not be asked; `docker ps` shows it",
        "what is in `target/` may be half-written",
    ] == heard.left


def test_a_build_that_ignores_the_wish_to_end(home: Path):
    heard, _ = cancelled(job(home, "deaf", "say started", "sleep 60", "sleep 60"))

    assert ["started"] == heard.lines


def test_a_manifest_is_built_by_one_at_a_time(home: Path):
    slow, heard = job(home, "say started", "sleep 60"), Heard()

    async def start_twice() -> None:
        first = asyncio.ensure_future(build(slow, heard.watch()))
        while not heard.lines:  # noqa: ASYNC110 -- What is waited for is a plain list.
            await asyncio.sleep(0.01)
        with pytest.raises(BusyError, match=r"`shop\.yaml` is being built already"):
            await build(slow, Heard().watch())
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first

    asyncio.run(start_twice())
    assert 0 == run(job(home))[0].code


def inspected(**other: object) -> dict[str, object]:
    mounts = [{"Source": "/shop", "Destination": "/wd"}]
    return {
        "Id": "1234",
        "Created": "2026-01-02T03:04:05.678Z",
        "Path": "apply",
        "Args": ["-f", "shop.yaml"],
        "Mounts": mounts,
        **other,
    }


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, True),
        ({"Args": ["-f", "other.yaml"]}, False),
        ({"Path": "sh"}, False),
        ({"Mounts": [{"Source": "/shop", "Destination": "/src"}]}, False),
        ({"Mounts": [{"Source": "/other", "Destination": "/wd"}]}, False),
        ({"Created": "2026-01-02T03:00:00Z"}, False),
        ({"Created": "?"}, False),
        ({"Mounts": None}, False),
    ],
)
def test_which_containers_belong_to_a_build(other: dict[str, object], *, expected: bool):
    command = Command("/bin/sconectl", ("--quiet", "apply", "-f", "shop.yaml"), "/shop")
    began = datetime(2026, 1, 2, 3, 4, 4, tzinfo=UTC)

    assert expected is is_of_build(inspected(**other), command, began)
