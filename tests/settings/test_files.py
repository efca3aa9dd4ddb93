"""Config files: which one holds, and what is said about one that can't be read."""

import os
from pathlib import Path

import pytest

from scone_ls.settings.files import ConfigFile, UnreadableError, nearest


def written(path: Path, text: str = 'logLevel = "info"\n') -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def held(folder: Path, *within: Path) -> Path | None:
    found = nearest(folder, within)
    return None if found is None else found.path


def test_the_file_of_the_folder_holds(tmp_path: Path):
    path = written(tmp_path / ".scone-ls.toml")

    assert nearest(tmp_path) == ConfigFile(path, "", {"logLevel": "info"})


def test_a_table_of_pyproject_holds(tmp_path: Path):
    path = written(tmp_path / "pyproject.toml", '[tool.scone-ls.severity]\nunknown-key = "off"\n')

    assert nearest(tmp_path) == ConfigFile(path, "tool.scone-ls", {"severity": {"unknown-key": "off"}})


def test_the_own_file_wins_over_pyproject(tmp_path: Path):
    written(tmp_path / "pyproject.toml", "[tool.scone-ls]\n")

    assert held(tmp_path) == tmp_path / "pyproject.toml"
    assert held(tmp_path) != written(tmp_path / ".scone-ls.toml") == held(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[project]\nname = 'scone-ls'\n",
        "[tool.other]\n",
        "tool = 'scone-ls'\n",
        "[tool]\nx = 'scone-ls'\n",
        "broken",
    ],
)
def test_a_pyproject_without_the_table_is_passed_over(tmp_path: Path, text: str):
    written(tmp_path / "a" / "pyproject.toml", text)
    path = written(tmp_path / ".scone-ls.toml")

    assert held(tmp_path / "a", tmp_path) == path


def test_the_nearest_holds_up_to_the_root_of_the_repository(tmp_path: Path):
    outside, root = written(tmp_path / ".scone-ls.toml"), tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    (root / "a" / "b").mkdir(parents=True)

    assert held(root / "a" / "b") is None
    assert held(root / "a" / "b", tmp_path) == outside
    top = written(root / ".scone-ls.toml")
    assert held(root / "a" / "b") == top
    inner = written(root / "a" / ".scone-ls.toml")
    assert held(root / "a" / "b") == inner


def test_outside_of_a_repository_the_search_ends_where_it_is_told(tmp_path: Path):
    written(tmp_path / ".scone-ls.toml")
    (tmp_path / "a" / "b").mkdir(parents=True)

    assert held(tmp_path / "a" / "b") is None
    assert held(tmp_path / "a" / "b", tmp_path / "a") is None
    assert held(tmp_path / "a" / "b", tmp_path) == tmp_path / ".scone-ls.toml"


def test_a_folder_that_is_not_there_has_those_above_it(tmp_path: Path):
    path = written(tmp_path / ".scone-ls.toml")

    assert held(tmp_path / "not" / "there", tmp_path) == path


def test_what_is_no_file_is_passed_over(tmp_path: Path):
    (tmp_path / ".scone-ls.toml").mkdir()
    os.mkfifo(tmp_path / "pyproject.toml")

    assert held(tmp_path) is None


def test_a_byte_order_mark_is_no_matter(tmp_path: Path):
    (tmp_path / ".scone-ls.toml").write_bytes(b'\xef\xbb\xbflogLevel = "info"\r\n')

    assert nearest(tmp_path) == ConfigFile(tmp_path / ".scone-ls.toml", "", {"logLevel": "info"})


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"[severity\n", "is no TOML: expected ']' at the end of a table declaration at line 1, column 10; mend it"),
        (b"a = 1\nb\n", "is no TOML: expected '=' after a key in a key/value pair at line 2, column 2; mend it"),
        (b'a = "', "is no TOML: unterminated string at its end; mend it, or remove it"),
        (b"a = 1\nb = '\xff'\n", "is not UTF-8 in line 2; save it as UTF-8"),
        (b"a = " + b"[" * 100_000, "is nested too deeply to be read; make it flatter"),
        (b"#" * 1_100_000, "is too big for a config file: more than 1024 KB"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_place_cause_and_way_out(
    tmp_path: Path, content: bytes, complaint: str
):
    path = tmp_path / ".scone-ls.toml"
    path.write_bytes(content)

    with pytest.raises(UnreadableError) as raised:
        nearest(tmp_path)

    assert str(raised.value).startswith(f"`{path}` {complaint}")


def test_a_link_in_a_circle_is_no_file(tmp_path: Path):
    (tmp_path / ".scone-ls.toml").symlink_to(tmp_path / ".scone-ls.toml")

    assert held(tmp_path) is None
