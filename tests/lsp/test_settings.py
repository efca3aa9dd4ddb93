"""The settings: where they come from, what they change, and what is said about wrong ones."""

from typing import Any

import pytest

from scone_ls.lsp.settings import Level, read
from scone_ls.rules.rule import Severity
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


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (7, "the settings `scone-ls` are an object, not `7`"),
        ({"severity": "off"}, "`scone-ls.severity` is an object, not `off`"),
        ({"severity": {"unknown-key": None}}, "`scone-ls.severity.unknown-key` is one of"),
        ({"severity": {"unknwon-key": "off"}}, "there is no rule `unknwon-key`, which `scone-ls.severity` names"),
        ({"build": {"folder": 7}}, "`scone-ls.build.folder` is a text, not `7`"),
        ({"build": []}, "`scone-ls.build` is an object, not `[]`"),
        ({"build": {"fodler": "x"}}, "there is no setting `scone-ls.build.fodler`; did you mean `folder`?"),
        ({"logLevel": "loud"}, "`scone-ls.logLevel` is one of `error`, `warning`, `info`, `debug`, not `loud`"),
        ({"": 1}, "there is no setting `scone-ls.`"),
    ],
)
def test_a_wrong_setting_is_ignored_and_named(source: Any, problem: str):
    settings, (found,) = read([{"logLevel": "info"} if source == 7 else {}, source])

    assert found.startswith(problem)
    assert dict(settings.for_diagnostics().severities) in ({}, {"unknwon-key": None})


def test_the_later_source_wins_setting_by_setting():
    build = {"folder": "x"}
    settings, problems = read([{**HINT, "build": build}, None, OFF])

    assert problems == ()
    assert settings.severity == {"unknown-key": Level.OFF}
    assert settings.build.folder == "x"


def test_each_level_is_a_severity_or_nothing():
    for level in Level:
        settings, _ = read([{"severity": {"unknown-key": level.value}}])
        expected = None if level is Level.OFF else Severity[level.name]

        assert settings.for_diagnostics().severities == {"unknown-key": expected}
