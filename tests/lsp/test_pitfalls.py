"""What goes wrong in servers of this sort does not go wrong in this one: row by row of the list that we keep.

Each test names its row; all of them talk to the real server.
"""

import json
import os
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.lsp.client import MODERN, PULLING, URI, Client, ErrorAnswerError, example, insertion, replacement

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32700, -32600, -32601, -32602
NOT_INITIALIZED, CANCELLED = -32002, -32800
FAULTY = "apiVersion: scone/5.8\nkind: genservice\nbuil:\n"
"""The third line has a mistake, which a `d` behind its word mends."""


@pytest.fixture(scope="module")
def shared() -> Iterator[Client]:
    """A server for tests that leave it as it was."""
    with Client() as client:
        client.start()
        yield client


def code_of(client: Client, number: object) -> int:
    with pytest.raises(ErrorAnswerError) as caught:
        client.answer(number)
    assert set(caught.value.error) == {"code", "message"}, "nothing but a code and a sentence"
    assert "Traceback" not in str(caught.value)
    assert os.sep + "scone_ls" not in str(caught.value)
    return caught.value.code


@pytest.mark.parametrize(
    "capabilities",
    [
        {"textDocument": {"documentSymbol": {"symbolKind": {"valueSet": [1, 99, "x", None]}}}},
        {"textDocument": {"publishDiagnostics": {"tagSupport": {"valueSet": [77]}}}},
        {"workspace": {"workspaceEdit": {"resourceOperations": ["fly"], "failureHandling": "maybe"}}},
        {"textDocument": {"hover": {"contentFormat": ["html"]}}},
        {"textDocument": {"semanticTokens": {"formats": ["absolute"]}}},
        {"textDocument": {"completion": {"completionItem": {"insertTextModeSupport": {"valueSet": [7]}}}}},
        {"general": {"positionEncodings": ["utf-7", 3]}},
        {"textDocument": [], "workspace": "none", "general": None},
        None,
        [],
    ],
    ids=str,
)
def test_row_1_every_client_gets_its_answer(capabilities: Any):
    with Client() as client:
        answer = client.start(capabilities, trace="loud", clientInfo=7, locale=[])

        assert answer["capabilities"]["hoverProvider"] is True


def test_row_1_values_that_are_new_to_us_are_let_through_later_too(shared: Client):
    shared.open(FAULTY)
    range_ = {"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 0}}
    odd = {"range": range_, "message": "", "severity": 99, "tags": [77]}
    context = {"diagnostics": [odd], "triggerKind": 9, "only": ["quickfix"]}
    document = {"uri": URI}

    assert shared.request("textDocument/codeAction", {"textDocument": document, "range": range_, "context": context})
    params = {"textDocument": document, "position": range_["start"], "context": {"triggerKind": 44}}
    assert shared.request("textDocument/completion", params)
    shared.notify("$/setTrace", {"value": "compact"})
    shared.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": URI, "type": 9}]})


@pytest.mark.parametrize("method", ["hover", "completion", "documentSymbol", "codeAction"])
@pytest.mark.parametrize(
    "params",
    [None, {}, {"textDocument": None}, {"textDocument": {"uri": URI}, "position": {"line": -1, "character": "x"}}],
    ids=str,
)
def test_row_2_a_malformed_request_is_answered(shared: Client, method: str, params: Any):
    if method == "documentSymbol" and params and params["textDocument"]:
        params = {"textDocument": {}}

    assert code_of(shared, shared.begin(f"textDocument/{method}", params)) == INVALID_PARAMS
    assert shared.ask("hover", 0, 0, "untitled:none") is None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", PARSE_ERROR),
        (b"\xff\xfe", PARSE_ERROR),
        (b"[" * 100_000, PARSE_ERROR),
        (b"[]", INVALID_REQUEST),
        (b"7", INVALID_REQUEST),
        (b'{"jsonrpc": "2.0"}', INVALID_REQUEST),
        (b'{"jsonrpc": "2.0", "id": 1.5, "method": "shutdown"}', INVALID_REQUEST),
        (b'{"jsonrpc": "2.0", "id": true, "method": "shutdown"}', INVALID_REQUEST),
        (b'{"jsonrpc": "2.0", "method": 7}', INVALID_REQUEST),
    ],
)
def test_row_2_what_is_no_message_gets_its_error(shared: Client, body: bytes, code: int):
    shared.send_bytes(body)

    assert code_of(shared, None) == code
    assert shared.ask("hover", 0, 0, "untitled:none") is None


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"id": 900, "method": "shutdown"}, INVALID_REQUEST),
        ({"jsonrpc": "1.0", "id": 900, "method": "shutdown"}, INVALID_REQUEST),
        ({"jsonrpc": "2.0", "id": 900, "method": None}, INVALID_REQUEST),
        ({"jsonrpc": "2.0", "id": 900, "method": "textDocument/hover", "params": [1]}, INVALID_PARAMS),
        ({"jsonrpc": "2.0", "id": 900, "method": "textDocument/fly"}, METHOD_NOT_FOUND),
        ({"jsonrpc": "2.0", "id": 900, "method": "$/fly"}, METHOD_NOT_FOUND),
    ],
    ids=str,
)
def test_row_2_a_bad_request_is_answered_under_its_number(shared: Client, message: Any, code: int):
    shared.send(message)

    assert code_of(shared, 900) == code


