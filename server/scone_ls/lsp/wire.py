"""Message bodies between headers, over the standard streams or a socket; it does not look into a body.

A stream that went out of step (a missing or absurd header, a wrong length) is picked up again at the next
`Content-Length`.
"""

import os
import re
import select
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Protocol

from scone_ls.lsp.messages import Json, encode

_CHUNK = 1 << 16
_LONGEST_HEADER = 1 << 13
_LONGEST_BODY = 1 << 30
_LENGTH = re.compile(rb"content-length[ \t]*:[ \t]*(\d{1,12})[ \t]*(?:\r\n|\Z)", re.IGNORECASE)
_END_OF_HEADER = b"\r\n\r\n"


class Source(Protocol):
    """What bytes are read from, unbuffered."""

    def read(self, size: int, /) -> bytes | None:
        """Return at most so many bytes as soon as there are any; none at the end."""
        ...


class Channel:
    """The connection to one client; one thread may receive while another sends.

    Where the system tells when streams are ready, `descriptors` are those of the source and the sink. Then all may be
    done in one thread: nothing blocks but `receive`, as `send` takes in what comes while the client does not read.
    """

    def __init__(self, source: Source, sink: IO[bytes], descriptors: tuple[int, int] | None = None) -> None:
        self._source = source
        self._sink = sink
        self.descriptors = descriptors
        self.heard_while_sending: Callable[[], object] | None = None
        """Called when something came in while a message was sent."""
        self.ended = False
        """Whether nothing more will come."""
        self._received = bytearray()
        self._looked = 0
        self._length: int | None = None
        if descriptors is not None:
            source_of, sink_of = descriptors
            self._readable, self._writable, self._either = select.poll(), select.poll(), select.poll()
            self._readable.register(source_of, select.POLLIN)
            self._writable.register(sink_of, select.POLLOUT)
            self._either.register(source_of, select.POLLIN)
            self._either.register(sink_of, select.POLLOUT | (select.POLLIN if sink_of == source_of else 0))

    def receive(self) -> bytes | None:
        """Wait for the next message and return its body; `b""` for what cannot be one, `None` at the end."""
        while (body := self.complete()) is None:
            if not self.more():
                return None
        return body

    def complete(self) -> bytes | None:
        """Return the body of a message that has come in whole, `b""` for what cannot be one, `None` if there is none."""
        if self._length is None:
            header_end = self._received.find(_END_OF_HEADER, self._looked)
            if header_end < 0:
                if len(self._received) > _LONGEST_HEADER:
                    # No header is that long; what comes later may hold one.
                    del self._received[: -_LONGEST_HEADER // 2]
                self._looked = max(0, len(self._received) - len(_END_OF_HEADER) + 1)
                return None
            lengths = _LENGTH.findall(self._received[: header_end + 2])
            del self._received[: header_end + len(_END_OF_HEADER)]
            self._looked = 0
            length = int(lengths[-1]) if lengths else 0
            if not 0 < length <= _LONGEST_BODY:
                return b""
            self._length = length
        if len(self._received) < self._length:
            return None
        body = bytes(self._received[: self._length])
        del self._received[: self._length]
        self._length = None
        return body

    def more(self) -> bool:
        """Take in what comes next, and wait until something does; tell whether there was anything."""
        try:
            chunk = self._source.read(_CHUNK)
        except OSError:
            chunk = None
        self._received += chunk or b""
        self.ended = not chunk
        return not self.ended

    def is_readable(self) -> bool:
        """Tell whether `more` would not wait; only where there are descriptors."""
        return not self.ended and bool(self._readable.poll(0))

    def send(self, message: Json) -> None:
        """Send one message; when the client is gone nothing happens, as the end of what it sends tells so too."""
        body = encode(message)
        data = b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
        try:
            if self.descriptors is None:
                self._sink.write(data)
                self._sink.flush()
            else:
                self._write(data, self.descriptors[1])
        except (OSError, ValueError):  # ValueError: the stream is closed.
            return

    def _write(self, data: bytes, sink: int) -> None:
        """Write piece by piece, as much as is sure not to block; a client that waits for us to read gets its way."""
        rest = memoryview(data)
        has_heard = False
        while rest:
            if self._writable.poll(0) or self.ended:
                with suppress(BlockingIOError):  # Somebody who shares the stream does not want to wait for it.
                    rest = rest[os.write(sink, rest[: select.PIPE_BUF]) :]
                continue
            self._either.poll()
            if self.is_readable():
                self.more()
                has_heard = True
        if has_heard and self.heard_while_sending is not None:
            self.heard_while_sending()


def standard_streams() -> Channel:
    """Take over standard input and output; whatever else prints to standard output now goes to standard error."""
    if os.name == "posix":
        os.set_blocking(0, True)
        os.set_blocking(1, True)
    source = open(0, "rb", buffering=0, closefd=False)  # noqa: SIM115 -- Open as long as the process lives.
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return Channel(source, sink, (0, sink.fileno()) if _tells_when_ready(0) else None)


def first_client(host: str, port: int) -> Channel:
    """Wait for one client on a TCP port; there is no protection, so the host should be this machine.

    Raises:
        OSError: the port can't be listened at.

    """
    import socket

    family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.create_server(address, family=family) as listener:
        client, _ = listener.accept()
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    descriptors = (client.fileno(), client.fileno()) if _tells_when_ready(client.fileno()) else None
    return Channel(client.makefile("rb", buffering=0), client.makefile("wb"), descriptors)


def _tells_when_ready(descriptor: int) -> bool:
    """Tell whether the system says when there is something to read: of pipes and sockets, if it is no Windows."""
    if os.name != "posix":
        return False
    mode = os.fstat(descriptor).st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
