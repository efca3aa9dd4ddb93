"""From a manifest to a job: what is looked at, what is filled in, what is written."""

from pathlib import Path

import pytest

from scone_ls.analysis.document import Document
from scone_ls.build.command import Options, Refusal
from scone_ls.build.preflight import State
from scone_ls.build.prepare import Examined, Request, examine
from scone_ls.build.variables import variables

MANIFEST = """\
apiVersion: scone/5.8
kind: genservice
build:
  name: shop
  kind: python
  to: $REPO/shop:1
  command: python3 shop.py $HOME
  copy: [shop.py]
  run: [echo $PATH]
environment:
"""


@pytest.fixture(name="shop")
def _shop(tmp_path: Path) -> Path:
    (tmp_path / "shop.py").touch()
    for name in ("sconectl", "docker"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\n", encoding="utf-8")
        program.chmod(0o755)
    return tmp_path


def examined(shop: Path, name: str = "shop.yaml", text: str = MANIFEST, **values: str) -> Examined:
    (shop / name).parent.mkdir(exist_ok=True)
    (shop / name).write_text(text, encoding="utf-8")
    document = Document.open((shop / name).as_uri(), text)
    request = Request(shop / name, document, shop, Options(), variables({}, [], values, {}))
    return examine(request, lambda _: 0, {"PATH": str(shop), "HOME": str(shop)})


def about(found: Examined, name: str) -> str:
    (verdict,) = [verdict for verdict in found.about_inputs if verdict.name == name]
    return "" if verdict.state is State.GOOD else verdict.message


def test_a_variable_is_left_where_nobody_fills_it_in(shop: Path):
    assert about(examined(shop), "variables").startswith("`$REPO` at shop.yaml:6:7 is not filled in, and sconectl")


def test_a_template_is_filled_in_and_written_where_it_hurts_nobody(shop: Path):
    found = examined(shop, "services/shop.yaml.template", REPO="registry.example.com", HOME="/me", PATH="/bin")
    found.write()

    assert found.command is not None
    assert "target/scone-ls/services/shop.yaml" == found.command.arguments[-1]
    assert "  to: registry.example.com/shop:1\n" in (shop / found.command.arguments[-1]).read_text(encoding="utf-8")
    assert "" == about(found, "variables") == about(found, "path")


def test_a_template_with_a_hole_is_not_built_whatever_the_user_says(shop: Path):
    refused = examined(shop, "shop.yaml.template", REPO="r", PATH="p").job(force=True)

    assert isinstance(refused, Refusal)
    assert "`sconectl` is not" not in refused.message
    assert refused.message == (
        "shop.yaml.template:7:28: `HOME` is not set; set it in the environment or in the file of variables"
    )


def test_files_are_looked_for_in_the_folder_of_the_build(shop: Path):
    assert "" == about(examined(shop), "files")
    (shop / "shop.py").unlink()
    assert about(examined(shop), "files").startswith("`shop.py` is not in the folder to build in")


@pytest.mark.parametrize("name", ["../shop.py", "/etc", "out/shop.py"])
def test_files_outside_of_the_folder(shop: Path, name: str):
    (shop / "out").symlink_to("/")
    text = MANIFEST.replace("[shop.py]", f"[{name}]")

    assert about(examined(shop, text=text), "files").startswith(f"`{name}` is outside of the folder to build in")


def test_files_with_variables_are_not_looked_for(shop: Path):
    assert "" == about(examined(shop, text=MANIFEST.replace("[shop.py]", "[$X.py]")), "files")


def test_errors_are_counted_in_what_is_built(shop: Path):
    judged: list[str] = []
    text = MANIFEST.replace("$HOME", "").replace("$PATH", "")
    (shop / "a.yaml.template").write_text(text, encoding="utf-8")
    document = Document.open("file:///a.yaml.template", text)
    for values in ({"REPO": "r"}, {}):
        request = Request(shop / "a.yaml.template", document, shop, Options(), variables({}, [], values, {}))
        examine(request, lambda found: len(judged.append(found.text.string) or ""), {"PATH": "", "HOME": str(shop)})

    assert ["to: r/shop:1" in judged[0], judged[1]] == [True, text]
