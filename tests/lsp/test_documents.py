"""Documents as clients show them: opening, changing, closing, deleting; whatever they are called and hold."""

import itertools
import json
import socket
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from tests.lsp.client import MODERN, PULLING, URI, Client, example, insertion, replacement

FAULTY = "apiVersion: scone/5.8\nkind: genservice\nbuil:\n"
MENDED = FAULTY.replace("buil", "build")


@pytest.fixture(scope="module")
def shared() -> Iterator[Client]:
    """A server for tests that use a document of their own."""
    with Client() as client:
        client.start()
        yield client


def has_mistake(diagnostics: list[dict[str, Any]]) -> bool:
    return "unknown-key" in {found["code"] for found in diagnostics}


@pytest.mark.parametrize(
    "uri",
    [
        "untitled:Untitled-1",
        "file:///c%3A/Users/a%20b/service.yaml",
        "file:///C:/Users/a b/service.yaml",
        "FILE:///srv/%C3%A4%F0%9F%98%80.yaml",
        "file://server/share/service.yaml",
        "vscode-vfs://github/x/y/mesh.yaml?ref=main#L1",
        "git:/srv/service.yaml?%7B%22ref%22%3A%22%22%7D",
        "zipfile:///a.zip::service.yaml",
        "service.yaml",
        "",
        "file:///%ff%zz/service.yaml",
    ],
)
def test_every_uri_is_served_under_its_own_spelling(shared: Client, uri: str):
    shared.open(FAULTY, uri)

    assert has_mistake(shared.diagnostics(1, uri))
    assert shared.ask("hover", 0, 1, uri)
    shared.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert shared.diagnostics(None, uri) == []


def test_one_document_may_be_spelled_in_several_ways():
    with Client() as client:
        client.start()
        client.open(FAULTY, "file:///c%3A/srv/service.yaml")
        client.change(2, insertion(2, 4, "d"), uri="file:///C:/srv/service.yaml")

        assert not has_mistake(client.diagnostics(2, "file:///c%3A/srv/service.yaml"))


@pytest.mark.parametrize("language", ["yaml", "scone", "dockercompose", "plaintext", "zebra", ""])
def test_the_language_does_not_matter(shared: Client, language: str):
    shared.open(FAULTY, f"file:///{language}/x", language=language)

    assert has_mistake(shared.diagnostics(1, f"file:///{language}/x"))


@pytest.mark.parametrize(
    "text",
    ["\ufeff" + FAULTY, FAULTY.replace("\n", "\r\n"), FAULTY.replace("\n", "\r"), f"# \udcff\udc80 \ud83d\n{FAULTY}"],
    ids=["byte order mark", "crlf", "cr", "bytes that are no text"],
)
def test_texts_from_anywhere_are_served(shared: Client, text: str):
    shared.open(text, "file:///anywhere.yaml")
    (found,) = [each for each in shared.diagnostics(1, "file:///anywhere.yaml") if each["code"] == "unknown-key"]

    assert found["range"]["end"]["character"] == 4


def test_a_template_may_have_variables_anywhere():
    with Client() as client:
        client.start()
        uri = "vscode-vfs://somewhere/service.yaml.template"  # Where nobody can look for files.
        client.open(example("python/service.yaml").replace("python3", "$COMMAND"), uri)

        assert client.diagnostics(1, uri) == []


def test_reopened_with_the_same_version_the_new_text_counts():
    with Client() as client:
        client.start()
        client.open(FAULTY)
        first = client.diagnostics(1)
        client.notify("textDocument/didClose", {"textDocument": {"uri": URI}})
        closed = client.diagnostics()
        client.open(MENDED)
        second = client.diagnostics(1)
        client.open(FAULTY)  # Without having been closed.
        third = client.diagnostics(1)

        assert (has_mistake(first), closed, has_mistake(second), has_mistake(third)) == (True, [], False, True)


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("workspace/didChangeWatchedFiles", {"changes": [{"uri": URI, "type": 3}]}),
        ("workspace/didDeleteFiles", {"files": [{"uri": URI}]}),
    ],
)
def test_a_deleted_file_has_no_diagnostics_until_it_changes(method: str, params: Any):
    with Client() as client:
        client.start()
        client.open(FAULTY)
        shown = client.diagnostics(1)
        client.notify(method, params)
        deleted = client.diagnostics()
        client.change(2, insertion(3, 0, "\n"))

        assert (has_mistake(shown), deleted, has_mistake(client.diagnostics(2))) == (True, [], True)


def test_a_client_that_pulls_hears_of_deleted_files():
    capabilities = {**PULLING, "workspace": {"diagnostics": {"refreshSupport": True}}}
    with Client() as client:
        client.answers["workspace/diagnostic/refresh"] = lambda _: None
        client.start(capabilities)
        client.open(FAULTY)
        params = {"textDocument": {"uri": URI}}
        shown = client.request("textDocument/diagnostic", params)
        client.notify("workspace/didDeleteFiles", {"files": [{"uri": URI}]})
        client.wait_for(lambda message: message.get("method") == "workspace/diagnostic/refresh")

        assert has_mistake(shown["items"])
        assert client.request("textDocument/diagnostic", params)["items"] == []


def test_files_are_watched_where_the_client_can_do_it():
    registered: list[Any] = []
    workspace = {"didChangeWatchedFiles": {"dynamicRegistration": True}}
    with Client() as client:
        client.answers["client/registerCapability"] = registered.append
        client.start({"workspace": workspace})
        client.wait_for(lambda message: message.get("method") == "client/registerCapability")

        (registration,) = registered[0]["registrations"]
        assert registration["method"] == "workspace/didChangeWatchedFiles"
        assert registration["registerOptions"]["watchers"][0] == {
            "globPattern": "**/*.{yaml,yml,template,env,sh,gitignore}"
        }


