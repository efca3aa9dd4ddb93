"""`scone-ls build` with a small stand-in for sconectl, found on PATH like the real one."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import FOREIGN, PROGRAM, SERVICE, Outcome, program

WRONG = SERVICE.replace("name: shop\n", "name: [shop]\n")


@pytest.fixture(name="machine")
def _machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a kubeconfig, programs in `bin`, and a manifest in `shop`, the current folder."""
    home = tmp_path.resolve()
    for folder in ("bin", ".kube", "shop/services"):
        (home / folder).mkdir(parents=True)
    (home / ".kube" / "config").touch()
    (home / "shop" / "shop.yaml").write_text(SERVICE, encoding="utf-8")
    put_program(home, "sconectl", 'printf "%s|" "$PWD" "$@"; echo')
    put_program(home, "docker", "exit 1")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PATH", f"{home / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.delenv("KUBECONFIG", raising=False)
    monkeypatch.chdir(home / "shop")
    return home


def put_program(home: Path, name: str, body: str) -> None:
    path = home / "bin" / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def refused(message: str) -> Outcome:
    return Outcome(2, "", f"scone-ls: {message}\n")


def test_sconectl_is_run_in_the_current_folder(machine: Path):
    shop = machine / "shop"

    assert Outcome(
        0,
        f"{shop}|--quiet|apply|-f|shop.yaml|\n",
        f"running sconectl --quiet apply -f shop.yaml in {shop}\n",
    ) == program("build", "shop.yaml")


def test_sconectl_is_run_in_the_folder_that_is_asked_for(machine: Path):
    outcome = program("build", "shop.yaml", "--folder", machine)

    assert (0, f"{machine}|--quiet|apply|-f|shop/shop.yaml|\n") == outcome[:2]


@pytest.mark.parametrize("code", [0, 1, 3])
def test_the_exit_code_is_that_of_the_build(machine: Path, code: int):
    put_program(machine, "sconectl", f"echo said; echo wrong >&2; exit {code}")

    assert (code, "said\nwrong\n") == program("build", "shop.yaml")[:2]


def test_a_manifest_with_errors_is_built_only_by_force(machine: Path):
    (machine / "shop" / "shop.yaml").write_text(WRONG, encoding="utf-8")

    assert (
        refused("`shop.yaml` has 1 error; mend what `scone-ls check` reports first; --force builds all the same")
    ) == program("build", "shop.yaml")
    assert 0 == program("build", "shop.yaml", "--force").code


def test_warnings_are_no_obstacle(machine: Path):
    (machine / "shop" / "shop.yaml").write_text(SERVICE + "surplus: 1\n", encoding="utf-8")

    assert 0 == program("build", "shop.yaml").code


def test_a_file_without_manifest(machine: Path):
    (machine / "shop" / "pod.yaml").write_text(FOREIGN, encoding="utf-8")

    assert refused("`pod.yaml` holds no manifest; --force builds all the same") == program("build", "pod.yaml")


def test_without_sconectl(machine: Path):
    (machine / "bin" / "sconectl").unlink()

    assert refused("`sconectl` is not on PATH; install it or add the folder that holds it to PATH") == program(
        "build", "shop.yaml"
    )


def test_without_docker(machine: Path):
    (machine / "bin" / "docker").unlink()

    message = "`docker` is not on PATH, and sconectl does all its work in containers; "
    assert refused(f"{message}install Docker or add the folder that holds its command to PATH") == program(
        "build", "shop.yaml", PATH=str(machine / "bin")
    )


def test_without_kubeconfig(machine: Path):
    (machine / ".kube" / "config").unlink()

    assert "there is no kubeconfig" in program("build", "shop.yaml").err
    assert 0 == program("build", "shop.yaml", KUBECONFIG=str(machine / "other")).code
    assert 0 == program("build", "shop.yaml", "--force").code


@pytest.mark.usefixtures("machine")
def test_a_name_that_the_inner_shell_would_interpret():
    Path("$HOME.yaml").write_text(SERVICE, encoding="utf-8")
    message = "`$HOME.yaml` has a dollar sign in its path, which the shell inside sconectl interprets; rename it"

    assert refused(message) == program("build", "$HOME.yaml")
    assert refused(message) == program("build", "$HOME.yaml", "--force")


@pytest.mark.usefixtures("machine")
def test_a_file_outside_of_the_folder():
    assert "`--folder`" not in program("build", "shop.yaml", "--folder", "services").err
    assert (
        "sconectl sees only what is in the folder it runs in"
        in program("build", "shop.yaml", "--folder", "services").err
    )


@pytest.mark.usefixtures("machine")
def test_what_is_not_there():
    assert refused("can't read `gone.yaml`: no such file or directory") == program("build", "gone.yaml")
    assert refused("`gone` is not a folder") == program("build", "shop.yaml", "--folder", "gone")


def test_a_program_that_can_not_be_started(machine: Path):
    (machine / "bin" / "sconectl").write_text("#!/gone\n", encoding="utf-8")

    outcome = program("build", "shop.yaml")

    assert 2 == outcome.code
    assert f"scone-ls: can't start `{machine / 'bin' / 'sconectl'}`: no such file or directory" in outcome.err


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_the_build(machine: Path, number: signal.Signals, code: int):
    put_program(
        machine, "sconectl", 'trap "echo stopped > trace; exit" TERM; sh -c "echo started; exec sleep 60" & wait'
    )
    running = subprocess.Popen([*PROGRAM, "build", "shop.yaml"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None
    assert b"started\n" == running.stdout.readline()
    running.send_signal(number)
    out, err = running.communicate(timeout=60)

    assert (code, b"", b"running sconectl --quiet apply -f shop.yaml in %b\n" % bytes(machine / "shop")) == (
        running.returncode,
        out,
        err,
    )
    assert "stopped\n" == (machine / "shop" / "trace").read_text(encoding="utf-8")
