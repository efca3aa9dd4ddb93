"""`scone-ls render` fills in templates."""

from pathlib import Path

import pytest

from tests.cli.command import SERVICE, Outcome, program, scone_ls

TEMPLATE = SERVICE.replace("registry.example.com/shop:1", "$REPO/shop:${TAG}")


@pytest.fixture(name="template")
def _template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REPO", raising=False)
    monkeypatch.delenv("TAG", raising=False)
    path = tmp_path / "service.yaml.template"
    path.write_bytes(TEMPLATE.encode())
    return path


def test_the_result_is_printed(template: Path):
    assert Outcome(0, SERVICE, "") == scone_ls(
        "render", template, "--set", "REPO=registry.example.com", "--set", "TAG=1"
    )


def test_variables_come_from_a_file_and_from_the_environment(template: Path):
    Path(".env").write_text("REPO=registry.example.com\nTAG=2\n", encoding="utf-8")

    assert SERVICE == program("render", template.name, "--env-file", ".env", TAG="1").out


@pytest.mark.usefixtures("template")
def test_what_is_not_set_is_named_with_its_place():
    why = "is not set; set it in the environment or in the file of variables\n"

    assert Outcome(
        1, "", f"service.yaml.template:6:7: `REPO` {why}service.yaml.template:6:18: `TAG` {why}"
    ) == scone_ls("render", "service.yaml.template")


def test_a_result_in_a_file(template: Path):
    assert 0 == scone_ls("render", template, "--set", "REPO=r", "--set", "TAG=1", "--output", "service.yaml").code
    assert b"to: r/shop:1\n" in Path("service.yaml").read_bytes()


def test_a_result_that_cannot_be_written(template: Path):
    wanted = Outcome(2, "", "scone-ls: can't write `gone/x`: no such file or directory\n")

    assert wanted == scone_ls("render", template, "--set", "REPO=r", "--set", "TAG=1", "--output", "gone/x")


@pytest.mark.usefixtures("template")
def test_a_byte_order_mark_and_line_ends_stay():
    Path("x.template").write_bytes(b"\xef\xbb\xbfa: $A\r\n")
    scone_ls("render", "x.template", "--set", "A=1", "--output", "x")

    assert b"\xef\xbb\xbfa: 1\r\n" == Path("x").read_bytes()


def test_standard_input():
    assert "a: 1\n" == scone_ls("render", "-", "--set", "A=1", stdin="a: $A\n").out


@pytest.mark.usefixtures("template")
def test_what_makes_no_sense():
    said = scone_ls("render", "service.yaml.template", "--set", "A").err

    assert "scone-ls: `A` gives no variable a value; write NAME=VALUE\n" == said
    assert "can't read `gone`" in scone_ls("render", "gone").err
    assert "can't read `gone.env`" in scone_ls("render", "service.yaml.template", "--env-file", "gone.env").err


def test_variables_come_from_the_config_file_as_well(template: Path):
    Path(".scone-ls.toml").write_text('[build]\nenvFiles = ["a.env"]\n[build.variables]\nTAG = "1"\n', encoding="utf-8")
    Path("a.env").write_text("REPO=registry.example.com\n", encoding="utf-8")

    assert SERVICE == scone_ls("render", template).out
    assert "  to: r/shop:1\n" in scone_ls("render", template, "--set", "REPO=r").out
