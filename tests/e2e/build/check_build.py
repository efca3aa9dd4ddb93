"""Builds with a real docker engine, and the stand-in for sconectl in front of it; run by `make e2e-build`.

Everything is real but the image behind sconectl: the program of the user, docker's command, the engine, the container.
"""

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli.command import SERVICE
from tests.lsp.client import MODERN, Client, ErrorAnswerError

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PROGRAM = (sys.executable, "-m", "scone_ls")
REPOSITORY = "standin.example.com/sconectl"


class Machine(NamedTuple):
    """A home where nothing is amiss, and the environment of a user."""

    shop: Path
    environment: dict[str, str]

    def docker(self, *arguments: str) -> str:
        ran = subprocess.run(["docker", *arguments], env=self.environment, capture_output=True, text=True, check=True)
        return ran.stdout

    def put(self, *directives: str, name: str = "shop.yaml", text: str = SERVICE) -> str:
        text += "".join(f"# stand-in: {directive}\n" for directive in directives)
        (self.shop / name).write_text(text, encoding="utf-8")
        return text

    def build(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PROGRAM, "build", *arguments],
            cwd=self.shop,
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [*PROGRAM, "build", *arguments],
            cwd=self.shop,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


@pytest.fixture(scope="session", name="engine")
def _engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A docker engine: its address, and the folder of its programs."""
    work = tmp_path_factory.mktemp("engine")
    started = subprocess.run(
        [HERE / "engine", ROOT / ".cache" / "engine", work], stdout=subprocess.PIPE, text=True, check=False
    )
    try:
        if started.returncode and not os.environ.get("CI"):
            pytest.skip("a docker engine can be started by root on Debian only")
        assert started.returncode == 0, "there is no engine to test with"
        yield f"unix://{work}/docker.sock", started.stdout.strip()
    finally:
        if (work / "dockerd.pid").exists():
            os.kill(int((work / "dockerd.pid").read_text(encoding="ascii")), signal.SIGTERM)


@pytest.fixture(name="machine")
def _machine(tmp_path: Path, engine: tuple[str, str]) -> Machine:
    home = tmp_path.resolve()
    for folder in ("bin", ".kube", ".docker", ".cas", "shop"):
        (home / folder).mkdir()
    (home / ".kube" / "config").touch()
    (home / ".docker" / "config.json").write_text('{"auths": {"standin.example.com": {}}}', encoding="utf-8")
    (home / "bin" / "sconectl").symlink_to(ROOT / "tests" / "standin" / "sconectl")
    # The group `docker` belongs to an installed docker; this one is only unpacked.
    getent = home / "bin" / "getent"
    getent.write_text('#!/bin/sh\n/usr/bin/getent "$@" || echo docker:x:999:\n', encoding="utf-8")
    getent.chmod(0o755)
    address, programs = engine
    environment = {
        "HOME": str(home),
        "PATH": f"{home / 'bin'}:{programs}:/usr/bin:/bin",
        "DOCKER_HOST": address,
        "SCONECTL_REPO": REPOSITORY,
        "SCONECTL_NOPULL": "1",
        "STAND_IN_DOCKER_OPTIONS": "--network none",
        "XDG_STATE_HOME": str(home / "state"),
    }
    machine = Machine(home / "shop", environment)
    machine.put()
    return machine


def test_the_manifest_is_built_in_a_container_with_the_folder_of_the_user(machine: Machine):
    machine.put("show", "make target/made")
    ran = machine.build("shop.yaml", "--force", "--mode", "debug")

    assert ran.returncode == 0, ran
    assert "arguments: -f shop.yaml --mode=debug\nfolder: /wd\n" in ran.stdout
    assert f"user: {os.getuid()}:{os.getgid()}\n" in ran.stdout
    assert f"SCONECTL_PWD={machine.shop}\n" in ran.stdout
    assert "XDG_STATE_HOME" not in ran.stdout, "nothing else of the environment gets inside"
    assert (machine.shop / "target" / "made").read_text(encoding="utf-8") == "made\n"


def test_the_examples_are_built_services_before_their_mesh(machine: Machine):
    shutil.copytree(ROOT / "examples" / "python", machine.shop, dirs_exist_ok=True)
    (machine.shop / "shop.yaml").unlink()
    ran = machine.build(".", "--force", "--no-push")

    image = "registry.example.com/guestbook/service:1.2.0"
    assert (ran.returncode, [line for line in ran.stdout.split("\n") if image in line]) == (
        0,
        [f"Building {image}", f"Pulling {image}"],
    )


def test_lines_are_shown_while_it_runs(machine: Machine):
    machine.put("say one", "sleep 2", "say two")
    with machine.start("shop.yaml", "--force") as running:
        list(iter_lines(running, "one"))
        at = time.monotonic()
        list(iter_lines(running, "two"))
        between = time.monotonic() - at
        running.communicate(timeout=60)

    assert between > 1, "the second line came two seconds after the first"


def show(text: str) -> None:
    """Show a figure or an answer to whoever runs this."""
    print(text, file=sys.stderr)  # noqa: T201 -- pytest shows it with `-s`.


def iter_lines(running: "subprocess.Popen[str]", last: str) -> Iterator[str]:
    """Yield lines of output up to the one that is waited for."""
    assert running.stdout is not None
    for line in running.stdout:
        yield line.rstrip("\n")
        if line.rstrip("\n") == last:
            return


@pytest.mark.parametrize("manner", ["polite", "indifferent", "deaf"])
def test_ctrl_c_ends_everything(machine: Machine, manner: str):
    """A polite tool ends by itself; the first process of a container that does not care is not ended by TERM."""
    machine.put(*([] if manner == "indifferent" else [manner]), "make target/half", "say started", "sleep 100")
    with machine.start("shop.yaml", "--force") as running:
        list(iter_lines(running, "started"))
        began = time.monotonic()
        running.send_signal(signal.SIGINT)
        assert running.stderr is not None
        lines: list[str] = []
        acknowledged = 0.0
        for line in running.stderr:
            lines.append(line.rstrip("\n"))
            if "ending the build" in line:
                acknowledged = time.monotonic() - began
        code = running.wait(60)
        took = time.monotonic() - began
    show(f"{manner}: acknowledged after {acknowledged * 1000:.0f} ms, ended after {took:.1f} s; {lines[2:]}")

    assert code == 130
    assert 0 < acknowledged < 0.2
    assert took < (2 if manner == "polite" else 6)
    assert "scone-ls: what is in `target/` may be half-written" in lines
    assert any("went on without the build and was ended" in line for line in lines) == (manner != "polite")
    assert machine.docker("ps", "--quiet") == ""
    assert processes_of(machine) == []


def processes_of(machine: Machine) -> list[str]:
    """The processes that were started in the folder of the build."""
    found: list[str] = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == machine.shop:
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


def test_a_failure_is_told_at_its_word_with_the_exit_code(machine: Machine):
    machine.put("say error: cannot push 'registry.example.com/shop:1' (Error 1-2-3)", "exit 7")
    ran = machine.build("shop.yaml", "--force", "--output-format", "json")
    ((problem,),) = [report["problems"] for report in json.loads(ran.stdout)]

    assert ran.returncode == 1
    assert (problem["origin"], problem["code"], problem["location"]) == ("tool", "1-2-3", {"row": 6, "column": 7})


def problem_of(machine: Machine, **variables: str) -> tuple[str, str]:
    """Who says what in a build that is forced to fail."""
    ran = machine.build("shop.yaml", "--force", "--output-format", "json", **variables)
    ((problem, *_),) = [report["problems"] for report in json.loads(ran.stdout)]
    assert ran.returncode == 1
    return problem["origin"], problem["message"]


def test_what_docker_says_without_an_engine(machine: Machine):
    origin, message = problem_of(machine, DOCKER_HOST=f"unix://{machine.shop}/gone.sock")

    assert origin == "docker"
    assert "Cannot connect to the Docker daemon" in message


def test_what_docker_says_without_a_kubeconfig(machine: Machine):
    """Current versions of docker's command refuse what older ones take for a volume without a name."""
    (machine.shop.parent / ".kube" / "config").unlink()
    command = ["docker", "create", "-v", ":/x", f"{REPOSITORY}/sconecli", "true"]
    refuses = subprocess.run(command, env=machine.environment, capture_output=True, check=False).returncode != 0
    if refuses:
        origin, message = problem_of(machine)

        assert origin == "docker"
        assert "invalid spec: :/home/nonroot/.kube/config: empty section between colons" in message
    else:
        assert machine.build("shop.yaml", "--force").returncode == 0


