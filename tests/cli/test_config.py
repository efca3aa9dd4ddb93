"""The config file and `check`: the nearest one of each file holds, and what is wrong in it is said."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import MISSPELT, SERVICE, scone_ls


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def severity(code: str, level: str) -> str:
    return f'[severity]\n{code} = "{level}"\n'


def test_severities_of_the_config_file():
    put("service.yaml", MISSPELT)
    put(".scone-ls.toml", severity("unknown-key", "off"))
    outcome = scone_ls("check")

    assert (outcome.code, outcome.err) == (0, "")
    assert "unknown-key" not in outcome.out


def test_each_file_has_the_nearest():
    put("a/service.yaml", MISSPELT)
    put("b/c/service.yaml", MISSPELT)
    put("pyproject.toml", "[tool.scone-ls." + severity("unknown-key", "error").removeprefix("["))
    put("b/.scone-ls.toml", severity("unknown-key", "hint"))
    out = scone_ls("check").out

    assert "a/service.yaml:7:3: error[unknown-key]" in out
    assert "b/c/service.yaml:7:3: hint[unknown-key]" in out


def test_standard_input_has_that_of_its_name():
    put("a/.scone-ls.toml", severity("unknown-key", "hint"))

    assert "hint[unknown-key]" in scone_ls("check", "-", "--stdin-filename", "a/x.yaml", stdin=MISSPELT).out
    assert "hint[unknown-key]" not in scone_ls("check", "-", stdin=MISSPELT).out


def test_an_option_wins():
    put("service.yaml", MISSPELT)
    put(".scone-ls.toml", severity("unknown-key", "error"))

    assert "unknown-key" not in scone_ls("check", "--ignore", "unknown-key").out


def test_what_is_wrong_is_said_once_and_the_rest_holds():
    put("a.yaml", MISSPELT)
    put("b.yaml", MISSPELT)
    put(".scone-ls.toml", 'level = "x"\n' + severity("unknown-key", "hint"))
    outcome = scone_ls("check")

    assert outcome.code == 2
    assert outcome.err == "scone-ls: `.scone-ls.toml`: there is no setting `level`\n"
    assert outcome.out.count("hint[unknown-key]") == 2


def test_a_broken_file_is_said_once_and_files_are_checked_as_by_default():
    put("a.yaml", SERVICE)
    put("b/b.yaml", MISSPELT)
    put(".scone-ls.toml", "x")
    outcome = scone_ls("check")

    assert outcome.code == 2
    assert outcome.err.count("is no TOML") == 1
    assert "[unknown-key]" in outcome.out


def test_pydantic_is_loaded_only_where_there_is_a_config_file():
    put("a.yaml", SERVICE)
    python = "import sys; from scone_ls.cli import main; main(['check']); print('pydantic.main' in sys.modules)"
    loaded = [program_output(python)]
    put(".scone-ls.toml", "")
    loaded.append(program_output(python))

    assert loaded == ["False", "True"]


def program_output(python: str) -> str:
    return subprocess.run([sys.executable, "-c", python], capture_output=True, text=True, check=True).stdout.split()[-1]
