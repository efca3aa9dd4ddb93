"""Times one generated manifest in several servers at once, edit by edit in shuffled order.

All servers are alive at the same time and take turns, so a noisy machine is equally noisy for each of them. Every
edit waits until the server has been quiet for a while; so a publish always belongs to the edit before it, also in a
server that publishes without a version.
"""

import random
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from benchmarks.client import Client, Memory, OpenDocument, Server, ServerDiedError
from benchmarks.generate import manifest, value_line

# Seconds without a publish after which an edit has come to rest. The delay of the slowest server (0.2 s) lies before
# its first publish, so it need not be waited for here.
_QUIET = 0.06
_OPEN_QUIET = 0.4
_WARM_UP = 3
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: edits of each sort, openings, starts, and the limit of one wait in seconds."""

    edits: int
    openings: int
    starts: int
    timeout: float
    seed: int


@dataclass(slots=True)
class Timings:
    """What was measured of one server on one text: milliseconds by metric, and memory after opening."""

    milliseconds: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    memory: Memory | None = None
    failures: list[str] = field(default_factory=list[str])

    def add(self, metric: str, milliseconds: float) -> None:
        """Keep one figure."""
        self.milliseconds.setdefault(metric, []).append(milliseconds)


@dataclass(frozen=True, slots=True)
class _Seat:
    """One server with the document that is typed in, and the line of it where the typing happens."""

    client: Client
    folder_uri: str
    kind: str
    document: OpenDocument
    line: int
    timings: Timings


def time_starts(servers: Sequence[Server], kind: str, lines: int, plan: Plan) -> dict[str, Timings]:
    """Start each server so many times; time the answer of `initialize` and the first diagnostics of a file."""
    text = manifest(kind, lines)
    order = random.Random(plan.seed)
    results = {server.name: Timings() for server in servers}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(plan.starts):
            for server in _shuffled(servers, order):
                _guarded(
                    results[server.name],
                    lambda server=server: _start_once(server, Path(folder), text, kind, results[server.name], plan),
                )
    return results


def time_edits(servers: Sequence[Server], kind: str, lines: int, plan: Plan) -> dict[str, Timings]:
    """Open a manifest of so many lines in every server, then time what an editor does while somebody types."""
    text = manifest(kind, lines)
    order = random.Random(plan.seed)
    results = {server.name: Timings() for server in servers}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        base = Path(folder).as_uri()
        seats: list[_Seat] = []
        for server in servers:
            client = Client(server, Path(folder))
            running.callback(client.stop)
            client.initialize()
            document = OpenDocument(client, f"{base}/{kind}.yaml", text)
            line = value_line(text)
            seats.append(_Seat(client, base, kind, document, line, results[server.name]))
        time.sleep(0.5)
        for metric in (_open, _type_value, _type_key, _complete, _hover):
            seats = _take_turns(seats, metric, order, plan)
    return results


def _start_once(server: Server, folder: Path, text: str, kind: str, timings: Timings, plan: Plan) -> None:
    path = folder / f"{kind}.yaml"
    path.write_text(text, encoding="utf-8")
    client = Client(server, folder)
    try:
        timings.add("initialize", client.initialize(plan.timeout))
        document = OpenDocument(client, path.as_uri(), text)
        client.write(document.opened())
        first, _ = client.diagnostics(path.as_uri(), 1, _OPEN_QUIET, plan.timeout)
        timings.add("start to diagnostics", (first.at - client.spawned) * 1000)
    finally:
        client.stop()


_Turn = Callable[[_Seat, int], None]
_Metric = Callable[[Plan], tuple[int, _Turn]]


def _take_turns(seats: list[_Seat], metric: _Metric, order: random.Random, plan: Plan) -> list[_Seat]:
    """Let every seat take each turn of a metric; return the seats that are still alive."""
    turns, turn = metric(plan)
    for number in range(turns):
        for seat in _shuffled(seats, order):
            if not seat.timings.failures:
                _guarded(seat.timings, lambda seat=seat, number=number: turn(seat, number))
    return [seat for seat in seats if not seat.timings.failures]


def _open(plan: Plan) -> tuple[int, _Turn]:
    """Open the text under another name each time: a server may know again what it had open before."""

    def turn(seat: _Seat, number: int) -> None:
        document = seat.document
        if number:
            seat.client.write(document.closed())
            time.sleep(0.3)
            seat.client.forget_published()
        document.uri = seat.folder_uri + f"/{seat.kind}-{number}.yaml"
        begun = time.perf_counter()
        seat.client.write(document.opened())
        first, last = seat.client.diagnostics(document.uri, 1, _OPEN_QUIET, plan.timeout)
        seat.timings.add("open", (first.at - begun) * 1000)
        seat.timings.add("open, last push", (last.at - begun) * 1000)
        if not number:
            time.sleep(0.5)
            seat.timings.memory = seat.client.memory()

    return plan.openings, turn


def _type_value(plan: Plan) -> tuple[int, _Turn]:
    """Type one character after the other at the end of a value."""

    def turn(seat: _Seat, number: int) -> None:
        end = len(seat.document.lines[seat.line])
        message = seat.document.replaced(seat.line, end, end, "abcdefghij"[number % 10])
        _edit(seat, message, "keystroke" if number >= _WARM_UP else None, plan)

    return plan.edits + _WARM_UP, turn


def _type_key(plan: Plan) -> tuple[int, _Turn]:
    """Type a word letter by letter on a line of its own: a half-typed key, which is a mistake until it is whole."""
    word = "kind"

    def turn(seat: _Seat, number: int) -> None:
        line, document = seat.line, seat.document
        letter = number % (len(word) + 1)
        if letter:
            end = len(document.lines[line + 1])
            message = document.replaced(line + 1, end, end, word[letter - 1])
            if not _edit(seat, message, "half-typed key", plan):
                raise ServerDiedError(f"{seat.client.server.name} does not see a half-typed key")
            return
        if number:
            _edit(seat, document.without_line(line + 1), None, plan)
        end = len(document.lines[line])
        indentation = " " * document.lines[line].index("value")
        _edit(seat, document.replaced(line, end, end, "\n" + indentation), None, plan)

    whole_words = max(1, plan.edits // len(word))
    return whole_words * (len(word) + 1), turn


def _complete(plan: Plan) -> tuple[int, _Turn]:
    def turn(seat: _Seat, number: int) -> None:
        # The half-typed key is still there; its letters are taken away and put back.
        line = seat.line + 1
        indentation = " " * seat.document.lines[seat.line].index("value")
        wanted = "ki" if number % 2 else "kin"
        old = seat.document.lines[line]
        message = seat.document.replaced(line, len(indentation), len(old), wanted)
        place = seat.document.at(line, len(indentation) + len(wanted))
        _edit_and_ask(seat, message, "textDocument/completion", place, ("edit+completion", plan))

    return plan.edits, turn


def _hover(plan: Plan) -> tuple[int, _Turn]:
    def turn(seat: _Seat, number: int) -> None:
        end = len(seat.document.lines[seat.line])
        message = seat.document.replaced(seat.line, end, end, "abcdefghij"[number % 10])
        column = seat.document.lines[seat.line].index("value") + 1
        place = seat.document.at(seat.line, column)
        _edit_and_ask(seat, message, "textDocument/hover", place, ("edit+hover", plan))

    return plan.edits, turn


def _edit(seat: _Seat, message: bytes, metric: str | None, plan: Plan) -> int:
    """Send a change, time the first publish after it, and return the number of diagnostics once it is quiet."""
    begun = time.perf_counter()
    seat.client.write(message)
    first, last = seat.client.diagnostics(seat.document.uri, seat.document.version, _QUIET, plan.timeout)
    if metric:
        seat.timings.add(metric, (first.at - begun) * 1000)
    return len(last.diagnostics)


def _edit_and_ask(seat: _Seat, message: bytes, method: str, place: object, what: tuple[str, Plan]) -> None:
    """Send a change and a request back to back; the answer has to know the change."""
    metric, plan = what
    number, request = seat.client.encoded_request(method, place)
    begun = time.perf_counter()
    seat.client.write(message + request)
    answer = seat.client.answer(number, plan.timeout)
    if answer.error or not answer.result:
        raise ServerDiedError(f"{method} gave {answer.error or 'nothing'}")
    seat.timings.add(metric, (answer.at - begun) * 1000)
    seat.client.diagnostics(seat.document.uri, seat.document.version, _QUIET, plan.timeout)


def _guarded(timings: Timings, act: Callable[[], None]) -> None:
    """Act, and note it where a server ends or hangs; the others go on."""
    try:
        act()
    except (ServerDiedError, TimeoutError) as error:
        timings.failures.append(str(error))


def _shuffled(things: Sequence[_T], order: random.Random) -> list[_T]:
    mixed = list(things)
    order.shuffle(mixed)
    return mixed
