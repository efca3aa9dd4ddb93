"""What a client says arrives, whoever reads it: the thread that answers, or one of its own."""

import asyncio
import io
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from scone_ls.lsp.inbox import Inbox, inbox
from scone_ls.lsp.messages import Message, Notification
from scone_ls.lsp.wire import Channel

SECONDS = 20
MANY = 5_000_000
"""More bytes than any pipe or socket holds."""

posix_only = pytest.mark.skipif(os.name != "posix", reason="streams do not tell when they are ready")


def framed(message: object) -> bytes:
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def said(method: str, **params: str) -> bytes:
    return framed({"jsonrpc": "2.0", "method": method, "params": params})


class Connection:
    """A client at the other end of a channel."""

    def __init__(self, *, is_polled: bool) -> None:
        self.client, server = socket.socketpair()
        self.client.settimeout(SECONDS)
        descriptors = (server.fileno(), server.fileno()) if is_polled else None
        self.channel = Channel(server.makefile("rb", buffering=0), server.makefile("wb"), descriptors)
        self._server = server

    def close(self) -> None:
        self.client.close()
        self._server.close()


@pytest.fixture(params=[pytest.param(True, id="polled", marks=posix_only), pytest.param(False, id="read")])
def connection(request: pytest.FixtureRequest) -> Iterator[Connection]:
    made = Connection(is_polled=request.param)
    yield made
    made.close()


def waited_for(messages: Inbox, count: int) -> list[Message | None]:
    found: list[Message | None] = []
    while len(found) < count:
        messages.wait()
        found += messages.take()
    return found


def test_messages_arrive_in_their_order_and_then_the_end(connection: Connection):
    messages = inbox(connection.channel)
    connection.client.sendall(said("one") + said("two")[:10])
    connection.client.sendall(said("two")[10:])
    connection.client.shutdown(socket.SHUT_WR)

    assert waited_for(messages, 3) == [Notification("one", {}), Notification("two", {}), None]


def test_a_knock_ends_the_waiting(connection: Connection):
    messages = inbox(connection.channel)
    timer = threading.Timer(0.05, messages.knock)
    timer.start()
    messages.wait()

    assert messages.take() == []


def test_in_a_loop_whatever_arrives_is_told(connection: Connection):
    """Also what came in while somebody only peeked."""
    messages = inbox(connection.channel)
    heard: list[Message | None] = []

    async def converse() -> None:
        ended = asyncio.get_running_loop().create_future()

        def hear() -> None:
            taken = messages.take()
            if Notification("one", {}) in taken:
                connection.client.sendall(said("two"))
                connection.client.shutdown(socket.SHUT_WR)
                while len(messages.peek()) < 2:
                    pass
            heard.extend(taken)
            if None in taken and not ended.done():
                ended.set_result(None)

        messages.call_on_arrival(asyncio.get_running_loop(), hear)
        connection.client.sendall(said("one"))
        await asyncio.wait_for(ended, SECONDS)
        messages.fall_silent()

    asyncio.run(converse())

    assert heard == [Notification("one", {}), Notification("two", {}), None]


@posix_only
def test_two_who_talk_at_the_same_time_do_not_wait_for_each_other_for_ever():
    connection = Connection(is_polled=True)
    messages = inbox(connection.channel)
    received = bytearray()

    def talk() -> None:
        connection.client.sendall(said("talk", text="x" * MANY))
        while len(received) < MANY:
            received.extend(connection.client.recv(1 << 20))

    both = [
        threading.Thread(target=talk, daemon=True),
        threading.Thread(target=connection.channel.send, args=({"text": "y" * MANY},), daemon=True),
    ]
    for one in both:
        one.start()
    for one in both:
        one.join(SECONDS)

    assert not any(one.is_alive() for one in both)
    assert waited_for(messages, 1) == [Notification("talk", {"text": "x" * MANY})]
    connection.close()


@posix_only
def test_a_client_that_went_away_while_we_talk_is_no_error():
    connection = Connection(is_polled=True)
    connection.client.close()
    connection.channel.send({"text": "y" * MANY})

    assert connection.channel.receive() is None
    connection.close()


def test_a_conversation_from_a_file_is_answered(tmp_path: Path):
    """A file does not tell when it is ready, so a thread reads it."""
    text = "apiVersion: scone/5.8\nkind: genservice\nbuild:\n  knid: python\n"
    document = {"uri": "file:///a.yaml", "languageId": "yaml", "version": 1, "text": text}
    talk = tmp_path / "talk"
    talk.write_bytes(
        framed({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}})
        + framed({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}})
        + framed({"jsonrpc": "2.0", "id": 2, "method": "shutdown"})
        + framed({"jsonrpc": "2.0", "method": "exit"})
    )
    with talk.open("rb") as source:
        run = subprocess.run(
            [sys.executable, "-m", "scone_ls", "serve"], stdin=source, capture_output=True, timeout=SECONDS, check=False
        )

    assert run.returncode == 0, run.stderr
    channel, methods = Channel(io.BytesIO(run.stdout), io.BytesIO()), list[object]()
    while (body := channel.receive()) is not None:
        message = json.loads(body)
        methods.append(message.get("method", message.get("id")))
    assert methods[0] == 1
    assert methods[-1] == 2
    assert "textDocument/publishDiagnostics" in methods
