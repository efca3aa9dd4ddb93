"""The lines that the documentation has for an editor are those of `editors/`, which the real editors are driven with."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EDITORS = ROOT / "editors"
PAGES = ROOT / "docs" / "editors"


def lines_of_code(page: str) -> set[str]:
    blocks = re.findall(r"^```\w+\n(.*?)^```", (PAGES / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return {line.strip() for block in blocks for line in block.splitlines() if not re.match(r"\s*(;;|#|\"|$)", line)}


@pytest.mark.parametrize("editor", ["emacs", "helix", "neovim", "vim"])
def test_the_page_of_an_editor_has_the_lines_that_are_tried(editor: str):
    files = [path for path in (EDITORS / editor).rglob("*") if path.is_file()]
    tried = "\n".join(path.read_text(encoding="utf-8") for path in files)

    assert [line for line in sorted(lines_of_code(f"{editor}.md")) if line not in tried] == []


def without_comments(text: str) -> str:
    return re.sub(r"^\s*//.*", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("file", ["kate/settings.json", "sublime/LSP.sublime-settings", "zed/settings.json"])
def test_settings_to_copy_are_json(file: str):
    assert json.loads(without_comments((EDITORS / file).read_text(encoding="utf-8")))


def test_settings_to_copy_are_toml():
    assert tomllib.loads((EDITORS / "helix" / "languages.toml").read_text(encoding="utf-8"))
