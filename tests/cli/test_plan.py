"""`scone-ls plan` shows what a build would make of a manifest."""

import json
from pathlib import Path

import pytest

from tests.cli.command import FOREIGN, SERVICE, Outcome, scone_ls

TEXT = SERVICE.replace("environment:", "  copy: [shop.py, gone, pages]\nenvironment:")


@pytest.fixture(autouse=True)
def _shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "index.html").write_bytes(b"x" * 1500)
    (tmp_path / "shop.py").write_bytes(b"x" * 12)
    (tmp_path / "shop.yaml").write_text(TEXT, encoding="utf-8")


def test_the_steps_in_their_order():
    assert Outcome(
        0,
        """\
1. Base image
     the image for this kind: python: Python  (the tool decides)
2. Copied into the working directory
     shop.py  (12 B)
     gone  (not there)
     pages  (1.5 kB)
3. Programs made confidential
     the program of the command line, searched for in the image  (the tool decides)
4. Signed with the key
     `target/identity.pem`, made when it does not exist  (the tool decides)
5. Started with
     python3 shop.py
6. Policy and chart of the service
     written into `target/` and into the image  (the tool decides)
7. Image, which is pushed
     registry.example.com/shop:1
""",
        "",
    ) == scone_ls("plan", "shop.yaml")


def test_the_steps_as_json():
    ((base, copied, *_),) = json.loads(scone_ls("plan", "shop.yaml", "--output-format", "json").out)

    assert True is base["entries"][0]["by_tool"]
    assert [("shop.py", 12), ("gone", None), ("pages", 1500)] == [
        (entry["text"], entry["size"]) for entry in copied["entries"]
    ]


def test_a_template_is_filled_in_as_far_as_it_can_be():
    text = TEXT.replace("registry.example.com/shop:1", "$A_REPO/shop:$A_TAG")
    Path("shop.yaml.template").write_text(text, encoding="utf-8")

    assert "r/shop:${A_TAG}  (not filled in yet)\n" in scone_ls("plan", "shop.yaml.template", "--set", "A_REPO=r").out


def test_a_file_of_another_tool():
    Path("pod.yaml").write_text(FOREIGN, encoding="utf-8")

    assert Outcome(2, "", "scone-ls: `pod.yaml` holds no manifest\n") == scone_ls("plan", "pod.yaml")


def test_a_folder_that_there_is_not():
    assert Outcome(2, "", "scone-ls: `gone` is not a folder\n") == scone_ls("plan", "shop.yaml", "--folder", "gone")


def test_names_that_no_file_can_have():
    text = TEXT.replace("gone", '"a\\0b", ' + "a" * 300)
    Path("shop.yaml").write_text(text, encoding="utf-8")

    assert 2 == scone_ls("plan", "shop.yaml").out.count("(not there)")
