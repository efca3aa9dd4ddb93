"""What a client sees of the features, through the real server: forms, gates and edits, not the features' own answers."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.lsp.client import MODERN, URI, Client, ErrorAnswerError, example, insertion, range_of

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


def test_a_build_that_cannot_begin_is_refused_in_one_sentence(server: Client):
    show(server, FAULTY)
    answer = server.request("workspace/executeCommand", {"command": "scone-ls.build", "arguments": ["untitled:new"]})
    told = server.notification("window/showMessage")

    assert answer["refused"] == told["message"] == "only a file on this machine can be built; save the document first"
    assert told["type"] == 1


SCONECTL = """#!/bin/sh
echo "in $(pwd): $*"
echo 'second line' >&2
test -e wait && sleep 300
exit 3
"""


@pytest.fixture
def folder(tmp_path: Any) -> Any:
    """A folder with a manifest, and beside it programs that stand for the real ones."""
    for name, text in (("sconectl", SCONECTL), ("docker", "#!/bin/sh\n")):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(text, encoding="utf-8")
        program.chmod(0o755)
    project = tmp_path / "project"
    project.mkdir()
    (project / "service.yaml").write_text(FAULTY, encoding="utf-8")
    return tmp_path


def building(folder: Any) -> Client:
    environment = {"PATH": f"{folder / 'bin'}:/usr/bin:/bin", "KUBECONFIG": str(folder / "config")}
    return Client(environment=environment)


BUILD = "workspace/executeCommand"


def test_a_build_runs_in_the_workspace_folder_and_shows_its_output(folder: Any):
    uri = (folder / "project" / "service.yaml").as_uri()
    with building(folder) as client:
        client.answers["window/workDoneProgress/create"] = lambda _: None
        capabilities = {**MODERN, "window": {"workDoneProgress": True}}
        client.start(capabilities, workspaceFolders=[{"uri": folder.as_uri(), "name": "x"}])
        doubtful = client.request(BUILD, {"command": "scone-ls.build", "arguments": [uri]})
        answer = client.request(BUILD, {"command": "scone-ls.build", "arguments": [uri, {"force": True}]})
        logged = [each["params"]["message"] for each in client.messages if each.get("method") == "window/logMessage"]
        progress = [each["params"]["value"]["kind"] for each in client.messages if each.get("method") == "$/progress"]

        assert doubtful["doubtful"] is True
        assert answer == {"exitCode": 3}
        assert logged[1:] == [f"in {folder}: --quiet apply -f project/service.yaml", "second line"]
        assert progress == ["begin", "report", "report", "end"]
        assert client.asked == ["window/workDoneProgress/create"]


def test_a_build_of_a_template_is_refused(folder: Any):
    path = folder / "project" / "service.yaml.template"
    path.write_text(FAULTY, encoding="utf-8")
    with building(folder) as client:
        client.start(workspaceFolders=[{"uri": folder.as_uri(), "name": "x"}])
        answer = client.request(BUILD, {"command": "scone-ls.build", "arguments": [path.as_uri(), {"force": True}]})

        assert "is a template" in answer["refused"]
        assert client.notification("window/showMessage")["message"] == answer["refused"]


@pytest.mark.parametrize("way", ["request", "progress"])
def test_a_build_can_be_cancelled(folder: Any, way: str):
    (folder / "project" / "wait").touch()
    uri = (folder / "project" / "service.yaml").as_uri()
    with building(folder) as client:
        client.start(workspaceFolders=[{"uri": (folder / "project").as_uri(), "name": "x"}])
        arguments: list[Any] = [uri, {"force": True}]
        params = {"command": "scone-ls.build", "arguments": arguments, "workDoneToken": "mine"}
        number = client.begin(BUILD, params)
        client.wait_for(lambda message: "second line" in str(message))
        again = client.request(BUILD, {"command": "scone-ls.build", "arguments": arguments})
        if way == "request":
            client.notify("$/cancelRequest", {"id": number})
        else:
            client.notify("window/workDoneProgress/cancel", {"token": "mine"})

        assert "is being built already" in again["refused"]
        with pytest.raises(ErrorAnswerError) as caught:
            client.answer(number)
        assert caught.value.code == -32800


def test_a_build_ends_with_the_server(folder: Any):
    (folder / "project" / "wait").touch()
    uri = (folder / "project" / "service.yaml").as_uri()
    with building(folder) as client:
        client.start()
        client.begin(BUILD, {"command": "scone-ls.build", "arguments": [uri, {"force": True}]})
        client.wait_for(lambda message: "refused" in str(message) or "second line" in str(message))
        client.request("shutdown")
        client.notify("exit")

        assert client.wait_for_end() == 0


def test_the_server_answers_while_a_build_runs(folder: Any):
    (folder / "project" / "wait").touch()
    uri = (folder / "project" / "service.yaml").as_uri()
    with building(folder) as client:
        client.start(workspaceFolders=[{"uri": (folder / "project").as_uri(), "name": "x"}])
        client.begin(BUILD, {"command": "scone-ls.build", "arguments": [uri, {"force": True}]})
        client.wait_for(lambda message: "second line" in str(message))
        client.open(FAULTY)
        client.change(2, insertion(2, 4, "d"))

        assert [found for found in client.diagnostics(2) if found["code"] == "unknown-key"] == []
