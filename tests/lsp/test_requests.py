"""What a client sees of the features, through the real server: forms, gates and edits, not the features' own answers."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.lsp.client import URI, Client, example, range_of

FAULTY = "apiVersion: scone/5.8\nkind: genservice\nbuil:\n"
FOREIGN = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n"
DOCUMENT = {"textDocument": {"uri": URI}}


@pytest.fixture(scope="module")
def server() -> Iterator[Client]:
    with Client() as client:
        client.start()
        yield client
        assert client.errors == [], "nothing failed on the way"


def show(client: Client, text: str) -> list[dict[str, Any]]:
    client.open(text)
    return client.diagnostics(1)


def actions(client: Client, only: list[str] | None = None) -> list[dict[str, Any]]:
    context: dict[str, Any] = {"diagnostics": []} if only is None else {"diagnostics": [], "only": only}
    range_ = range_of((2, 1), (2, 1))
    return client.request("textDocument/codeAction", {**DOCUMENT, "range": range_, "context": context})


def test_a_diagnostic_has_all_that_the_client_can_show(server: Client):
    (found,) = [each for each in show(server, FAULTY) if each["code"] == "unknown-key"]

    assert found == {
        "range": range_of((2, 0), (2, 4)),
        "severity": 2,
        "code": "unknown-key",
        "codeDescription": {"href": found["codeDescription"]["href"]},
        "source": "scone-ls",
        "message": "unknown key `buil`; did you mean `build`?",
    }
    assert found["codeDescription"]["href"].endswith("/unknown-key/")


def test_related_places_name_their_document(server: Client):
    (found,) = show(server, "apiVersion: scone/5.8\nkind: genservice\nkind: genservice\nbuild:\nenvironment:\n")[:1]

    assert found["code"] == "duplicate-key"
    assert found["relatedInformation"][0]["location"] == {"uri": URI, "range": range_of((1, 0), (1, 4))}


def test_a_hover_lies_over_its_word(server: Client):
    show(server, FAULTY)
    found = server.ask("hover", 0, 3)

    assert found["range"] == range_of((0, 0), (0, 10))
    assert found["contents"]["kind"] == "markdown"
    assert "`apiVersion`" in found["contents"]["value"]


def test_a_hover_without_markdown_has_no_marks_of_it():
    with Client() as client:
        client.start({"textDocument": {"hover": {"contentFormat": ["plaintext"]}}})
        client.open(FAULTY)
        contents = client.ask("hover", 0, 3)["contents"]

        assert contents["kind"] == "plaintext"
        assert not any(mark in contents["value"] for mark in ("**", "`", "](", "# "))


def test_completions_replace_what_was_typed(server: Client):
    show(server, FAULTY)
    found = server.ask("completion", 2, 4)

    assert found["isIncomplete"] is False
    (item,) = [item for item in found["items"] if item["label"] == "build"]
    assert item["kind"] == 10
    assert item["textEdit"]["range"] == range_of((2, 0), (2, 4))
    assert item["documentation"]["kind"] == "markdown"
    assert [item["sortText"] for item in found["items"]] == sorted(item["sortText"] for item in found["items"])


def test_snippets_are_for_clients_that_know_them(server: Client):
    text = "apiVersion: scone/5.8\nkind: genservice\n"
    show(server, text)
    (item,) = [item for item in server.ask("completion", 2, 0)["items"] if item["label"] == "build"]
    with Client() as plain:
        plain.start({})
        plain.open(text)
        (plain_item,) = [item for item in plain.ask("completion", 2, 0)["items"] if item["label"] == "build"]

    assert item["insertTextFormat"] == 2
    assert "$" in item["textEdit"]["newText"]
    assert "insertTextFormat" not in plain_item
    assert "$" not in plain_item["textEdit"]["newText"]


def test_what_stands_behind_the_cursor_can_be_kept():
    item: dict[str, Any] = {"insertReplaceSupport": True, "insertTextModeSupport": {"valueSet": [1, 2]}}
    with Client() as client:
        client.start({"textDocument": {"completion": {"completionItem": item}}})
        client.open(FAULTY)
        (found,) = [each for each in client.ask("completion", 2, 2)["items"] if each["label"] == "build"]

        assert found["textEdit"]["insert"] == range_of((2, 0), (2, 2))
        assert found["textEdit"]["replace"] == range_of((2, 0), (2, 4))
        assert found["insertTextMode"] == 1


def test_symbols_are_a_tree(server: Client):
    show(server, example("python/service.yaml"))
    symbols = server.request("textDocument/documentSymbol", DOCUMENT)

    build = next(symbol for symbol in symbols if symbol["name"] == "build")
    assert "name" in [child["name"] for child in build["children"]]
    assert build["selectionRange"]["start"] == build["range"]["start"]


def test_symbols_are_a_list_for_clients_without_trees():
    with Client() as client:
        client.start({})
        client.open("apiVersion: scone/5.8\nkind: genservice\nbuild:\n  name: x\n")
        symbols = client.request("textDocument/documentSymbol", DOCUMENT)

        assert [(symbol["name"], symbol.get("containerName")) for symbol in symbols] == [
            ("apiVersion", None),
            ("kind", None),
            ("build", None),
            ("name", "build"),
        ]
        assert symbols[3]["location"] == {"uri": URI, "range": range_of((3, 2), (3, 9))}


def test_a_quick_fix_carries_its_diagnostic_and_an_edit_of_this_version(server: Client):
    show(server, FAULTY)
    (fix,) = [action for action in actions(server) if action.get("isPreferred")]

    assert fix["kind"] == "quickfix"
    assert [each["code"] for each in fix["diagnostics"]] == ["unknown-key"]
    (change,) = fix["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": URI, "version": 1}
    (edit,) = change["edits"]
    server.change(2, {"range": edit["range"], "text": edit["newText"]})
    assert [found for found in server.diagnostics(2) if found["code"] == "unknown-key"] == []


def test_edits_are_in_the_old_form_for_clients_that_know_no_other():
    literal: dict[str, Any] = {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}
    with Client() as client:
        client.start({"textDocument": {"codeAction": literal}})
        client.open(FAULTY)

        assert all(list(action["edit"]) == ["changes"] for action in actions(client))
        assert not any("isPreferred" in action for action in actions(client))


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (["quickfix"], {"quickfix", "quickfix.ignore"}),
        (["quickfix.ignore"], {"quickfix.ignore"}),
        (["source"], {"source.fixAll"}),
        (["refactor"], set[str]()),
        ([""], {"quickfix", "quickfix.ignore", "source.fixAll"}),
    ],
)
def test_only_the_kinds_that_are_asked_for_are_offered(server: Client, only: list[str], kinds: set[str]):
    show(server, FAULTY)

    assert {action["kind"] for action in actions(server, only)} == kinds


def test_files_of_other_tools_get_complete_silence(server: Client):
    assert show(server, FOREIGN) == []
    for method in ("hover", "completion"):
        assert server.ask(method, 1, 3) in (None, {"isIncomplete": False, "items": []})
    assert server.request("textDocument/documentSymbol", DOCUMENT) == []
    assert actions(server) == []
