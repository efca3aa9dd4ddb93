"""`scone-ls doctor` says what would make a build fail."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.command import SERVICE, Outcome, program


@pytest.fixture(name="home", autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path.resolve()
    monkeypatch.chdir(home)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("DOCKER_HOST", f"unix://{home}/docker.sock")
    monkeypatch.setenv("PATH", f"{home}{os.pathsep}/usr/bin{os.pathsep}/bin")
    for name in ("KUBECONFIG", "VERSION", "SCONECTL_VERSION", "SCONECTL_REPO"):
        monkeypatch.delenv(name, raising=False)
    (home / "shop.yaml").write_text(SERVICE, encoding="utf-8")
    return home


def states(outcome: Outcome) -> dict[str, str]:
    return {verdict["name"]: verdict["state"] for verdict in json.loads(outcome.out)}


def test_each_condition_has_its_line():
    code, out, err = program("doctor", "shop.yaml")

    assert (1, "") == (code, err)
    assert "wrong  sconectl    `sconectl` is not on PATH; install it, or add the folder that holds it to PATH\n" in out
    assert "wrong  kubeconfig  there is no kubeconfig, without which sconectl can't start its container" in out
    assert "ok     manifest    `shop.yaml` has no errors\n" in out


def test_without_a_manifest_it_is_about_the_machine():
    assert "manifest" not in states(program("doctor", "--output-format", "json"))


def test_what_is_put_right_is_right(home: Path):
    before = states(program("doctor", "--output-format", "json"))
    (home / ".kube").mkdir()
    (home / ".kube" / "config").touch()
    (home / ".docker").mkdir()
    (home / ".docker" / "config.json").write_text('{"auths": {"registry.scontain.com": {}}}', encoding="utf-8")
    for name in ("sconectl", "docker"):
        (home / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (home / name).chmod(0o755)
    after = states(program("doctor", "--output-format", "json", VERSION="1"))

    changed = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    assert {"kubeconfig": ("doubt", "good"), "logins": ("doubt", "good"), "sconectl": ("bad", "good")} == {
        name: change for name, change in changed.items() if name not in ("docker", "version")
    }
    assert ("good", "note", "doubt") == (after["docker"], after["version"], after["engine"])


def test_each_manifest_has_its_lines(home: Path):
    (home / "wrong.yaml").write_text(SERVICE.replace("name: shop", "name: [shop]"), encoding="utf-8")
    out = program("doctor", "shop.yaml", "wrong.yaml").out

    assert 1 == out.count("sconectl   ")
    assert "ok     manifest    `shop.yaml` has no errors\n" in out
    assert "wrong  manifest    `wrong.yaml` has 1 error; mend what `scone-ls check` reports first\n" in out


def test_a_folder_that_there_is_not():
    assert Outcome(2, "", "scone-ls: `gone` is not a folder\n") == program("doctor", "--folder", "gone")


def test_names_that_no_file_can_have(home: Path):
    (home / "odd.yaml").write_text(
        SERVICE.replace("environment:", '  copy: ["a\\0b", ' + "a" * 300 + "]\nenvironment:"), encoding="utf-8"
    )
    outcome = program("doctor", "odd.yaml")

    assert "" == outcome.err
    assert "not there" in outcome.out or "missing" in outcome.out
