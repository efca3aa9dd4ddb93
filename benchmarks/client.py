"""A client of the Language Server Protocol over stdio that stamps each message at its last byte.

It speaks just enough to time a server and to ask what an editor asks. Not for use outside the benchmarks.
"""

import contextlib
import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

_CAPABILITIES: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {
        "configuration": True,
        "workspaceFolders": True,
        "didChangeConfiguration": {"dynamicRegistration": True},
        "workspaceEdit": {"documentChanges": True},
    },
    "window": {"workDoneProgress": True},
    "textDocument": {
        "synchronization": {"didSave": True},
        "publishDiagnostics": {
            "relatedInformation": True,
            "versionSupport": True,
            "codeDescriptionSupport": True,
            "dataSupport": True,
            "tagSupport": {"valueSet": [1, 2]},
        },
        "completion": {
            "completionItem": {
                "snippetSupport": True,
                "documentationFormat": ["markdown", "plaintext"],
                "insertReplaceSupport": False,
            },
            "contextSupport": True,
        },
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix"]}},
            "dataSupport": True,
        },
    },
}


class ServerDiedError(Exception):
    """The server ended, or closed its output, while an answer was awaited."""


@dataclass(frozen=True, slots=True)
class Server:
    """How one server is started and what it is told.

    `settings` answers `workspace/configuration`, is sent once as `didChangeConfiguration`, and is left out when empty.
    """

    name: str
    command: tuple[str, ...]
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any])


class Published(NamedTuple):
    """One `publishDiagnostics`: seconds of the monotonic clock at its last byte, and what it said."""

    at: float
    uri: str
    version: int | None
    diagnostics: Sequence[Mapping[str, Any]]


class Answer(NamedTuple):
    """The answer to a request: seconds of the monotonic clock at its last byte, its result or its error."""

    at: float
    result: Any
    error: Any


class Memory(NamedTuple):
    """Memory of a process tree in MiB: resident, and resident with shared pages divided among their users."""

    rss: float
    pss: float


