"""The settings: where they come from, what they change, and what is said about wrong ones."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.client import MODERN, PULLING, URI, Client

FAULTY = "apiVersion: scone/5.8\nkind: genservice\nbuil:\n"
OFF = {"severity": {"unknown-key": "off"}}
HINT = {"severity": {"unknown-key": "hint"}}
CONFIGURED = {**MODERN, "workspace": {"configuration": True}}


def severity(diagnostics: list[dict[str, Any]]) -> int | None:
    """Return the severity of the mistake, or `None` when it is not there; 0 for what are no diagnostics."""
    if diagnostics == [{}]:
        return 0
    return next((found["severity"] for found in diagnostics if found["code"] == "unknown-key"), None)


@pytest.mark.parametrize("options", [HINT, {"scone-ls": HINT}, {"scone-ls": HINT, "other": 7}])
def test_settings_come_with_the_start(options: Any):
    with Client() as client:
        client.start(initializationOptions=options)
        client.open(FAULTY)

        assert severity(client.diagnostics(1)) == 4


def test_the_client_is_asked_for_settings_and_asked_again_when_they_change():
    current: list[Any] = [HINT]
    with Client() as client:
        client.answers["workspace/configuration"] = lambda _: [current[0]]
        client.start(CONFIGURED)
        client.open(FAULTY)
        first = client.wait_for(lambda message: severity(message.get("params", {}).get("diagnostics", [])) == 4)
        current[0] = OFF
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        client.wait_for(lambda message: severity(message.get("params", {}).get("diagnostics", [{}])) is None)

        assert first["params"]["version"] == 1
        assert client.asked == ["workspace/configuration"] * 2


def test_settings_may_be_sent_by_clients_that_cannot_be_asked():
    with Client() as client:
        client.start()
        client.open(FAULTY)
        before = severity(client.diagnostics(1))
        client.notify("workspace/didChangeConfiguration", {"settings": {"scone-ls": OFF}})

        assert (before, severity(client.diagnostics(1))) == (2, None)


@pytest.mark.parametrize("answer", [None, [], [None], [7], {}, "x"])
def test_a_client_that_answers_nonsense_keeps_what_it_started_with(answer: Any):
    with Client() as client:
        client.answers["workspace/configuration"] = lambda _: answer
        client.start(CONFIGURED, initializationOptions=HINT)
        client.wait_for(lambda message: message.get("method") == "workspace/configuration")
        client.open(FAULTY)

        assert severity(client.diagnostics(1)) == 4


def test_a_client_that_refuses_to_say_is_served():
    with Client() as client:
        client.start(CONFIGURED)
        client.open(FAULTY)

        assert severity(client.diagnostics(1)) == 2


def test_a_client_that_pulls_is_told_to_pull_again():
    capabilities = {**PULLING, "workspace": {"diagnostics": {"refreshSupport": True}}}
    with Client() as client:
        client.answers["workspace/diagnostic/refresh"] = lambda _: None
        client.start(capabilities)
        client.open(FAULTY)
        client.notify("workspace/didChangeConfiguration", {"settings": {"scone-ls": OFF}})
        client.wait_for(lambda message: message.get("method") == "workspace/diagnostic/refresh")
        report = client.request("textDocument/diagnostic", {"textDocument": {"uri": URI}})

        assert severity(report["items"]) is None


def test_what_is_wrong_is_named_once_and_the_rest_holds():
    wrong = {"severity": {"unknown-key": "hint", "missing-key": "fatal"}, "sevrity": {}}
    with Client() as client:
        client.start(initializationOptions=wrong)
        message = client.notification("window/showMessage")
        client.notify("workspace/didChangeConfiguration", {"settings": {"scone-ls": wrong}})
        client.open(FAULTY)

        assert severity(client.diagnostics(1)) == 4
        assert message["type"] == 2
        assert message["message"] == (
            "scone-ls settings: "
            "`scone-ls.severity.missing-key` is one of `error`, `warning`, `information`, `hint`, `off`, not `fatal`; "
            "there is no setting `scone-ls.sevrity`; did you mean `severity`?; what is wrong is ignored"
        )
        assert [each for each in client.messages if each.get("method") == "window/showMessage"] == []


def config_file(folder: Path, level: str) -> None:
    (folder / ".scone-ls.toml").write_text(f'[severity]\nunknown-key = "{level}"\n')


def shows(level: int | None, uri: str) -> Callable[[dict[str, Any]], bool]:
    def fits(message: dict[str, Any]) -> bool:
        params = message.get("params", {})
        return params.get("uri") == uri and severity(params["diagnostics"]) == level

    return fits


def test_the_config_file_of_the_workspace_folder_holds(tmp_path: Path):
    config_file(tmp_path, "hint")
    (tmp_path / "shop").mkdir()
    uri, elsewhere = (tmp_path / "shop" / "service.yaml").as_uri(), "file:///srv/service.yaml"
    with Client() as client:
        client.start(rootUri=tmp_path.as_uri())
        client.open(FAULTY, uri)
        client.open(FAULTY, elsewhere)

        assert severity(client.diagnostics(1, uri)) == 4
        assert severity(client.diagnostics(1, elsewhere)) == 2


def test_what_the_client_says_wins_over_the_config_file(tmp_path: Path):
    config_file(tmp_path, "hint")
    uri = (tmp_path / "service.yaml").as_uri()
    with Client() as client:
        client.start(rootUri=tmp_path.as_uri(), initializationOptions={"severity": {"unknown-key": "information"}})
        client.open(FAULTY, uri)

        assert severity(client.diagnostics(1, uri)) == 3


def test_a_config_file_that_changes_is_read_again(tmp_path: Path):
    capabilities = {**MODERN, "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
    uri, file = (tmp_path / "service.yaml").as_uri(), (tmp_path / ".scone-ls.toml").as_uri()
    with Client() as client:
        registered: list[Any] = []
        client.answers["client/registerCapability"] = registered.append
        client.start(capabilities, rootUri=tmp_path.as_uri())
        client.open(FAULTY, uri)
        client.wait_for(shows(2, uri))
        for level, expected in (("hint", 4), ("off", None)):
            config_file(tmp_path, level)
            client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": file, "type": 2}]})
            client.wait_for(shows(expected, uri))
        globs = [
            watcher["globPattern"]
            for each in registered[0]["registrations"]
            for watcher in each["registerOptions"]["watchers"]
        ]

        assert "**/{.scone-ls,pyproject}.toml" in globs


def test_a_client_that_watches_no_files_gets_the_config_file_read_at_the_next_document(tmp_path: Path):
    uri = (tmp_path / "service.yaml").as_uri()
    with Client() as client:
        client.start(rootUri=tmp_path.as_uri())
        client.open(FAULTY, uri)
        client.wait_for(shows(2, uri))
        config_file(tmp_path, "hint")
        client.open(FAULTY, uri, 2)

        assert severity(client.diagnostics(2, uri)) == 4


def test_a_broken_config_file_is_named_once_and_the_diagnostics_come_as_by_default(tmp_path: Path):
    file = tmp_path / ".scone-ls.toml"
    file.write_text("[severity\n")
    uri = (tmp_path / "service.yaml").as_uri()
    with Client() as client:
        client.start(rootUri=tmp_path.as_uri())
        client.open(FAULTY, uri)
        message = client.notification("window/showMessage")
        client.change(2, {"text": FAULTY + "#"}, uri=uri)

        assert severity(client.diagnostics(2, uri)) == 2
        assert message["message"].startswith(f"`{file}` is no TOML: expected ']'")
        assert "at line 1, column 10; mend it, or remove it" in message["message"]
        assert [each for each in client.messages if each.get("method") == "window/showMessage"] == []


def test_a_folder_that_joins_brings_its_config_file(tmp_path: Path):
    config_file(tmp_path, "hint")
    (tmp_path / "shop").mkdir()
    uri = (tmp_path / "shop" / "service.yaml").as_uri()
    folder = {"uri": tmp_path.as_uri(), "name": "joined"}
    with Client() as client:
        client.start()
        client.open(FAULTY, uri)
        client.wait_for(shows(2, uri))
        client.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [folder], "removed": []}})
        client.wait_for(shows(4, uri))
