"""The config file and `check`: the nearest one of each file holds, and what is wrong in it is said."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import MISSPELT, SERVICE, Outcome, scone_ls


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


HOUSE = """\
[[houseRules]]
path = "rules/images.json"
kind = "genservice"
severity = "error"
"""
IMAGES = """\
{"properties": {"build": {"properties": {"to": {"pattern": "^shop/", "errorMessage": "images go to `shop`"}}}}}
"""


def test_house_rules_are_those_of_the_config_file_with_paths_from_there():
    put("a/b/service.yaml", SERVICE)
    put("a/.scone-ls.toml", HOUSE)
    put("a/rules/images.json", IMAGES)
    put("c/service.yaml", SERVICE.replace("shop:1", "shop:2"))
    outcome = scone_ls("check")

    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.out.startswith("a/b/service.yaml:6:7: error[house-rule] images go to `shop`\n")
    assert "found 1 error in 2 manifests" in outcome.out


def test_house_rules_can_be_switched_off():
    put("service.yaml", SERVICE)
    put(".scone-ls.toml", HOUSE)

    assert scone_ls("check").code == 2
    assert scone_ls("check", "--ignore", "house-rule") == Outcome(0, "found nothing wrong in 1 manifest\n", "")
    put(".scone-ls.toml", HOUSE.replace("error", "off"))
    assert scone_ls("check").code == 0


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        (None, "there is no file `{}`, which `houseRules` names; mend the path, or take it out"),
        ("{", "`{}` is no JSON: expecting property name enclosed in double quotes at line 1, column 2; mend it"),
        ("[]", "`{}` can't be used as house rules: it is neither an object nor `true` or `false`; mend it"),
        ('{"type": 7}', "`{}` can't be used as house rules: `type` is not what JSON Schema takes there; mend it"),
        ('{"$ref": "#/x"}', "`images.json` refers to `/x`, which is not there"),
        (
            '{"$ref": "https://example.com/x.json"}',
            "`{}` refers to `https://example.com/x.json`, and nothing is downloaded; put it beside and refer to the file",
        ),
    ],
)
def test_a_broken_schema_is_named_once_and_the_rest_is_checked(written: str | None, complaint: str):
    put("a.yaml", SERVICE)
    put("b.yaml", MISSPELT)
    put(".scone-ls.toml", HOUSE)
    if written is not None:
        put("rules/images.json", written)
    outcome = scone_ls("check")

    assert (outcome.code, outcome.err) == (2, f"scone-ls: {complaint.format(Path('rules/images.json').absolute())}\n")
    assert "[unknown-key]" in outcome.out


def test_a_schema_may_refer_to_files_beside_it():
    put("a.yaml", SERVICE)
    put(".scone-ls.toml", HOUSE)
    put("rules/images.json", '{"$ref": "sub%20folder/all.json#/$defs/images"}')
    put(
        "rules/sub folder/all.json",
        '{"$id": "https://example.com/all.json", "$defs": {"images": {"$ref": "more.json"}}}',
    )
    put("rules/sub folder/more.json", IMAGES)

    assert "images go to `shop`" in scone_ls("check").out


def test_jsonschema_is_loaded_only_where_there_are_house_rules():
    put("a.yaml", SERVICE)
    python = "import sys; from scone_ls.cli import main; main(['check']); print('jsonschema' in sys.modules)"
    put(".scone-ls.toml", "")
    loaded = [program_output(python)]
    put(".scone-ls.toml", HOUSE)
    put("rules/images.json", "{}")
    loaded.append(program_output(python))

    assert loaded == ["False", "True"]


def test_the_settings_are_loaded_only_where_there_is_a_config_file():
    put("a.yaml", SERVICE)
    python = (
        "import sys; from scone_ls.cli import main; main(['check']); print('scone_ls.settings.model' in sys.modules)"
    )
    loaded = [program_output(python)]
    put(".scone-ls.toml", "")
    loaded.append(program_output(python))

    assert loaded == ["False", "True"]


def program_output(python: str) -> str:
    return subprocess.run([sys.executable, "-c", python], capture_output=True, text=True, check=True).stdout.split()[-1]
