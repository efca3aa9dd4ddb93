"""House rules in the server: after a pause, beside the conversation, and kept in place until then."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.client import MODERN, PULLING, Client

TEXT = "apiVersion: scone/5.8\nkind: genservice\nbuild:\n  name: shop\n  kind: python\n  to: a/b:1\n  command: x\nenvironment:\n"
RULES = {"properties": {"build": {"properties": {"to": {"pattern": "^us/", "errorMessage": "ours only"}}}}}
FOUND = {"start": {"line": 5, "character": 6}, "end": {"line": 5, "character": 11}}
REFRESHING = {**PULLING, "workspace": {"diagnostics": {"refreshSupport": True}}}


@pytest.fixture
def uri(tmp_path: Path) -> str:
    (tmp_path / "team.json").write_text(json.dumps(RULES))
    (tmp_path / ".scone-ls.toml").write_text('[[houseRules]]\npath = "team.json"\n')
    return (tmp_path / "service.yaml").as_uri()


def in_house(message: dict[str, Any]) -> list[dict[str, Any]]:
    items = message.get("params", {}).get("diagnostics", message.get("items", []))
    return [each for each in items if each.get("code") == "house-rule"]


def at_line(line: int) -> Callable[[dict[str, Any]], bool]:
    def fits(message: dict[str, Any]) -> bool:
        return [each["range"]["start"]["line"] for each in in_house(message)] == [line]

    return fits


def test_they_come_after_a_pause(uri: str):
    with Client() as client:
        client.start()
        client.open(TEXT, uri)
        first = client.diagnostics(1, uri)
        (found,) = in_house(client.wait_for(at_line(5)))

    assert in_house({"items": first}) == []
    assert (found["range"], found["message"], found["severity"]) == (FOUND, "ours only", 2)


def test_they_move_with_the_text_until_they_are_asked_again(uri: str):
    with Client() as client:
        client.start()
        client.open(TEXT, uri)
        client.wait_for(at_line(5))
        start = {"line": 0, "character": 0}
        client.change(2, {"range": {"start": start, "end": start}, "text": "# new\n"}, uri=uri)

        assert in_house({"items": client.diagnostics(2, uri)})[0]["range"]["start"] == {"line": 6, "character": 6}


def test_what_is_mended_is_gone_at_once(uri: str):
    with Client() as client:
        client.start()
        client.open(TEXT, uri)
        client.wait_for(at_line(5))
        place = {"start": {"line": 5, "character": 6}, "end": {"line": 5, "character": 7}}
        client.change(2, {"range": place, "text": "us"}, uri=uri)

        assert client.diagnostics(2, uri) == []


def test_a_comment_silences_them_and_is_needed(uri: str):
    with Client() as client:
        client.start()
        client.open(TEXT.replace("a/b:1", "a/b:1  # scone-ls: ignore[house-rule]\n# scone-ls: ignore[house-rule]"), uri)

        message = client.wait_for(lambda message: bool(message.get("params", {}).get("diagnostics")))
        (useless,) = message["params"]["diagnostics"]

    assert (useless["code"], useless["range"]["start"]["line"]) == ("unused-ignore", 6)


def test_a_client_that_pulls_is_told_to_pull_again(uri: str):
    with Client() as client:
        client.answers["workspace/diagnostic/refresh"] = lambda _: None
        client.start(REFRESHING)
        client.open(TEXT, uri)
        before = client.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
        client.wait_for(lambda message: message.get("method") == "workspace/diagnostic/refresh")
        after = client.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})

    assert (in_house(before), len(in_house(after))) == ([], 1)


def test_a_client_that_cannot_be_told_gets_them_when_it_pulls(uri: str):
    with Client() as client:
        client.start(PULLING)
        client.open(TEXT, uri)
        report = client.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})

    assert len(in_house(report)) == 1


def test_a_broken_schema_is_named_once(uri: str, tmp_path: Path):
    (tmp_path / "team.json").write_text("[")
    with Client() as client:
        client.start()
        client.open(TEXT, uri)
        message = client.notification("window/showMessage")
        client.change(2, {"text": TEXT + "#"}, uri=uri)
        client.diagnostics(2, uri)
        (tmp_path / "team.json").write_text(json.dumps(RULES))
        client.change(3, {"text": TEXT + "##"}, uri=uri)
        client.wait_for(at_line(5))

        assert message["message"].startswith(f"`{tmp_path / 'team.json'}` is no JSON: expecting value at line 1")
        assert [each for each in client.messages if each.get("method") == "window/showMessage"] == []


def test_a_client_can_set_them_relative_to_the_workspace_folder(uri: str, tmp_path: Path):
    (tmp_path / ".scone-ls.toml").unlink()
    with Client() as client:
        client.start(MODERN, rootUri=tmp_path.as_uri(), initializationOptions={"houseRules": [{"path": "team.json"}]})
        client.open(TEXT, uri)

        client.wait_for(at_line(5))