class Client:
    """One running server; every wait is bounded, and `stop` always ends the process."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server = server
        self.folder = folder
        self.spawned = time.perf_counter()
        self._process = subprocess.Popen(
            server.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        self._next_id = 0
        self._answers: dict[int, Answer] = {}
        self._published: list[Published] = []
        self._progress: list[tuple[str, float]] = []
        self._arrived = threading.Condition()
        self._writing = threading.Lock()
        self._dead = False
        self.capabilities: Mapping[str, Any] = {}
        threading.Thread(target=self._listen, daemon=True).start()

    def initialize(self, timeout: float = 60) -> float:
        """Shake hands and return milliseconds from the spawn to the answer of `initialize`."""
        number = self.send_request(
            "initialize",
            {
                "processId": os.getpid(),
                "clientInfo": {"name": "scone-ls benchmarks"},
                "rootUri": self.folder.as_uri(),
                "workspaceFolders": [{"uri": self.folder.as_uri(), "name": "benchmark"}],
                "capabilities": _CAPABILITIES,
                "initializationOptions": {},
            },
        )
        answer = self.answer(number, timeout)
        self.capabilities = answer.result["capabilities"]
        self.notify("initialized", {})
        if self.server.settings:
            settings = {"settings": self.server.settings}
            self.notify("workspace/didChangeConfiguration", settings)
        return (answer.at - self.spawned) * 1000

    def syncs_incrementally(self) -> bool:
        """Tell whether the server takes changes as ranges."""
        match self.capabilities.get("textDocumentSync"):
            case 2 | {"change": 2}:
                return True
            case _:
                return False

    def notify(self, method: str, params: object) -> None:
        """Send a notification."""
        self.write(encoded({"jsonrpc": "2.0", "method": method, "params": params}))

    def send_request(self, method: str, params: object) -> int:
        """Send a request and return its number, for `answer`."""
        number, message = self.encoded_request(method, params)
        self.write(message)
        return number

    def encoded_request(self, method: str, params: object) -> tuple[int, bytes]:
        """Return a request's number and bytes, to be written together with something before it."""
        self._next_id += 1
        message = {"jsonrpc": "2.0", "id": self._next_id, "method": method, "params": params}
        return self._next_id, encoded(message)

    def ask(self, method: str, params: object, timeout: float = 30) -> Answer:
        """Send a request and wait for its answer."""
        return self.answer(self.send_request(method, params), timeout)

    def answer(self, number: int, timeout: float) -> Answer:
        """Wait so many seconds for the answer to a request; raise TimeoutError or ServerDiedError."""
        with self._arrived:
            there = self._arrived.wait_for(lambda: number in self._answers or self._dead, timeout)
            if number in self._answers:
                return self._answers.pop(number)
        if there:
            raise ServerDiedError(f"{self.server.name} ended before it answered")
        raise TimeoutError(f"{self.server.name} gave no answer within {timeout:g} s")

    def diagnostics(self, uri: str, version: int, quiet: float, timeout: float) -> tuple[Published, Published]:
        """Return the first and the last publish for this version, once nothing came for `quiet` seconds.

        A publish without a version counts as one for the version asked for, so the caller lets each version come to
        rest before it sends the next. Raises TimeoutError or ServerDiedError.
        """
        end = time.perf_counter() + timeout
        first: Published | None = None
        last: Published | None = None
        with self._arrived:
            while True:
                for published in self._published:
                    if published.uri == uri and (published.version or version) >= version:
                        first = first or published
                        last = published
                self._published.clear()
                now = time.perf_counter()
                if first and last and now >= last.at + quiet:
                    return first, last
                if self._dead:
                    raise ServerDiedError(f"{self.server.name} ended before it published")
                if now >= end:
                    raise TimeoutError(f"{self.server.name} published nothing in {timeout:g} s")
                self._arrived.wait(min(end, last.at + quiet if last else end) - now)

    def published_for(self, uris: set[str], quiet: float, timeout: float) -> list[Published]:
        """Return all that is published until each of the URIs was served and nothing came for `quiet` seconds.

        Raises TimeoutError.
        """
        end = time.perf_counter() + timeout
        found: list[Published] = []
        with self._arrived:
            rests_since = time.perf_counter()
            while True:
                if self._published:
                    found += self._published
                    self._published.clear()
                    rests_since = found[-1].at
                now = time.perf_counter()
                if now >= rests_since + quiet and uris <= {one.uri for one in found}:
                    return found
                if now >= end:
                    raise TimeoutError(f"{self.server.name} published too little in {timeout:g} s")
                self._arrived.wait(max(0.001, min(end, rests_since + quiet) - now))

    def progress_ended(self, timeout: float) -> float:
        """Return when the first progress came to its end; raise TimeoutError where none does."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: "end" in dict(self._progress), timeout):
                raise TimeoutError(f"{self.server.name} ended no progress in {timeout:g} s")
            return dict(self._progress)["end"]

    def progress_reports(self) -> int:
        """Return how many reports of progress came."""
        return sum(kind == "report" for kind, _ in self._progress)

    def forget_published(self) -> None:
        """Drop what has been published so far."""
        with self._arrived:
            self._published.clear()

    def processor_time(self) -> float:
        """Return the seconds of processor time that the server has used (0 where /proc is not there)."""
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return 0.0

    def memory(self) -> Memory:
        """Return the memory of the server's process tree (zeros where /proc is not there)."""
        pages = [_memory_of(pid) for pid in _tree(self._process.pid)]
        return Memory(sum(page.rss for page in pages), sum(page.pss for page in pages))

    def write(self, message: bytes) -> None:
        """Write bytes to the server; raise ServerDiedError when it takes none."""
        pipe = self._process.stdin
        try:
            with self._writing:
                rest = memoryview(message)
                while pipe and rest:
                    rest = rest[os.write(pipe.fileno(), rest) :]
        except OSError as error:
            raise ServerDiedError(f"{self.server.name} takes no input") from error

    def stop(self) -> None:
        """Shut the server down, and kill it and its children when it does not end by itself."""
        with contextlib.suppress(ServerDiedError, TimeoutError):
            self.ask("shutdown", None, timeout=5)
            self.notify("exit", None)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def _listen(self) -> None:
        output = self._process.stdout
        with contextlib.suppress(OSError, ValueError, EOFError):
            if output:
                stream = os.fdopen(os.dup(output.fileno()), "rb", buffering=1 << 16)
                with stream:
                    while True:
                        body = _message(stream)
                        self._take(time.perf_counter(), json.loads(body))
        with self._arrived:
            self._dead = True
            self._arrived.notify_all()

    def _take(self, at: float, message: dict[str, Any]) -> None:
        match message:
            case {"method": method, "id": number}:
                self._reply(method, message.get("params") or {}, number)
            case {"method": "textDocument/publishDiagnostics", "params": params}:
                published = Published(at, params["uri"], params.get("version"), params["diagnostics"])
                with self._arrived:
                    self._published.append(published)
                    self._arrived.notify_all()
            case {"method": "$/progress", "params": {"value": {"kind": str(kind)}}}:
                with self._arrived:
                    self._progress.append((kind, at))
                    self._arrived.notify_all()
            case {"id": int(number)}:
                answer = Answer(at, message.get("result"), message.get("error"))
                with self._arrived:
                    self._answers[number] = answer
                    self._arrived.notify_all()
            case _:
                pass

    def _reply(self, method: str, params: Mapping[str, Any], number: object) -> None:
        result: object = None
        if method == "workspace/configuration":
            result = [self._setting(item.get("section")) for item in params["items"]]
        elif method == "workspace/workspaceFolders":
            result = [{"uri": self.folder.as_uri(), "name": "benchmark"}]
        with contextlib.suppress(ServerDiedError):
            self.write(encoded({"jsonrpc": "2.0", "id": number, "result": result}))

    def _setting(self, section: str | None) -> object:
        found: Mapping[str, Any] | None = self.server.settings
        for key in (section or "").split("."):
            if key:
                found = found.get(key) if found else None
        return found


