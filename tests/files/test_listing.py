"""What lies in a folder, as completion is told."""

from pathlib import Path

from scone_ls.files.listing import entries


def test_the_first_of_several_folders_wins(tmp_path: Path):
    (tmp_path / "one" / "src").mkdir(parents=True)
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "src").touch()
    (tmp_path / "two" / "app.py").touch()

    found = list(entries("", [str(tmp_path / "one"), str(tmp_path / "two")]))

    assert found == [("src", True), ("app.py", False)]


def test_a_folder_below(tmp_path: Path):
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "app.py").touch()

    assert list(entries("src/", [str(tmp_path)])) == [("app.py", False)]


def test_what_cannot_be_read_holds_nothing(tmp_path: Path):
    assert list(entries("nowhere/", [str(tmp_path)])) == []
    assert list(entries("a\0b/", [str(tmp_path)])) == []
