"""What a client sees when it goes from name to name: forms, gates, several files, refusals."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.client import MODERN, Client, ErrorAnswerError, range_of, replacement

WEB, MESH, OTHER = "file:///shop/web.yaml", "file:///shop/mesh.yaml", "file:///shop/other.yaml"
TEXTS = {
    WEB: """apiVersion: scone/5.8
kind: genservice
build: {name: web, to: shop/web:1, command: "\U0001f511 $$SCONE::password$$ {{host}}"}
environment:
  global:
    - name: host
secrets:
  global:
    - {name: password, kind: ascii}
""",
    MESH: """apiVersion: scone/5.8
kind: mesh
env:
  - service: web
    env:
      - {name: host, value: example.com}
services:
  - {name: web, image: shop/web:1}
  - {name: other, image: shop/other:1}
""",
    OTHER: """apiVersion: scone/5.8
kind: genservice
build: {name: other, to: shop/other:1}
secrets:
  import: [password]
""",
}
CAPABLE: dict[str, Any] = {
    **MODERN,
    "textDocument": {
        **MODERN["textDocument"],
        "definition": {"linkSupport": True},
        "rename": {"prepareSupport": True},
        "documentLink": {"tooltipSupport": True},
    },
}
PASSWORD = range_of((2, 57), (2, 65))
REQUEST_FAILED = -32803


def show(client: Client) -> None:
    for uri, text in TEXTS.items():
        client.open(text, uri)


@pytest.fixture(scope="module")
def server() -> Iterator[Client]:
    with Client() as client:
        client.start(CAPABLE)
        show(client)
        yield client
        assert client.errors == [], "nothing failed on the way"


@pytest.fixture(scope="module")
def plain() -> Iterator[Client]:
    """A client that said nothing about itself."""
    with Client() as client:
        client.start({})
        show(client)
        yield client
        assert client.errors == [], "nothing failed on the way"


def rename(client: Client, line: int, character: int, name: str, uri: str = WEB) -> Any:
    place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
    return client.request("textDocument/rename", {**place, "newName": name})


def references(client: Client, line: int, character: int, uri: str, *, declarations: bool) -> Any:
    place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
    return client.request("textDocument/references", {**place, "context": {"includeDeclaration": declarations}})


def hints(client: Client, uri: str) -> list[dict[str, Any]]:
    params = {"textDocument": {"uri": uri}, "range": range_of((0, 0), (99, 0))}
    return client.request("textDocument/inlayHint", params)


def test_what_is_offered():
    with Client() as client:
        offered = client.start(CAPABLE)["capabilities"]
    with Client() as client:
        offered_to_others = client.start({})["capabilities"]

    assert offered["renameProvider"] == {"prepareProvider": True}
    assert offered_to_others["renameProvider"] is True
    for provider in ("definition", "references", "documentHighlight", "workspaceSymbol", "inlayHint"):
        assert offered[f"{provider}Provider"] is True
    assert offered["documentLinkProvider"] == {"resolveProvider": False}


def test_a_definition_in_another_file_is_a_link(server: Client):
    (found,) = server.ask("definition", 4, 14, OTHER)

    assert found == {
        "originSelectionRange": range_of((4, 11), (4, 19)),
        "targetUri": WEB,
        "targetRange": range_of((8, 13), (8, 21)),
        "targetSelectionRange": range_of((8, 13), (8, 21)),
    }


def test_a_definition_is_a_location_for_clients_that_know_no_links(plain: Client):
    (found,) = plain.ask("definition", 4, 14, OTHER)

    assert found == {"uri": WEB, "range": range_of((8, 13), (8, 21))}


def test_nothing_is_found_where_no_name_is(server: Client):
    assert server.ask("definition", 0, 0, WEB) is None
    assert references(server, 0, 0, WEB, declarations=True) == []
    assert server.ask("documentHighlight", 0, 0, WEB) == []
    assert server.ask("prepareRename", 0, 0, WEB) is None
    assert rename(server, 0, 0, "a") is None


def test_references_are_in_all_files(server: Client):
    with_all = references(server, 4, 14, OTHER, declarations=True)
    without = references(server, 4, 14, OTHER, declarations=False)

    assert [(one["uri"], one["range"]["start"]["line"]) for one in with_all] == [(OTHER, 4), (WEB, 2), (WEB, 8)]
    assert without == [one for one in with_all if one["range"]["start"]["line"] != 8]
    assert with_all[1]["range"] == PASSWORD


def test_highlights_tell_reading_from_writing(server: Client):
    found = server.ask("documentHighlight", 8, 15, WEB)

    assert found == [{"range": PASSWORD, "kind": 2}, {"range": range_of((8, 13), (8, 21)), "kind": 3}]


def test_a_name_that_can_be_changed(server: Client):
    assert server.ask("prepareRename", 2, 60, WEB) == {"range": PASSWORD, "placeholder": "password"}


def test_a_name_changes_in_all_files(server: Client):
    mesh, web = rename(server, 5, 13, "at")["documentChanges"]

    assert mesh["textDocument"] == {"uri": MESH, "version": 1}
    assert mesh["edits"] == [{"range": range_of((5, 15), (5, 19)), "newText": "at"}]
    assert web["textDocument"] == {"uri": WEB, "version": 1}
    assert [edit["range"]["start"]["line"] for edit in web["edits"]] == [2, 5]


def test_edits_are_in_the_old_form_for_clients_that_know_no_other(plain: Client):
    changes = rename(plain, 5, 13, "at")["changes"]

    assert sorted(changes) == [MESH, WEB]


def test_a_name_that_can_not_be_changed_is_refused_in_one_sentence(server: Client):
    with pytest.raises(ErrorAnswerError) as refused:
        rename(server, 2, 60, "two words")
    with Client() as client:
        client.start(CAPABLE)
        client.open(TEXTS[OTHER], OTHER)
        with pytest.raises(ErrorAnswerError) as prepared:
            client.ask("prepareRename", 4, 14, OTHER)

    message = "`two words` can't be the name of a secret; it has letters, digits, `_` and `-`"
    assert refused.value.error == {"code": REQUEST_FAILED, "message": message}
    message = "`password` can't be renamed: it is imported, and no manifest here declares it"
    assert prepared.value.error == {"code": REQUEST_FAILED, "message": message}


def test_links_say_what_they_lead_to_if_that_is_shown(server: Client, plain: Client):
    request = "textDocument/documentLink", {"textDocument": {"uri": MESH}}
    link = {"range": range_of((7, 23), (7, 33)), "target": WEB}

    assert server.request(*request)[0] == {**link, "tooltip": "the manifest that builds this image"}
    assert plain.request(*request)[0] == link


def test_hints_stand_behind_their_names(server: Client):
    assert hints(server, WEB) == [
        {"position": {"line": 2, "character": 67}, "label": ": ascii", "kind": 1},
        {"position": {"line": 2, "character": 76}, "label": "= example.com", "paddingLeft": True},
        {"position": {"line": 5, "character": 16}, "label": "= example.com", "paddingLeft": True},
    ]


def test_hints_can_be_switched_off():
    with Client() as client:
        client.start(CAPABLE, initializationOptions={"inlayHints": {"values": False}})
        show(client)

        assert [hint["label"] for hint in hints(client, WEB)] == [": ascii"]


def test_symbols_of_all_files(server: Client):
    (found,) = server.request("workspace/symbol", {"query": "passwd"})

    location = {"uri": WEB, "range": range_of((8, 13), (8, 21))}
    assert found == {"name": "password", "kind": 14, "location": location, "containerName": "web"}


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 59), ("utf-16", 57), ("utf-32", 56)])
def test_columns_in_other_files_are_in_the_agreed_unit(encoding: str, column: int):
    with Client() as client:
        client.start({**CAPABLE, "general": {"positionEncodings": [encoding]}})
        show(client)
        found = references(client, 4, 14, OTHER, declarations=True)

        assert found[1]["range"] == range_of((2, column), (2, column + 8))


def test_the_newest_texts_count():
    with Client() as client:
        client.start(CAPABLE)
        show(client)
        client.change(2, replacement((8, 13), (8, 21), "token"), uri=WEB)

        assert client.ask("definition", 4, 14, OTHER)[0]["targetUri"] == OTHER


def test_files_that_are_not_open_are_found_by_the_folder(tmp_path: Path):
    for uri, text in TEXTS.items():
        (tmp_path / Path(uri).name).write_text(text, encoding="utf-8")
    (tmp_path / "release.sh").write_text("export TAG=1\n", encoding="utf-8")
    other = (tmp_path / "other.yaml").as_uri()
    with Client() as client:
        client.start(CAPABLE, rootUri=tmp_path.as_uri())
        client.request("workspace/diagnostic", {"previousResultIds": []})  # It is answered when all files are known.
        client.open(TEXTS[OTHER].replace("shop/other:1", "shop/other:1, stable: shop/$TAG"), other)

        (found,) = client.ask("definition", 4, 14, other)
        assert found["targetUri"] == (tmp_path / "web.yaml").as_uri()
        changes = rename(client, 4, 14, "token", other)["documentChanges"]
        assert [change["textDocument"]["version"] for change in changes] == [1, None]
        (found,) = client.ask("definition", 2, 54, other)
        assert found["targetUri"] == (tmp_path / "release.sh").as_uri()
        assert found["targetRange"] == range_of((0, 7), (0, 10))