@pytest.mark.parametrize(
    "noise", [b"garbage\r\n\r\n", b"Content-Length: -5\r\n\r\n", b"Content-Length: 999999999999\r\n\r\n", b"{}" * 9000]
)
def test_row_2_a_stream_out_of_step_is_picked_up_again(shared: Client, noise: bytes):
    shared.send_raw(noise)

    assert shared.ask("hover", 0, 0, "untitled:none") is None


def test_row_2_headers_come_in_any_case_and_order():
    with Client() as client:
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {}}).encode()
        client.send_raw(b"content-type: application/vscode-jsonrpc\r\ncontent-length:%d\r\n\r\n%b" % (len(body), body))

        assert client.answer(1)["serverInfo"]["name"] == "scone-ls"


def test_row_3_an_object_inside_that_looks_like_a_message_is_none():
    inner = {"jsonrpc": "2.0", "id": 5, "method": "exit"}
    with Client() as client:
        client.start(initializationOptions={"scone-ls": {}, "inner": inner})
        client.notify("workspace/didChangeConfiguration", {"settings": {"scone-ls": None, "inner": inner}})
        client.open(FAULTY)

        assert client.diagnostics(1)


STRANGE = "apiVersion: scone/5.8\nkind: genservice\nname: 'x\u2028\u2029\x85y\x0b\x0c'\nimage: z\n"


def test_row_4_what_is_no_line_end_in_the_protocol_shifts_nothing():
    """The edit is on the fourth line, as the client counts lines, and its text is as the client has it."""
    with Client() as client:
        client.start()
        client.open(STRANGE)
        client.change(2, replacement((3, 0), (3, 5), "nam"))

        (found,) = [each for each in client.diagnostics(2) if each["code"] == "unknown-key"]
        assert found["range"] == {"start": {"line": 3, "character": 0}, "end": {"line": 3, "character": 3}}


def test_row_5_places_outside_of_the_text_count_as_its_end():
    with Client() as client:
        client.start()
        client.open("")
        for line, character in ((0, 0), (0, 99), (99, 0)):
            client.ask("hover", line, character)
            client.ask("completion", line, character)
        client.change(2, insertion(99, 99, FAULTY.rstrip("\n")))
        client.change(3, insertion(2, 2**31 - 1, "!"))
        client.change(4, insertion(2**31 - 1, 0, "\n"))
        client.change(5, {"text": FAULTY})

        assert [
            found["range"]["start"]["line"] for found in client.diagnostics(5) if found["code"] == "unknown-key"
        ] == [2]


def test_row_6_many_conversions_in_a_long_text_are_quick():
    """A thousand mistakes in ten thousand lines: the positions of all are sent at once."""
    lines = "".join(f"key{number}: 1\nname{number}: 2\n" for number in range(5000))
    with Client() as client:
        client.start()
        client.open(f"apiVersion: scone/5.8\nkind: genservice\n{lines}")

        assert len(client.diagnostics(1)) >= 1000


def test_row_7_a_request_that_is_cancelled_in_time_is_not_begun():
    with Client() as client:
        client.start()
        client.open(example("python/service.yaml"))
        client.diagnostics(1)
        messages: list[dict[str, Any]] = [
            {
                "jsonrpc": "2.0",
                "id": 900,
                "method": "textDocument/documentSymbol",
                "params": {"textDocument": {"uri": URI}},
            },
            {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 900}},
            {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": "nobody"}},
            {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {}},
        ]
        bodies = [json.dumps(message).encode() for message in messages]
        client.send_raw(b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(body), body) for body in bodies))
        answer = client.wait_for(lambda message: message.get("id") == 900)

        # Whether the cancellation is seen in time is a matter of luck; there is one answer in any case.
        assert answer.get("error", {"code": CANCELLED})["code"] == CANCELLED
        assert client.ask("hover", 1, 2)


