"""What git ignores is passed over: asked of git itself, and of the search."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scone_ls.files.discovery import is_manifest_of, listings

NAMES = ("a", "b", "c.yaml", "keep.yaml")
PATTERNS = (
    *("a", "/a", "a/", "*.yaml", "!keep.yaml", "a/*", "!a/b", "**/b", "b/**", "a/**/c.yaml", "!", "[", "\\!x", "# c"),
    *("/*", "!/a/", "*", "!*/", "c.yaml ", "\\c.yaml", "a/c.yaml", "!c.yaml", "*/", "a/**/", "!b", "a/**/b"),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(*names: str, content: str = "") -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(content, encoding="utf-8")


def found(top: str = ".") -> list[str]:
    return [Path(file.name).as_posix() for listing in listings(top) for file in listing.manifests]


def test_files_that_git_ignores_are_passed_over():
    put("service.yaml", "service.yaml.template", "mesh.yaml")
    put(".gitignore", content="service.yaml\n")

    assert found() == ["mesh.yaml", "service.yaml.template"]


def test_patterns_hold_below_their_folder_and_inner_ones_win():
    put("a/out.yaml", "b/out.yaml", "b/deep/out.yaml", "out.yaml")
    put(".gitignore", content="out.yaml\n")
    put("b/.gitignore", content="!out.yaml\n")

    assert found() == ["b/out.yaml", "b/deep/out.yaml"]


def test_an_ignored_folder_is_not_entered_whatever_is_in_it():
    put("made/a.yaml", "a.yaml")
    put("made/.gitignore", content="!a.yaml\n")
    put(".gitignore", content="made/\n")

    assert found() == ["a.yaml"]


def test_a_folder_that_is_asked_for_counts_though_it_is_ignored():
    put(".git/HEAD", "made/a.yaml")
    put(".gitignore", content="made/\n")

    assert found("made") == ["made/a.yaml"]


def test_patterns_above_the_folder_count_up_to_the_root_of_the_repository():
    put("outer/.git/HEAD", "outer/inner/a.yaml", "outer/inner/b.yaml", "outer/inner/c.yaml", "outer/inner/d.yaml")
    put(".gitignore", content="a.yaml\n")
    put("outer/.gitignore", content="b.yaml\n/inner/c.yaml\n")

    assert found("outer/inner") == ["outer/inner/a.yaml", "outer/inner/d.yaml"]


def test_a_repository_inside_has_its_own_patterns():
    put("module/.git/HEAD", "module/a.yaml", "a.yaml")
    put(".gitignore", content="a.yaml\n")

    assert found() == ["module/a.yaml"]


def test_what_the_repository_excludes_for_one_user_is_passed_over():
    put(".git/HEAD", "a.yaml", "b.yaml")
    put(".git/info/exclude", content="a.yaml\n")

    assert found() == ["b.yaml"]


def test_an_env_file_counts_though_git_ignores_it():
    put(".env", "other.env", "release.sh")
    put(".gitignore", content=".env\nother.env\n")

    assert [file.name for listing in listings(".") for file in listing.scripts] == [".env", "release.sh"]


def test_what_lies_in_an_ignored_folder_comes_back_where_the_folder_itself_is_not_ignored():
    put("a/b.yaml", "a/c.yaml", "a/d/b.yaml", "a/d/c.yaml")
    put(".gitignore", content="a/**\n!b.yaml\n")

    assert found() == ["a/b.yaml"]


def test_patterns_that_can_not_be_read():
    put("a.yaml", "b/b.yaml")
    Path(".gitignore").mkdir()
    Path("b/.gitignore").write_bytes(b"\xff\xfe!\n[\n!\n")

    assert found() == ["a.yaml", "b/b.yaml"]


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    outer=st.lists(st.sampled_from(PATTERNS), max_size=4),
    inner=st.lists(st.sampled_from(PATTERNS), max_size=3),
    folder_of_inner=st.sampled_from(("a", "b", "a/b")),
)
def test_git_ignores_the_same(tmp_path: Path, outer: list[str], inner: list[str], folder_of_inner: str):
    top = tmp_path / "repository"
    shutil.rmtree(top, ignore_errors=True)
    for folder in ("", "a", "b", "a/b", "b/a"):
        for name in ("c.yaml", "keep.yaml"):
            put(str(top / folder / name))
    put(str(top / ".gitignore"), content="\n".join(outer))
    put(str(top / folder_of_inner / ".gitignore"), content="\n".join(inner))
    quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", "init", "-q", top], check=True, env=quiet, stderr=subprocess.DEVNULL)
    listed = subprocess.run(
        ["git", "-C", top, "ls-files", "-z", "--others", "--exclude-standard", "*.yaml"],
        check=True,
        env=quiet,
        capture_output=True,
        text=True,
    )
    expected = sorted(name for name in listed.stdout.split("\0") if name)
    ours = sorted(Path(name).relative_to(top).as_posix() for name in found(str(top)))

    assert ours == expected
    every = [path for path in top.rglob("*.yaml") if path.is_file()]
    looked_at = sorted(path.relative_to(top).as_posix() for path in every if is_manifest_of(str(path), str(top)))
    assert looked_at == expected
