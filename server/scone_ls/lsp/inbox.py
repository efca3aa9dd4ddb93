"""What the client has said and nobody has heard yet; read by a thread of its own, so that nothing has to wait to be seen.

Seeing what is queued is what lets several changes be taken as one, and a cancelled request go unanswered.
"""

import threading
from collections import deque
from collections.abc import Callable

from scone_ls.lsp.messages import Message, decode
from scone_ls.lsp.wire import Channel


class Inbox:
    """The queue of messages; `None` in it says that no more will come."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._queue: deque[Message | None] = deque()
        self._arrived = threading.Condition()
        self._knocked = False
        self._wake: Callable[[], object] | None = None

    def start(self) -> None:
        """Begin to read; the thread ends with the stream, or with the process."""
        threading.Thread(target=self._read, name="inbox", daemon=True).start()

    def wait(self) -> None:
        """Block until there is a message, or until `knock` is called."""
        with self._arrived:
            if not self._queue and not self._knocked:
                self._arrived.wait()

    def knock(self) -> None:
        """End a `wait` for another reason than a message."""
        with self._arrived:
            self._knocked = True
            self._arrived.notify_all()

    def take(self) -> list[Message | None]:
        """Return all that is there, oldest first, without waiting."""
        queue = self._queue
        return [queue.popleft() for _ in range(len(queue))]

    def peek(self) -> tuple[Message | None, ...]:
        """Return what has arrived since, and leave it there."""
        return tuple(self._queue)

    def call_on_arrival(self, wake: Callable[[], object] | None) -> None:
        """From now on call `wake`, in the reading thread, after each message; or nothing any more."""
        self._wake = wake

    def _read(self) -> None:
        try:
            while (body := self._channel.receive()) is not None:
                self._put(decode(body))
        finally:
            self._put(None)

    def _put(self, message: Message | None) -> None:
        with self._arrived:
            self._queue.append(message)
            self._arrived.notify_all()
        if self._wake is not None:
            self._wake()
