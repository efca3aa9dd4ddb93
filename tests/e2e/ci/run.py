#!/usr/bin/env python3
"""Runs what other CI systems read, as far as this machine can: the pre-commit hooks, the Action, the GitLab component.

Each is given a project with one faulty manifest, and has to fail with its line; then with a sound one, and has to pass.
It installs scone-ls the way the real thing does, so it needs a package index. Wants the Python of `.venv`.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[3]
FAULTY = "apiVersion: scone/5.8\nkind: genservice\nbuil:\n  name: shop\nenvironment:\n"
SOUND = (ROOT / "examples" / "python" / "service.yaml").read_text(encoding="utf-8")
MESSAGE = "unknown key `buil`; did you mean `build`?"


def main() -> int:
    """Run all; ends with 1 at the first that does not do what it should."""
    for check in (pre_commit, action, component):
        with project() as folder:
            check(folder)
            sys.stdout.write(f"ok: {check.__name__}\n")
    return 0


def pre_commit(folder: Path) -> None:
    """The hooks, in an environment that pre-commit makes."""
    program = [Path(sys.executable).parent / "pre-commit", "try-repo", ROOT]
    options = ["--all-files", "--verbose"]
    environment = {"PRE_COMMIT_HOME": str(folder.parent / "pre-commit")}
    expect(
        run(folder, [*program, "scone-ls", *options], environment),
        1,
        f"service.yaml:3:1: warning[unknown-key] {MESSAGE}",
    )
    expect(run(folder, [*program, "scone-ls-fix", *options], environment), 1, "fixed[unknown-key]")
    (folder / "service.yaml").write_text(SOUND, encoding="utf-8")
    expect(run(folder, [*program, "scone-ls", *options], environment), 0, "found nothing wrong")


def action(folder: Path) -> None:
    """The steps of the Action that are scripts, with the variables that a runner sets."""
    steps: list[Any] = document(ROOT / "action.yml", 0)["runs"]["steps"]
    install, check = (step for step in steps if "run" in step)
    paths = folder.parent / "paths"
    paths.touch()
    runner = {"RUNNER_TEMP": str(folder.parent), "GITHUB_PATH": str(paths)}
    here = {"PYTHON": sys.executable, "SOURCE": str(ROOT)}
    expect(run(folder, script(install), {**runner, **here}), 0, "")
    path = {"PATH": f"{paths.read_text(encoding='utf-8').strip()}:{os.environ['PATH']}"}
    inputs = {"PATHS": ".", "FORMAT": "github", "FILE": "", "SEVERITY": "hint"}
    line = f"::warning title=scone-ls unknown-key,file=service.yaml,line=3,endLine=3,col=1,endColumn=5::{MESSAGE}"
    expect(run(folder, script(check), {**path, **inputs}), 1, line)
    expect(run(folder, script(check), {**path, **inputs, "FORMAT": "sarif", "FILE": "report.sarif"}), 1, "")
    report = json.loads((folder / "report.sarif").read_text(encoding="utf-8"))
    assert MESSAGE in [result["message"]["text"] for result in report["runs"][0]["results"]]
    (folder / "service.yaml").write_text(SOUND, encoding="utf-8")
    expect(run(folder, script(check), {**path, **inputs}), 0, "")


def component(folder: Path) -> None:
    """The script of the GitLab component, with scone-ls from this folder in the place of the index."""
    inputs: dict[str, Any] = document(ROOT / "templates" / "scone-ls.yml", 0)["spec"]["inputs"]
    values = {name: each["default"] for name, each in inputs.items()} | {"package": str(ROOT)}
    job: dict[str, Any] = document(ROOT / "templates" / "scone-ls.yml", 1)["scone-ls"]
    lines = "\n".join(job["script"])
    filled = re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda match: values[match[1]], lines)
    venv = folder.parent / "venv"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    path = {"PATH": f"{venv / 'bin'}:{os.environ['PATH']}"}
    expect(run(folder, ["sh", "-e", "-c", filled], path), 1, f"service.yaml:3:1: warning[unknown-key] {MESSAGE}")
    failures = ET.parse(folder / job["artifacts"]["reports"]["junit"]).getroot().findall("*/*/failure")  # noqa: S314 -- It is ours.
    assert MESSAGE in [failure.get("message") for failure in failures]
    (folder / "service.yaml").write_text(SOUND, encoding="utf-8")
    expect(run(folder, ["sh", "-e", "-c", filled], path), 0, "found nothing wrong")


@contextmanager
def project() -> Generator[Path]:
    """Give a git repository with one faulty manifest, and a YAML file that is none of ours."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "project"
        folder.mkdir()
        shutil.copytree(ROOT / "examples" / "python", folder, dirs_exist_ok=True)
        (folder / "service.yaml").write_text(FAULTY, encoding="utf-8")
        (folder / "other.yaml").write_text("kind: Pod\n", encoding="utf-8")
        for command in (["init", "--quiet"], ["add", "."]):
            subprocess.run(["git", *command], cwd=folder, check=True)
        yield folder


def script(step: dict[str, Any]) -> list[str]:
    """Return the command that a runner makes of a step: bash, as GitHub calls it."""
    return ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", str(step["run"])]


def run(folder: Path, command: list[Any], variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder."""
    environment = {**os.environ, **variables}
    return subprocess.run(
        list(map(str, command)), cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def expect(ended: subprocess.CompletedProcess[str], code: int, line: str) -> None:
    """End with what a command said, unless it ended with this code and said this line."""
    if ended.returncode != code or line not in ended.stdout:
        sys.exit(f"expected exit code {code} and `{line}`, got {ended.returncode}:\n{ended.stdout}\n{ended.stderr}")


def document(path: Path, index: int) -> Any:
    """Return a document of a file."""
    return list(YAML(typ="safe").load_all(path.read_text(encoding="utf-8")))[index]  # pyright: ignore[reportUnknownMemberType] -- The library has no types.


if __name__ == "__main__":
    sys.exit(main())