class OpenDocument:
    """A document open in a client, typed in by single-range changes (or whole texts where a server wants them)."""

    def __init__(self, client: Client, uri: str, text: str) -> None:
        self.client = client
        self.uri = uri
        self.version = 1
        self.lines = text.split("\n")

    @property
    def text(self) -> str:
        """The text as the server has it after the latest change."""
        return "\n".join(self.lines)

    def opened(self) -> bytes:
        """Return the bytes of `didOpen`."""
        document = {
            "uri": self.uri,
            "languageId": "yaml",
            "version": self.version,
            "text": self.text,
        }
        return _notification("textDocument/didOpen", {"textDocument": document})

    def closed(self) -> bytes:
        """Return the bytes of `didClose`."""
        return _notification("textDocument/didClose", {"textDocument": {"uri": self.uri}})

    def replaced(self, line: int, start: int, end: int, new: str) -> bytes:
        """Replace the columns `[start, end)` of a line (UTF-16; the text typed here is ASCII), return `didChange`."""
        old = self.lines[line]
        self.lines[line : line + 1] = (old[:start] + new + old[end:]).split("\n")
        return self._changed(line, start, line, end, new)

    def without_line(self, line: int) -> bytes:
        """Delete a line with its line end, return `didChange`."""
        del self.lines[line]
        return self._changed(line, 0, line + 1, 0, "")

    def at(self, line: int, column: int) -> dict[str, Any]:
        """Return the parameters of a request at a position."""
        return {
            "textDocument": {"uri": self.uri},
            "position": {"line": line, "character": column},
        }

    def _changed(self, line: int, start: int, last: int, end: int, new: str) -> bytes:
        self.version += 1
        change: dict[str, Any]
        if self.client.syncs_incrementally():
            place = {
                "start": {"line": line, "character": start},
                "end": {"line": last, "character": end},
            }
            change = {"range": place, "text": new}
        else:
            change = {"text": self.text}
        document = {"uri": self.uri, "version": self.version}
        params = {"textDocument": document, "contentChanges": [change]}
        return _notification("textDocument/didChange", params)


def encoded(message: Mapping[str, Any]) -> bytes:
    """Return a message with its header."""
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def _notification(method: str, params: object) -> bytes:
    return encoded({"jsonrpc": "2.0", "method": method, "params": params})


def _message(stream: BinaryIO) -> bytes:
    """Read one message's body; raise EOFError at the end."""
    length = -1
    while True:
        line: bytes = stream.readline()
        if not line:
            raise EOFError
        if line == b"\r\n":
            break
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    body: bytes = stream.read(length)
    if len(body) < length:
        raise EOFError
    return body


def _tree(root: int) -> list[int]:
    """Return a process and all its descendants (Linux; elsewhere only the process)."""
    found: list[int] = []
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                waiting += [int(child) for child in children.read_text().split()]
    return found


def _memory_of(pid: int) -> Memory:
    sizes = {"Rss": 0, "Pss": 0}
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            name, _, rest = line.partition(":")
            if name in sizes:
                sizes[name] = int(rest.split()[0])
    return Memory(sizes["Rss"] / 1024, sizes["Pss"] / 1024)
