"""`scone-ls build` with the stand-in for sconectl, found on PATH like the real one."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import FOREIGN, PROGRAM, SERVICE, Outcome, program
from tests.standin.engine import answering

WRONG = SERVICE.replace("name: shop\n", "name: [shop]\n")
STAND_IN = Path(__file__).parents[1] / "standin"


@pytest.fixture(name="machine")
def _machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home on which nothing is amiss, and a manifest in `shop`, the current folder."""
    home = tmp_path.resolve()
    for folder in ("bin", ".kube", ".docker", "shop/services"):
        (home / folder).mkdir(parents=True)
    (home / ".kube" / "config").touch()
    (home / ".docker" / "config.json").write_text('{"auths": {"registry.scontain.com": {}}}', encoding="utf-8")
    (home / "shop" / "shop.yaml").write_text(SERVICE, encoding="utf-8")
    (home / "bin" / "sconectl").symlink_to(STAND_IN / "sconectl")
    put_program(home, "docker", "exit 1")
    put_program(home, "getent", "echo docker:x:999:")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PATH", f"{home / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("STAND_IN_ENGINE", "none")
    for name in ("KUBECONFIG", "VERSION", "SCONECTL_VERSION", "SCONECTL_REPO", "DOCKER_CONTEXT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(home / "shop")
    with answering(home / "docker.sock") as address:
        monkeypatch.setenv("DOCKER_HOST", address)
        yield home


def put_program(home: Path, name: str, body: str) -> None:
    path = home / "bin" / name
    path.unlink(missing_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def put(machine: Path, *directives: str, name: str = "shop.yaml", text: str = SERVICE) -> None:
    lines = "".join(f"# stand-in: {directive}\n" for directive in directives)
    (machine / "shop" / name).write_text(text + lines, encoding="utf-8")


def built(*arguments: str | Path) -> Outcome:
    """Build by force, as not every machine is one that sconectl is made for."""
    return program("build", *arguments, "--force")


def refused(message: str) -> Outcome:
    return Outcome(2, "", f"scone-ls: {message}\n")


def test_sconectl_is_run_in_the_current_folder(machine: Path):
    put(machine, "show")
    code, out, err = built("shop.yaml")

    assert (0, "arguments: -f shop.yaml", f"folder: {machine / 'shop'}") == (code, *out.split("\n")[:2])
    assert f"running sconectl --quiet apply -f shop.yaml in {machine / 'shop'}" == err.split("\n")[0]


def test_sconectl_is_run_in_the_folder_that_is_asked_for(machine: Path):
    put(machine, "show")

    assert f"arguments: -f shop/shop.yaml\nfolder: {machine}\n" in built("shop.yaml", "--folder", machine).out


def test_modes_and_flags_are_passed_on(machine: Path):
    put(machine, "show")
    flags = ("--mode", "debug", "--no-push", "--dry-run", "--set-version", "5.9", "-vv", "--release", "r")

    assert "arguments: -f shop.yaml --mode=debug --no-push --dry-run --set-version 5.9 -vv\n" in (
        built("shop.yaml", *flags).out
    )


def test_the_folder_and_the_mode_of_the_config_file(machine: Path):
    put(machine, "show")
    (machine / "shop" / ".scone-ls.toml").write_text('[build]\nmode = "debug"\npush = false\n', encoding="utf-8")

    assert "arguments: -f shop.yaml --mode=debug --no-push\n" in built("shop.yaml").out
    assert "arguments: -f shop.yaml --mode=production --no-push\n" in built("shop.yaml", "--mode", "production").out


def test_a_failure_is_reported_at_its_word(machine: Path):
    put(machine, "say error: no access to 'registry.example.com/shop:1' (Error 1-2-3)", "say   Caused by: x", "exit 3")
    code, out, err = built("shop.yaml")

    assert (1, "error: no access to 'registry.example.com/shop:1' (Error 1-2-3)") == (code, out.split("\n")[0])
    assert (
        "shop.yaml:6:7: error[1-2-3] from tool: no access to 'registry.example.com/shop:1'\n  caused by: x\n"
        "shop.yaml: failed with exit code 1 after "
    ) in err


def test_a_failure_as_json(machine: Path):
    put(machine, "say error: no access to 'shop.py' (Error 1-2-3)", "exit 3")
    code, out, err = built("shop.yaml", "--output-format", "json")
    (report,) = json.loads(out)
    (problem,) = report["problems"]

    assert (1, 1, "running ") == (code, report["exit_code"], err[:8])
    assert ("error", "tool", "1-2-3", {"row": 7, "column": 20}) == (
        problem["severity"],
        problem["origin"],
        problem["code"],
        problem["location"],
    )
    assert "Error 1-2-3" in Path(report["log"]).read_text(encoding="utf-8")


def test_the_whole_output_is_kept(machine: Path):
    put(machine, "flood 1000")
    err = built("shop.yaml").err
    (log,) = (machine / "state" / "scone-ls" / "builds").iterdir()

    assert err.rstrip().endswith(f"the whole output is in {log}")
    assert 1001 == log.read_text(encoding="utf-8").count("\n")


def test_a_folder_is_built_services_before_the_mesh(machine: Path):
    put(machine, name="shop.yaml")
    put(machine, name="base.yaml", text=SERVICE.replace("shop:1", "base:1"))
    put(
        machine,
        name="a-mesh.yaml",
        text="apiVersion: scone/5.8\nkind: mesh\ncas:\nservices:\n  - name: x\n    image: registry.example.com/shop:1\n",
    )
    ran = [line.split()[5] for line in built(".").err.split("\n") if line.startswith("running")]

    assert ["base.yaml", "shop.yaml", "a-mesh.yaml"] == ran


def test_a_mesh_has_its_services_built_first_on_request(machine: Path):
    put(machine, name="unneeded.yaml", text=SERVICE.replace("shop:1", "other:1"))
    put(
        machine,
        name="mesh.yaml",
        text="apiVersion: scone/5.8\nkind: mesh\ncas:\nservices:\n  - name: x\n    image: registry.example.com/shop:1\n",
    )

    def ran(*arguments: str) -> list[str]:
        return [line.split()[5] for line in built(*arguments).err.split("\n") if line.startswith("running")]

    assert ["mesh.yaml"] == ran("mesh.yaml")
    assert ["shop.yaml", "mesh.yaml"] == ran("mesh.yaml", "--with-services")


def test_what_fails_ends_the_rest(machine: Path):
    put(machine, "exit 1", name="a.yaml")
    put(machine, name="b.yaml", text=SERVICE.replace("shop:1", "b:1"))
    code, _, err = built("a.yaml", "b.yaml")

    assert (1, 1) == (code, err.count("running"))


def test_a_terminal_shows_the_step_and_the_time(machine: Path):
    put(machine, "say Building the image", "sleep 0.5")
    outer, inner = os.openpty()
    ran = subprocess.run([*PROGRAM, "build", "shop.yaml", "--force"], stdout=subprocess.PIPE, stderr=inner, check=False)
    os.close(inner)
    shown = os.read(outer, 65_536).decode()
    os.close(outer)

    assert (0, b"Building the image\n\n") == (ran.returncode, ran.stdout)
    assert re.search(r"\r\x1b\[K\S shop\.yaml · 0\.\d s · Building the image", shown)


def test_a_template_is_filled_in_and_built(machine: Path):
    text = SERVICE.replace("registry.example.com/shop:1", "$REPO/shop:1")
    put(machine, "say denied: no access to r.example.com/shop:1", "exit 1", name="t.yaml.template", text=text)
    code, _, err = built("t.yaml.template", "--set", "REPO=r.example.com")

    assert 1 == code
    assert "apply -f target/scone-ls/t.yaml in" in err
    assert "t.yaml.template:6:7: error from docker: denied: no access to r.example.com/shop:1\n" in err


def test_a_template_with_a_hole_is_not_built(machine: Path):
    put(machine, name="t.yaml.template", text=SERVICE.replace("registry.example.com/shop:1", "$REPO/shop:1"))
    message = "t.yaml.template:6:7: `REPO` is not set; set it in the environment or in the file of variables"

    assert refused(message) == built("t.yaml.template")
    assert not (machine / "shop" / "target").exists()


def test_a_manifest_with_errors_is_built_only_by_force(machine: Path):
    (machine / "shop" / "shop.yaml").write_text(WRONG, encoding="utf-8")
    err = program("build", "shop.yaml").err

    assert err.endswith("; --force builds all the same\n")
    assert 0 == built("shop.yaml").code


def test_a_file_without_manifest(machine: Path):
    (machine / "shop" / "pod.yaml").write_text(FOREIGN, encoding="utf-8")

    assert 2 == program("build", "pod.yaml").code
    assert refused("no manifest in `services`") == program("build", "services")


def test_without_sconectl(machine: Path):
    (machine / "bin" / "sconectl").unlink()

    assert refused("`sconectl` is not on PATH; install it, or add the folder that holds it to PATH") == built(
        "shop.yaml"
    )


@pytest.mark.usefixtures("machine")
def test_a_name_that_the_inner_shell_would_interpret():
    Path("$HOME.yaml").write_text(SERVICE, encoding="utf-8")
    message = "`$HOME.yaml` has a dollar sign in its path, which the shell inside sconectl interprets; rename it"

    assert refused(message) == built("$HOME.yaml")


@pytest.mark.usefixtures("machine")
def test_what_is_not_there():
    assert refused("can't read `gone.yaml`: no such file or directory") == program("build", "gone.yaml")
    assert refused("`gone` is not a folder") == program("build", "shop.yaml", "--folder", "gone")


def test_a_program_that_can_not_be_started(machine: Path):
    put_program(machine, "sconectl", "")
    (machine / "bin" / "sconectl").write_text("#!/gone\n", encoding="utf-8")

    outcome = built("shop.yaml")

    assert 2 == outcome.code
    assert f"scone-ls: can't start `{machine / 'bin' / 'sconectl'}`: no such file or directory" in outcome.err


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_the_build(machine: Path, number: signal.Signals, code: int):
    put_program(
        machine, "sconectl", 'trap "echo stopped > trace; exit" TERM; sh -c "echo started; exec sleep 60" & wait'
    )
    command = [*PROGRAM, "build", "shop.yaml", "--force"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert "started\n" == running.stdout.readline()
    running.send_signal(number)
    out, err = running.communicate(timeout=60)

    assert (code, "") == (running.returncode, out)
    assert err.split("\n")[1:] == [
        "scone-ls: ending the build, which may take 2 seconds",
        "scone-ls: a container may be left running, as docker could not be asked; `docker ps` shows it",
        "",
    ]
    assert "stopped\n" == (machine / "shop" / "trace").read_text(encoding="utf-8")
