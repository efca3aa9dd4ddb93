"""What other CI systems read: the hooks of pre-commit, the Action, the GitLab component, the container file.

Here they are held against their schemas; `make e2e-ci` runs them.
"""

import argparse
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from scone_ls import __version__
from scone_ls.cli.arguments import parser

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
ACTION = ROOT / "action.yml"
COMPONENT = ROOT / "templates" / "scone-ls.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
CONTAINER = ROOT / ".ci" / "Containerfile"


def documents(path: Path) -> list[Any]:
    return list(YAML(typ="safe").load_all(path.read_text(encoding="utf-8")))  # pyright: ignore[reportUnknownMemberType] -- The library has no types.


def says_ok(*command: object) -> None:
    run = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)

    assert (run.returncode, run.stderr) == (0, ""), run.stdout


def takes(command: str) -> None:
    """The command line takes these arguments."""
    program, *arguments = shlex.split(command)
    options, surplus = parser().parse_known_args(arguments)

    assert (program, surplus) == ("scone-ls", [])
    assert options.run is not None


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("vendor.github-actions", ACTION),
        *(("vendor.github-workflows", path) for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))),
    ],
    ids=lambda part: getattr(part, "name", part),
)
def test_github_takes_it(schema: str, path: Path):
    says_ok(BIN / "check-jsonschema", "--builtin-schema", schema, path)


def test_gitlab_takes_the_component(tmp_path: Path):
    _, jobs = COMPONENT.read_text(encoding="utf-8").split("\n---\n")
    (tmp_path / "jobs.yml").write_text(with_defaults(jobs), encoding="utf-8")

    says_ok(BIN / "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", tmp_path / "jobs.yml")


def with_defaults(text: str) -> str:
    inputs: dict[str, Any] = documents(COMPONENT)[0]["spec"]["inputs"]
    return re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda match: inputs[match[1]]["default"], text)


def test_every_input_of_the_component_is_used():
    spec, jobs = COMPONENT.read_text(encoding="utf-8").split("\n---\n")

    assert set(re.findall(r"inputs\.(\w+)", jobs)) == set(documents(COMPONENT)[0]["spec"]["inputs"])
    assert "$[[" not in spec


def test_every_input_of_the_action_is_used():
    action = documents(ACTION)[0]

    assert set(re.findall(r"inputs\.([\w-]+)", ACTION.read_text(encoding="utf-8"))) == set(action["inputs"])


def test_pre_commit_takes_the_hooks():
    says_ok(BIN / "pre-commit", "validate-manifest", HOOKS)


def test_the_hooks_are_commands_that_there_are():
    (hooks,) = documents(HOOKS)

    assert [hook["id"] for hook in hooks] == ["scone-ls", "scone-ls-fix"]
    for hook in hooks:
        takes(f"{hook['entry']} service.yaml")
        assert [
            bool(re.search(hook["files"], name)) for name in ("a.yaml", "a/b.yml", "c.yaml.template", "d.py", "yaml")
        ] == [True, True, True, False, False]


def test_the_container_file_copies_what_there_is():
    lines = CONTAINER.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    copied = [
        part for line in lines if line.startswith("COPY ") and "--from" not in line for part in line.split()[1:-1]
    ]

    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert set(lines[-2:]) == {'ENTRYPOINT ["scone-ls"]', 'CMD ["check"]'}


def test_the_page_names_what_there_is():
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    forms = next(action.choices for action in checking() if "--output-format" in action.option_strings)

    assert set(re.findall(r"@v([\d.]+\d)$", page, re.MULTILINE)) | set(re.findall(r"rev: v(\S+)", page)) == {
        __version__
    }
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == set(forms or ())
    for inputs in (documents(ACTION)[0]["inputs"], documents(COMPONENT)[0]["spec"]["inputs"]):
        assert [name for name in inputs if f"`{name}`" not in page] == []


def checking() -> list[argparse.Action]:
    """The options of `scone-ls check`."""
    options, _ = parser().parse_known_args(["check"])
    return options.parser._actions