def test_what_docker_says_without_a_group(machine: Machine):
    (machine.shop.parent / "bin" / "getent").write_text("#!/bin/sh\nexit 2\n", encoding="utf-8")

    assert problem_of(machine)[0] == "docker"


def test_what_docker_says_without_the_image(machine: Machine):
    origin, message = problem_of(machine, SCONECTL_VERSION="gone")

    assert origin == "docker"
    assert "Error response from daemon" in message


def test_the_doctor_finds_the_engine(machine: Machine):
    ran = subprocess.run(
        [*PROGRAM, "doctor", "shop.yaml"],
        cwd=machine.shop,
        env=machine.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    show(ran.stdout)

    assert f"ok     engine      docker engine 20.10.24+dfsg1 at `{machine.environment['DOCKER_HOST']}`" in ran.stdout


def test_hover_answers_while_a_build_floods(machine: Machine):
    text = machine.put("sleep 3", "flood 100000", "say end of the flood", "sleep 100")
    uri = (machine.shop / "shop.yaml").as_uri()
    with Client(environment=machine.environment) as client:
        client.start(MODERN, workspaceFolders=[{"uri": machine.shop.as_uri(), "name": "shop"}])
        client.open(text, uri)
        before = [hover(client, uri) for _ in range(100)]
        memory = resident(client)
        number = client.begin(
            "workspace/executeCommand", {"command": "scone-ls.build", "arguments": [uri, {"force": True}]}
        )
        client.wait_for(lambda message: "running" in str(message) or "sconectl --quiet" in str(message))
        during: list[float] = []
        while not any("end of the flood" in str(message) for message in client.messages):
            during.append(hover(client, uri))
            time.sleep(0.005)
        most = resident(client)
        client.notify("$/cancelRequest", {"id": number})
        with pytest.raises(ErrorAnswerError):
            client.answer(number)
    show(f"hover without a build: {told(before)}; while it floods: {told(during)}")
    show(f"memory: {memory / 1e6:.0f} MB before, {most / 1e6:.0f} MB after the flood")

    assert most - memory < 30e6


def hover(client: Client, uri: str) -> float:
    """Hover over `build:`, and return how many milliseconds the answer took."""
    began = time.perf_counter()
    answer: Any = client.ask("hover", 2, 1, uri)
    assert "build" in answer["contents"]["value"]
    return (time.perf_counter() - began) * 1000


def told(times: list[float]) -> str:
    times = sorted(times)
    return f"median {statistics.median(times):.1f} ms, 95 % {times[int(len(times) * 0.95)]:.1f} ms ({len(times)} times)"


def resident(client: Client) -> int:
    """The memory of the server in bytes."""
    pages = int(Path(f"/proc/{client.process.pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def test_neovim_shows_a_failure_under_its_word(machine: Machine, tmp_path: Path):
    machine.put("say error: cannot push 'registry.example.com/shop:1' (Error 1-2-3)", "exit 7")
    editor = tmp_path / "editor"
    (editor / "config" / "nvim" / "lsp").mkdir(parents=True)
    (editor / "config" / "nvim" / "lsp" / "scone_ls.lua").write_bytes(
        (ROOT / "editors" / "neovim" / "scone_ls.lua").read_bytes()
    )
    environment = {
        **machine.environment,
        "PATH": f"{ROOT / '.venv' / 'bin'}:{machine.environment['PATH']}",
        **{f"XDG_{name}_HOME": str(editor / name.lower()) for name in ("CONFIG", "DATA", "CACHE")},
    }
    ran = subprocess.run(
        ["nvim", "--headless", "-n", "-c", f"luafile {HERE / 'neovim.lua'}"],
        cwd=machine.shop,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    show(ran.stdout)

    assert ran.returncode == 0, ran.stdout + ran.stderr