def test_row_9_the_end_comes_at_once():
    with Client() as client:
        client.start()
        client.open(FAULTY)
        client.diagnostics(1)
        client.request("shutdown")
        begin = time.monotonic()
        client.notify("exit")

        assert client.wait_for_end() == 0
        assert time.monotonic() - begin < 30, "not a measurement: only that nothing is waited for"


def test_row_10_exit_without_shutdown_is_a_failure():
    with Client() as client:
        client.start()
        client.notify("exit")

        assert client.wait_for_end() == 1


def test_row_10_exit_before_initialize_is_a_failure():
    with Client() as client:
        client.notify("exit")

        assert client.wait_for_end() == 1


def test_row_10_a_client_that_is_gone_ends_the_server():
    with Client() as client:
        client.start()
        client.close()

        assert client.wait_for_end() == 1


def test_row_10_nothing_is_answered_before_initialize():
    with Client() as client:
        client.notify("textDocument/didOpen", {})

        assert code_of(client, client.begin("textDocument/hover", {})) == NOT_INITIALIZED
        assert code_of(client, client.begin("shutdown")) == NOT_INITIALIZED
        client.start()
        assert client.ask("hover", 0, 0, "untitled:none") is None


def test_row_10_nothing_is_answered_after_shutdown():
    with Client() as client:
        client.start()
        assert client.request("shutdown") is None

        assert code_of(client, client.begin("textDocument/hover", {})) == INVALID_REQUEST
        client.open(FAULTY)
        client.notify("exit")
        assert client.wait_for_end() == 0


def test_row_10_initialize_comes_once(shared: Client):

    assert code_of(shared, shared.begin("initialize", {"capabilities": {}})) == INVALID_REQUEST


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("textDocument/didChange", {"textDocument": {"uri": URI, "version": 3}, "contentChanges": [None]}),
        ("textDocument/didChange", {"x": 1}),
        ("textDocument/didOpen", {"textDocument": {"uri": URI}}),
        ("textDocument/didClose", None),
        ("textDocument/didFly", {"textDocument": {"uri": URI}}),
        ("workspace/didChangeConfiguration", {"settings": 7}),
        ("$/setTrace", {"value": 7}),
        ("$/fly", None),
        ("window/workDoneProgress/cancel", {"token": "nobody"}),
    ],
)
def test_row_11_a_bad_notification_pops_up_nowhere(shared: Client, method: str, params: Any):
    shared.open(FAULTY)
    shared.diagnostics(1)
    shared.notify(method, params)
    shared.ask("hover", 0, 0)

    told = [
        message for message in shared.messages if message.get("method") in ("window/showMessage", "window/logMessage")
    ]
    assert all("7" in message["params"]["message"] for message in told), "only a bad setting is named"


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("scone-ls.build", None),
        ("scone-ls.build", list[str]()),
        ("scone-ls.build", [7]),
        ("scone-ls.build", [URI, "force"]),
        ("scone-ls.build", [URI, "x", "y"]),
        ("scone-ls.fly", [URI]),
    ],
)
def test_row_12_arguments_of_a_command_are_checked(shared: Client, command: str, arguments: Any):
    params = {"command": command} if arguments is None else {"command": command, "arguments": arguments}

    assert code_of(shared, shared.begin("workspace/executeCommand", params)) == INVALID_PARAMS


def test_rows_13_and_19_a_client_that_can_do_nothing_is_asked_for_nothing():
    with Client() as client:
        offered = client.start({})["capabilities"]
        client.open(FAULTY)
        (found, *_) = client.diagnostics()
        client.notify("workspace/didChangeConfiguration", {"settings": {"scone-ls": {}}})
        hover = client.ask("hover", 1, 1)
        items = client.ask("completion", 2, 1)["items"]
        symbols = client.request("textDocument/documentSymbol", {"textDocument": {"uri": URI}})

        assert client.asked == []
        assert {"codeActionProvider", "diagnosticProvider", "positionEncoding"} & set(offered) == set()
        assert set(found) == {"range", "severity", "code", "source", "message"}
        assert hover["contents"]["kind"] == "plaintext"
        assert {item.get("insertTextFormat", 1) for item in items} == {1}
        assert {item["documentation"]["kind"] for item in items if "documentation" in item} <= {"plaintext"}
        assert all("location" in symbol for symbol in symbols)


