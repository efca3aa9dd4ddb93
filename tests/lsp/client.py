"""A small client of the real server over standard input and output, for the tests; every wait is bounded."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

SECONDS = 60.0
URI = "file:///srv/manifest.yaml"
MODERN: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "publishDiagnostics": {
            "versionSupport": True,
            "relatedInformation": True,
            "codeDescriptionSupport": True,
            "tagSupport": {"valueSet": [1, 2]},
        },
        "hover": {"contentFormat": ["markdown"]},
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}},
            "isPreferredSupport": True,
        },
    },
    "workspace": {"workspaceEdit": {"documentChanges": True}},
}
PULLING: dict[str, Any] = {"textDocument": {"diagnostic": {}}}


class ErrorAnswerError(Exception):
    """The server refused a request; `code` says how."""

    def __init__(self, error: Mapping[str, Any]) -> None:
        super().__init__(error["message"])
        self.code: int = error["code"]
        self.error = error


class Client:
    """One server; leaving the `with` block shuts it down, or kills it where it does not go."""

    def __init__(self, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        command = [sys.executable, "-m", "scone_ls", "serve", *arguments]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(environment or {})},
        )
        self.messages: list[dict[str, Any]] = []
        self.errors: list[str] = []
        self.answers: dict[str, Callable[[Any], Any]] = {}
        """What is answered to requests of the server, by method; others are refused."""
        self.asked: list[str] = []
        self.stray = b""
        """What came on standard output besides the protocol."""
        self._number = 0
        self._arrived = threading.Condition()
        self._ended = False
        self._threads = [threading.Thread(target=self._listen), threading.Thread(target=self._collect_errors)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _value: object, _traceback: TracebackType | None) -> None:
        try:
            if kind is None and self.process.poll() is None:
                self.request("shutdown")
                self.notify("exit")
                self.wait_for_end()
        finally:
            self.process.kill()
            self.process.wait()
            for thread in self._threads:
                thread.join()
            for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
                if stream is not None and stream is not self.process.stdin:
                    stream.close()
            self._close_input()

    def start(self, capabilities: Mapping[str, Any] = MODERN, **params: Any) -> Any:
        """Shake hands and return what the server offers."""
        answer = self.request(
            "initialize", {"processId": None, "rootUri": None, "capabilities": capabilities, **params}
        )
        self.notify("initialized", {})
        return answer

    def open(self, text: str, uri: str = URI, version: int = 1, language: str = "yaml") -> None:
        document = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, version: int, *changes: Mapping[str, Any], uri: str = URI) -> None:
        document = {"uri": uri, "version": version}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def ask(self, method: str, line: int, character: int, uri: str = URI) -> Any:
        """Send a request about a place in a document, and return its result."""
        params = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
        return self.request(f"textDocument/{method}", params)

    def diagnostics(self, version: int | None = None, uri: str = URI) -> list[dict[str, Any]]:
        """Wait for the diagnostics of a version, or for the next ones, and return them."""

        def fits(message: Mapping[str, Any]) -> bool:
            params = message.get("params", {})
            return (
                message.get("method") == "textDocument/publishDiagnostics"
                and params["uri"] == uri
                and (version is None or params.get("version") == version)
            )

        return self.wait_for(fits)["params"]["diagnostics"]

    def notification(self, method: str) -> Any:
        """Wait for a notification and return its parameters."""
        return self.wait_for(lambda message: message.get("method") == method and "id" not in message)["params"]

    def notify(self, method: str, params: Any = None) -> None:
        message = {"jsonrpc": "2.0", "method": method}
        self.send(message if params is None else {**message, "params": params})

    def begin(self, method: str, params: Any = None) -> int:
        """Send a request without waiting, and return its number."""
        self._number += 1
        message = {"jsonrpc": "2.0", "id": self._number, "method": method}
        self.send(message if params is None else {**message, "params": params})
        return self._number

    def answer(self, number: object) -> Any:
        """Wait for the answer to a request and return its result; raises `ErrorAnswerError`."""
        message = self.wait_for(lambda message: "method" not in message and message.get("id") == number)
        if "error" in message:
            raise ErrorAnswerError(message["error"])
        return message["result"]

    def request(self, method: str, params: Any = None) -> Any:
        return self.answer(self.begin(method, params))

    def send(self, message: Any) -> None:
        self.send_bytes(json.dumps(message).encode())

    def send_bytes(self, body: bytes) -> None:
        self.send_raw(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def send_raw(self, stream: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(stream)
        self.process.stdin.flush()

    def wait_for(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for a message that fits, take it out and return it; older ones stay."""
        with self._arrived:
            found: list[dict[str, Any]] = []

            def has_arrived() -> bool:
                found[:] = [message for message in self.messages if fits(message)][:1]
                return bool(found) or self._ended

            arrived = self._arrived.wait_for(has_arrived, SECONDS)
            assert arrived, f"no such message in {SECONDS} s; there are {self.messages}; log: {self.errors}"
            assert found, f"the server ended; log: {''.join(self.errors)}"
            self.messages.remove(found[0])
            return found[0]

    def wait_for_end(self) -> int:
        """Wait for the end of the server and return its exit code."""
        return self.process.wait(SECONDS)

    def close(self) -> None:
        """Go away without a word."""
        self._close_input()

    def _close_input(self) -> None:
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            self.process.stdin.close()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while line := stream.readline():
            if not line.lower().startswith(b"content-length:"):
                self.stray += line
                continue
            length = int(line.partition(b":")[2])
            while stream.readline() not in (b"\r\n", b""):
                pass
            self._take(json.loads(stream.read(length)))
        with self._arrived:
            self._ended = True
            self._arrived.notify_all()

    def _take(self, message: dict[str, Any]) -> None:
        if "method" in message and "id" in message:
            self.asked.append(message["method"])
            answer = self.answers.get(message["method"])
            reply = (
                {"error": {"code": -32601, "message": "no"}}
                if answer is None
                else {"result": answer(message.get("params"))}
            )
            try:
                self.send({"jsonrpc": "2.0", "id": message["id"], **reply})
            except (BrokenPipeError, ValueError):
                return
        with self._arrived:
            self.messages.append(message)
            self._arrived.notify_all()

    def _collect_errors(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.errors.append(line.decode(errors="replace"))


def insertion(line: int, character: int, text: str) -> dict[str, Any]:
    """Return the change that types a text at a place."""
    return replacement((line, character), (line, character), text)


def replacement(start: tuple[int, int], end: tuple[int, int], text: str) -> dict[str, Any]:
    """Return the change that replaces what is between two places."""
    return {"range": range_of(start, end), "text": text}


def range_of(start: tuple[int, int], end: tuple[int, int]) -> dict[str, Any]:
    """Return the range between two places."""
    return {
        "start": {"line": start[0], "character": start[1]},
        "end": {"line": end[0], "character": end[1]},
    }


def example(name: str) -> str:
    """Return the text of an example."""
    return (Path(__file__).parents[2] / "examples" / name).read_text(encoding="utf-8")
