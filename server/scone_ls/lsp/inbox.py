"""What the client has said and nobody has heard yet.

Seeing what is queued is what lets several changes be taken as one, and a cancelled request go unanswered. Where the
system tells when something comes in, the thread that answers reads as well, which is the fastest way; elsewhere a
thread of its own reads.
"""

import os
import select
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from scone_ls.lsp.messages import Message, decode
from scone_ls.lsp.wire import Channel

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

_READS = 64
"""So often more is read before what has come is answered."""


def inbox(channel: Channel) -> "Inbox":
    """Return the inbox of a channel; from now on only it receives."""
    return _Read(channel) if channel.descriptors is None else _Polled(channel, channel.descriptors[0])


class Inbox(ABC):
    """The queue of messages; `None` in it says that no more will come."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._queue: deque[Message | None] = deque()

    @abstractmethod
    def wait(self) -> None:
        """Block until there is a message, or until `knock` is called."""

    @abstractmethod
    def knock(self) -> None:
        """End a `wait` for another reason than a message; any thread may do so."""

    @abstractmethod
    def take(self) -> list[Message | None]:
        """Return all that is there, oldest first, without waiting."""

    @abstractmethod
    def peek(self) -> tuple[Message | None, ...]:
        """Return what has arrived since, and leave it there."""

    @abstractmethod
    def call_on_arrival(self, loop: "AbstractEventLoop", hear: Callable[[], object]) -> None:
        """From now on `hear` is called in a loop when there are messages; nobody waits any more."""

    @abstractmethod
    def fall_silent(self) -> None:
        """Call nobody any more."""

    def _taken(self) -> list[Message | None]:
        queue = self._queue
        return [queue.popleft() for _ in range(len(queue))]


class _Polled(Inbox):
    """Read by whoever takes from it."""

    def __init__(self, channel: Channel, source: int) -> None:
        super().__init__(channel)
        self._source = source
        self._has_ended = False
        self._loop: AbstractEventLoop | None = None
        self._hear: Callable[[], object] | None = None
        self._bell, self._rope = os.pipe()
        self._poll = select.poll()
        for descriptor in (source, self._bell):
            self._poll.register(descriptor, select.POLLIN)

    def wait(self) -> None:
        self._look()
        while not self._queue and all(descriptor == self._source for descriptor, _ in self._poll.poll()):
            self._look()

    def knock(self) -> None:
        os.write(self._rope, b"!")

    def take(self) -> list[Message | None]:
        self._look()
        return self._taken()

    def peek(self) -> tuple[Message | None, ...]:
        self._look()
        if self._queue and self._loop is not None and self._hear is not None:
            self._loop.call_soon(self._hear)  # The stream has nothing more to tell of what is in the queue.
        return tuple(self._queue)

    def call_on_arrival(self, loop: "AbstractEventLoop", hear: Callable[[], object]) -> None:
        self._loop, self._hear = loop, hear
        loop.add_reader(self._source, hear)
        self._channel.heard_while_sending = lambda: loop.call_soon(hear)

    def fall_silent(self) -> None:
        self._channel.heard_while_sending = self._hear = None
        if self._loop is not None:
            self._loop.remove_reader(self._source)

    def _look(self) -> None:
        """Queue what has come in."""
        for _ in range(_READS):
            if not self._channel.is_readable():
                break
            self._channel.more()
        while (body := self._channel.complete()) is not None:
            self._queue.append(decode(body))
        if self._channel.ended and not self._has_ended:
            self._has_ended = True
            self._queue.append(None)
            if self._loop is not None:
                self._loop.remove_reader(self._source)  # It would tell of the end again and again.


class _Read(Inbox):
    """Read by a thread, which ends with the stream or with the process."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(channel)
        self._arrived = threading.Condition()
        self._knocked = False
        self._wake: Callable[[], object] | None = None
        threading.Thread(target=self._read, name="inbox", daemon=True).start()

    def wait(self) -> None:
        with self._arrived:
            if not self._queue and not self._knocked:
                self._arrived.wait()

    def knock(self) -> None:
        with self._arrived:
            self._knocked = True
            self._arrived.notify_all()

    def take(self) -> list[Message | None]:
        return self._taken()

    def peek(self) -> tuple[Message | None, ...]:
        return tuple(self._queue)

    def call_on_arrival(self, loop: "AbstractEventLoop", hear: Callable[[], object]) -> None:
        self._wake = lambda: loop.call_soon_threadsafe(hear)

    def fall_silent(self) -> None:
        self._wake = None

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