def test_changes_that_queue_up_are_taken_together_and_the_newest_counts():
    """Of a hundred changes sent at once, the last one is answered, and no answer is older than the one before it."""
    with Client() as client:
        client.start()
        client.open(FAULTY)
        client.diagnostics(1)
        for version in range(2, 101):
            client.change(version, insertion(2, 4, "d") if version % 2 == 0 else replacement((2, 4), (2, 5), ""))
        found = client.diagnostics(100)
        versions = [
            message["params"]["version"]
            for message in client.messages
            if message.get("method") == "textDocument/publishDiagnostics"
        ]

        assert not has_mistake(found)
        assert versions == sorted(set(versions))


def test_several_changes_in_one_message_follow_each_other():
    with Client() as client:
        client.start()
        client.open("")
        changes = [insertion(line, 0, f"{text}\n") for line, text in enumerate(FAULTY.splitlines())]
        client.change(2, *changes, insertion(2, 4, "d"), replacement((2, 4), (2, 5), ""))

        assert has_mistake(client.diagnostics(2))


def test_a_whole_text_may_be_sent_in_place_of_a_change():
    with Client() as client:
        client.start()
        client.open(FAULTY)
        client.change(2, {"text": MENDED})
        mended = client.diagnostics(2)
        client.change(3, replacement((2, 4), (2, 5), ""), {"text": FAULTY}, insertion(2, 4, "d"), {"text": FAULTY})

        assert (has_mistake(mended), has_mistake(client.diagnostics(3))) == (False, True)


def test_documents_do_not_get_in_each_others_way():
    with Client() as client:
        client.start()
        uris = [f"file:///srv/{number}.yaml" for number in range(20)]
        for uri, text in zip(uris, itertools.cycle((FAULTY, MENDED)), strict=False):
            client.open(text, uri)
        found = [has_mistake(client.diagnostics(1, uri)) for uri in uris]

        assert found == [True, False] * 10


def test_diagnostics_have_no_version_for_clients_that_know_none():
    with Client() as client:
        client.start({})
        client.open(FAULTY)
        message = client.wait_for(lambda message: message.get("method") == "textDocument/publishDiagnostics")

        assert "version" not in message["params"]


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 12), ("utf-16", 7), ("utf-32", 6)])
def test_edits_land_where_the_client_means_in_every_encoding(encoding: str, column: int):
    """Behind characters of one to four bytes, a key that is unknown is typed and taken away again."""
    text = 'apiVersion: scone/5.8\nkind: genservice\nbuild: {"aé€😀": 1}\n'
    with Client() as client:
        client.start({**MODERN, "general": {"positionEncodings": [encoding]}})
        client.open(text)
        before = client.diagnostics(1)
        client.change(2, insertion(2, column + 8, "z"))
        client.change(3, replacement((2, column + 8), (2, column + 9), ""))
        (found,) = [each for each in client.diagnostics(3) if each["code"] == "unknown-key"]

        assert found in before
        assert found["range"]["start"] == {"line": 2, "character": 8}
        assert found["range"]["end"] == {"line": 2, "character": 8 + column}


def test_a_client_may_come_over_a_port_of_this_machine():
    """The server says where it listens, serves one client and ends with it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with Client("--tcp", f"127.0.0.1:{port}") as client:
        while not client.errors:
            time.sleep(0.01)
            assert client.process.poll() is None
        with connected(port) as stream:
            messages: list[dict[str, Any]] = [
                {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}},
                {"jsonrpc": "2.0", "id": 2, "method": "shutdown"},
                {"jsonrpc": "2.0", "method": "exit"},
            ]
            for body in (json.dumps(message).encode() for message in messages):
                stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
            stream.flush()
            answers = stream.read().decode()

        assert client.wait_for_end() == 0
        assert '"id":1' in answers
        assert '"id":2' in answers
        assert str(port) in client.errors[0]


@contextmanager
def connected(port: int) -> Generator[Any]:
    """Connect as soon as somebody listens."""
    for _ in range(1000):
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
            with connection.makefile("rwb") as stream:
                yield stream
            return
        time.sleep(0.01)
    pytest.fail("nobody listens")


def test_a_large_document_shows_its_structure_first_and_then_everything(shared: Client):
    uri = "file:///srv/large.yaml"
    values = "".join(f"    - name: OPTION_{number:05}\n      value: x\n" for number in range(1500))
    build = "requirements: x\nbuild:\n  name: a\n  kind: python\n  to: example.com/a:1\n  command: $$SCONE::nobody$$\n"
    text = f"apiVersion: scone/5.8\nkind: genservice\n{build}environment:\n  local:\n{values}"

    shared.open(text, uri)
    first, then = shared.diagnostics(1, uri), shared.diagnostics(1, uri)

    assert has_mistake(first)
    assert "undeclared-secret" not in {found["code"] for found in first}
    assert [found for found in then if found in first] == first
    assert "undeclared-secret" in {found["code"] for found in then}


def test_a_large_document_without_mistakes_is_told_of_once(shared: Client):
    uri = "file:///srv/fine.yaml"
    values = "".join(f"    - name: OPTION_{number:05}\n      value: x\n" for number in range(1500))
    build = "build:\n  name: a\n  kind: python\n  to: example.com/b:1\n  command: python3\n"

    shared.open(f"apiVersion: scone/5.8\nkind: genservice\n{build}environment:\n  local:\n{values}", uri)
    found = shared.diagnostics(1, uri)
    shared.open(FAULTY, uri, version=2)

    assert found == []
    assert has_mistake(shared.diagnostics(uri=uri))
