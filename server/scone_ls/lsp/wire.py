"""Message bodies between headers, over the standard streams or a socket; it does not look into a body.

A stream that went out of step (a missing or absurd header, a wrong length) is picked up again at the next
`Content-Length`.
"""

import os
import re
import sys
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
    """The connection to one client; one thread may receive while another sends."""

    def __init__(self, source: Source, sink: IO[bytes]) -> None:
        self._source = source
        self._sink = sink
        self._received = bytearray()

    def receive(self) -> bytes | None:
        """Wait for the next message and return its body; `b""` for what cannot be one, `None` at the end."""
        header_end = self._find_header_end()
        if header_end is None:
            return None
        lengths = _LENGTH.findall(self._received[: header_end + 2])
        del self._received[: header_end + len(_END_OF_HEADER)]
        length = int(lengths[-1]) if lengths else 0
        if not 0 < length <= _LONGEST_BODY:
            return b""
        while len(self._received) < length:
            if not self._more():
                return None
        body = bytes(self._received[:length])
        del self._received[:length]
        return body

    def send(self, message: Json) -> None:
        """Send one message; when the client is gone nothing happens, as the end of what it sends tells so too."""
        body = encode(message)
        try:
            self._sink.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
            self._sink.flush()
        except (OSError, ValueError):  # ValueError: the stream is closed.
            return

    def _find_header_end(self) -> int | None:
        looked = 0
        while (end := self._received.find(_END_OF_HEADER, looked)) < 0:
            if len(self._received) > _LONGEST_HEADER:
                del self._received[: -_LONGEST_HEADER // 2]  # No header is that long; what comes later may hold one.
            looked = max(0, len(self._received) - len(_END_OF_HEADER) + 1)
            if not self._more():
                return None
        return end

    def _more(self) -> bool:
        try:
            chunk = self._source.read(_CHUNK)
        except OSError:
            return False
        self._received += chunk or b""
        return bool(chunk)


def standard_streams() -> Channel:
    """Take over standard input and output; whatever else prints to standard output now goes to standard error."""
    if os.name == "posix":
        os.set_blocking(0, True)
        os.set_blocking(1, True)
    source = open(0, "rb", buffering=0, closefd=False)  # noqa: SIM115 -- Open as long as the process lives.
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return Channel(source, sink)


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
    return Channel(client.makefile("rb", buffering=0), client.makefile("wb"))
