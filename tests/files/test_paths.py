"""Which paths in manifests lead somewhere."""

from pathlib import Path

import pytest

from scone_ls.analysis.document import Document
from scone_ls.files.paths import existing, paths_in

SERVICE = """\
apiVersion: scone/5.8
kind: genservice
build:
  name: shop
  kind: python
  to: registry.example.com/shop:1
  command: python3 shop.py
  copy:
    - shop.py
    - $FOLDER/more.py
    - "{{folder}}/other.py"
    - ""
"""


def test_paths_that_are_filled_in_later_are_not_looked_for():
    assert paths_in(Document.open("file:///srv/service.yaml", SERVICE)) == {"shop.py"}


def test_the_first_folder_in_which_something_lies_counts(tmp_path: Path):
    for name in ("one/shared", "two/shared", "two/only"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    folders = [str(tmp_path / "one"), str(tmp_path / "two")]

    assert existing(["shared", "./only", "../one/", "gone"], folders) == {
        "shared": (tmp_path / "one" / "shared").as_uri(),
        "./only": (tmp_path / "two" / "only").as_uri(),
        "../one/": (tmp_path / "one").as_uri() + "/",
        "gone": None,
    }


def test_an_absolute_path_is_what_it_is(tmp_path: Path):
    assert existing([str(tmp_path)], [str(tmp_path / "."), "/"]) == {str(tmp_path): tmp_path.as_uri() + "/"}


def test_nothing_is_known_where_the_folders_are_not_there(tmp_path: Path):
    assert existing(["a"], [str(tmp_path / "gone")]) == {}
    assert existing(["a"], []) == {}


@pytest.mark.parametrize("path", ["a\0b", "a" * 5000, "loop/x"])
def test_what_no_path_can_be_is_not_known(tmp_path: Path, path: str):
    (tmp_path / "loop").symlink_to("loop")

    assert existing([path], [str(tmp_path)]) == {}
