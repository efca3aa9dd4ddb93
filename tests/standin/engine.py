"""A docker engine that can say its version and nothing else, on a socket of its own."""

import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

ANSWER = b'HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{"Version": "20.10.24", "Arch": "amd64"}'


@contextmanager
def answering(path: Path, answer: bytes | None = ANSWER) -> Generator[str]:
    """Answer on a socket at the path while the block runs; with `None` keep silent. Yields the address."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        kept: list[socket.socket] = []

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    if answer is None:
                        kept.append(connection)
                        continue
                    with connection:
                        connection.recv(4096)
                        connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"unix://{path}"
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
            for connection in kept:
                connection.close()
