"""`scone-ls check` judges manifests together: those that are named, and those around them."""

from pathlib import Path

import pytest

from tests.cli.command import scone_ls
from tests.lsp.test_workspace import MESH, RENAMED, STORE, TILL


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in (("mesh.yaml", MESH), ("store.yaml", RENAMED), ("till.yaml", TILL)):
        Path(name).write_text(text, encoding="utf-8")
    return tmp_path


def mistakes(*names: str, stdin: str = "") -> list[str]:
    """Return the files in which an import leads nowhere."""
    lines = scone_ls("check", *names, stdin=stdin).out.splitlines()
    return [line.partition(":")[0] for line in lines if "[unresolved-import]" in line]


def test_the_manifests_of_a_folder_are_judged_together():
    assert mistakes() == mistakes(".") == ["till.yaml"]


def test_a_file_that_is_named_is_judged_with_those_around_it_and_only_it_is_reported():
    assert mistakes("till.yaml") == ["till.yaml"]
    assert mistakes("store.yaml", "mesh.yaml") == []


def test_around_a_file_is_its_repository():
    Path("deep").mkdir()
    Path("till.yaml").rename("deep/till.yaml")
    alone = mistakes("deep/till.yaml")
    Path(".git").mkdir()

    assert (alone, mistakes("deep/till.yaml")) == ([], ["deep/till.yaml"])


def test_in_a_large_repository_a_file_is_judged_with_those_that_are_named():
    for number in range(201):
        Path(f"{number}.yaml").write_text("a: 1\n", encoding="utf-8")

    assert mistakes("till.yaml") == []
    assert mistakes("till.yaml", "mesh.yaml", "store.yaml") == ["till.yaml"]
    assert mistakes(".") == ["till.yaml"]


def test_standard_input_takes_the_place_of_the_file_that_it_is_named_after():
    assert mistakes("-", "--stdin-filename", "till.yaml", stdin=TILL) == ["till.yaml"]
    assert mistakes("till.yaml", "-", "--stdin-filename", "store.yaml", stdin=STORE) == []
    assert mistakes("-", stdin=TILL) == []


def test_a_place_in_another_file_is_shown_with_its_name():
    Path("again.yaml").write_text(f"\n{RENAMED}", encoding="utf-8")

    assert "built here as well (again.yaml:7:" in scone_ls("check", "store.yaml").out


def test_what_git_ignores_does_not_count_unless_it_is_named():
    Path(".gitignore").write_text("store.yaml\n", encoding="utf-8")

    assert mistakes() == []
    assert mistakes(".", "store.yaml") == ["till.yaml"]