def test_row_14_standard_output_is_the_protocol_and_the_log_is_quiet():
    with Client() as client:
        client.start()
        client.open(FAULTY)
        client.diagnostics(1)
        client.ask("hover", 0, 0)
    assert client.stray == b""
    assert client.errors == []


def test_row_14_the_log_says_more_when_it_is_asked_to():
    with Client("--log-level", "debug") as client:
        client.start()
        client.begin("textDocument/hover", {})
        client.ask("hover", 0, 0)
    assert client.stray == b""
    assert any("bad parameters of `textDocument/hover`" in line for line in client.errors)


def test_row_15_diagnostics_do_not_wait_for_the_protocol_library():
    """What is sent together with `initialize` is answered, in order, however little is loaded by then."""
    with Client() as client:
        number = client.begin("initialize", {"capabilities": MODERN})
        client.notify("initialized", {})
        client.open(FAULTY)
        client.change(2, insertion(2, 4, "d"))
        hover = client.begin(
            "textDocument/hover", {"textDocument": {"uri": URI}, "position": {"line": 2, "character": 1}}
        )

        client.answer(number)
        assert "`build`" in client.answer(hover)["contents"]["value"]
        assert [found for found in client.diagnostics(2) if found["code"] == "unknown-key"] == []


def test_row_16_a_document_that_is_not_open_has_no_answers(tmp_path: Any):
    path = tmp_path / "service.yaml"
    path.write_text(FAULTY, encoding="utf-8")
    with Client() as client:
        client.start()
        client.change(2, {"text": "x"}, uri=path.as_uri())

        assert client.ask("hover", 0, 0, path.as_uri()) is None
        assert client.ask("completion", 0, 0, path.as_uri()) is None
        params = {"textDocument": {"uri": path.as_uri()}}
        assert client.request("textDocument/documentSymbol", params) is None


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        (["utf-8", "utf-16"], "utf-8"),
        (["utf-32", "utf-8", "utf-16"], "utf-32"),
        (["utf-16"], "utf-16"),
        (["utf-7", "utf-32"], "utf-32"),
        ([], None),
    ],
)
def test_row_18_the_first_encoding_that_is_known_is_used(wanted: list[str], chosen: str | None):
    text = 'apiVersion: scone/5.8\nkind: genservice\n"é😀": {nam: 1}\n'
    capabilities = {**MODERN, "general": {"positionEncodings": wanted}}
    with Client() as client:
        offered = client.start(capabilities)["capabilities"]
        client.open(text)
        start = {"utf-8": 6, "utf-16": 3, "utf-32": 2}[chosen or "utf-16"]
        client.change(2, replacement((2, 0), (2, start + 2), '"é😀€"'))

        assert offered.get("positionEncoding") == chosen
        (found,) = [each for each in client.diagnostics(2) if each["range"]["start"]["line"] == 2][:1]
        assert found["range"]["start"] == {"line": 2, "character": 0}
        end = {"utf-8": 11, "utf-16": 6, "utf-32": 5}[chosen or "utf-16"]
        assert found["range"]["end"] == {"line": 2, "character": end}


def test_pulled_diagnostics_are_not_pushed_as_well():
    with Client() as client:
        offered = client.start(PULLING)["capabilities"]
        client.open(FAULTY)
        params: dict[str, Any] = {"textDocument": {"uri": URI}}
        report = client.request("textDocument/diagnostic", params)
        again = client.request("textDocument/diagnostic", {**params, "previousResultId": report["resultId"]})
        client.change(2, insertion(2, 4, "d"))
        after = client.request("textDocument/diagnostic", {**params, "previousResultId": report["resultId"]})

        assert offered["diagnosticProvider"]["interFileDependencies"] is True
        assert report["kind"] == "full"
        assert "unknown-key" in {item["code"] for item in report["items"]}
        assert again == {"kind": "unchanged", "resultId": report["resultId"]}
        assert "unknown-key" not in {item["code"] for item in after["items"]}
        assert [
            message for message in client.messages if message.get("method") == "textDocument/publishDiagnostics"
        ] == []
