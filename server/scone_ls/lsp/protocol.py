"""How pygls is used: it holds the handlers, calls them and keeps account of requests; lsprotocol checks parameters.

What comes in is sorted already (`messages`), so that an object inside with the look of a message stays what it is,
every request gets an answer, and an answer is plain JSON. A client is told what was wrong, never where in this program.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from enum import Enum
from functools import cache, partial
from inspect import iscoroutinefunction
from itertools import count
from typing import Any, cast

from cattrs import Converter
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import JsonRPCProtocol, default_converter
from pygls.server import JsonRPCServer

from scone_ls.lsp.messages import (
    ErrorCode,
    Id,
    Json,
    Malformed,
    Message,
    Notification,
    RefusedError,
    Request,
    Response,
    error,
    result,
)

_log = logging.getLogger(__name__)
_AS_JSON = frozenset((types.TEXT_DOCUMENT_DID_CHANGE,))
"""The methods whose parameters their handlers check, as that has to be done sooner than lsprotocol does it."""


class Protocol(JsonRPCProtocol):
    """One conversation; `connect` comes when all handlers are registered, and before any message."""

    def connect(self, send: Callable[[Json], None], leave: Callable[[int], None]) -> None:
        """Say where messages go, and what is called with the exit code at the end."""
        self._send = send
        self._leave = leave
        self._numbers = count(1)
        features = cast("dict[str, Callable[..., object]]", self.fm.features)  # pyright: ignore[reportUnknownMemberType] -- pygls gives no types.
        self._handled: frozenset[str] = frozenset(features)
        self._waiting = frozenset(name for name, each in features.items() if iscoroutinefunction(each))

    def receive(self, messages: Iterable[Message]) -> None:
        """Take in messages that arrived together, in their order; what is cancelled among them is not begun."""
        together = list(messages)
        cancelled = {
            message.params.get("id")
            for message in together
            if isinstance(message, Notification)
            and message.method == types.CANCEL_REQUEST
            and _is_id(message.params.get("id"))
        }
        for message in together:
            if isinstance(message, Request) and message.id in cancelled:
                self._refuse(message.id, ErrorCode.REQUEST_CANCELLED, "cancelled")
            else:
                self._receive(message)

    def ask(self, method: str, params: Json) -> "asyncio.Future[Any]":
        """Send a request to the client; its answer is awaited as plain JSON, or `RefusedError`."""
        identity = f"scone-ls-{next(self._numbers)}"
        future: Future[Any] = Future()
        self._request_futures[identity] = future
        self._send({"jsonrpc": "2.0", "id": identity, "method": method, "params": params})
        return asyncio.wrap_future(future)

    def end(self) -> None:
        """Take in that the client is gone, or that it wants us gone."""
        self._leave(0 if self._shutdown else 1)

    def cancel_all(self) -> None:
        """Cancel all that is under way."""
        for future in list(self._request_futures.values()):
            future.cancel()

    def _receive(self, message: Message) -> None:
        match message:
            case Request(identity, method, params):
                self._request(identity, method, params)
            case Notification(method, params):
                self._notification(method, params)
            case Response(identity, value, refusal):
                self._response(identity, value, refusal)
            case Malformed(identity, code, reason):
                self._refuse(identity, code, reason)

    def _request(self, identity: Id, method: str, params: Json) -> None:
        if self._shutdown or method == types.INITIALIZE:
            reason = "the server is shut down" if self._shutdown else "`initialize` comes only once"
            self._refuse(identity, ErrorCode.INVALID_REQUEST, reason)
        elif method == types.SHUTDOWN:
            self._shutdown = True
            self.cancel_all()
            self._send(result(identity, None))
        elif method not in self._handled:
            self._refuse(identity, ErrorCode.METHOD_NOT_FOUND, f"there is no `{method}` here")
        else:
            try:
                structured = self._structured(method, params)
            except Exception:  # noqa: BLE001 -- Whatever is wrong with them, cattrs and attrs have many words for it.
                _log.debug("bad parameters of `%s`", method, exc_info=True)
                self._refuse(identity, ErrorCode.INVALID_PARAMS, f"these are no parameters of `{method}`")
                return
            self._execute_handler(
                identity, self._get_handler(method), partial(self._finish, identity, method), (structured,)
            )

    def _finish(self, identity: Id, method: str, future: "Future[Any]") -> None:
        self._request_futures.pop(identity, None)
        if future.cancelled():
            self._refuse(identity, ErrorCode.REQUEST_CANCELLED, "cancelled")
            return
        failure = future.exception()
        if isinstance(failure, JsonRpcException):
            self._refuse(identity, ErrorCode(failure.code), failure.message)
            return
        if failure is not None:
            _log.error("`%s` failed", method, exc_info=failure)
        self._send(result(identity, None if failure is not None else future.result()))

    def _notification(self, method: str, params: Json) -> None:
        if method == types.EXIT:
            self.end()
        elif method == types.CANCEL_REQUEST:
            identity = params.get("id")
            future = self._request_futures.get(identity) if isinstance(identity, int | str) else None
            if future is not None:
                future.cancel()
        elif not self._shutdown and method in self._handled:
            try:
                structured = self._structured(method, params)
            except Exception:  # noqa: BLE001 -- As above; nobody waits for an answer.
                _log.warning("bad parameters of `%s`", method, exc_info=True)
                return
            self._tell(method, structured)

    def _tell(self, method: str, params: object) -> None:
        """Hand a notification to its handler: at once, without pygls looking what sort it is, if it does not wait."""
        handler = self._get_handler(method)
        if method in self._waiting:
            identity = f"notified-{next(self._numbers)}"
            self._execute_handler(identity, handler, partial(self._end, identity, method), (params,))
            return
        try:
            handler(params)
        except Exception:  # noqa: BLE001 -- Whatever goes wrong, the server goes on.
            _log.exception("`%s` failed", method)

    def _end(self, identity: Id, method: str, future: "Future[Any]") -> None:
        self._request_futures.pop(identity, None)
        if not future.cancelled() and (failure := future.exception()) is not None:
            _log.error("`%s` failed", method, exc_info=failure)

    def _response(self, identity: Id, value: object, refusal: Json | None) -> None:
        future = self._request_futures.pop(identity, None)
        if future is None or future.done():
            return
        if refusal is None:
            future.set_result(value)
        else:
            future.set_exception(RefusedError(str(refusal.get("message"))))

    def _refuse(self, identity: Id | None, code: ErrorCode, reason: str) -> None:
        self._send(error(identity, code, reason))

    def _structured(self, method: str, params: Json) -> object:
        if method in _AS_JSON:
            return params
        kind = types.METHOD_TO_TYPES[method][2]
        return None if kind is None else self._converter.structure(params, kind)


class Server(JsonRPCServer):
    """What pygls calls the server: the keeper of the handlers."""

    protocol: Protocol  # pyright: ignore[reportIncompatibleVariableOverride] -- It is never another one.

    def __init__(self) -> None:
        super().__init__(Protocol, converter)


def prepare(methods: Iterable[str]) -> None:
    """Have what checks the parameters of these methods compiled, which otherwise their first message would wait for."""
    for method in methods:
        converter().get_structure_hook(types.METHOD_TO_TYPES[method][2])


@cache
def converter() -> Converter:
    """Make what checks parameters: strict about their shape, lenient about values of enumerations that are new to us."""
    lenient = default_converter()

    def structure(value: object, kind: type[Enum]) -> object:
        try:
            return kind(value)
        except ValueError:
            return value

    for kind in vars(types).values():
        if isinstance(kind, type) and issubclass(kind, Enum):
            lenient.register_structure_hook(kind, structure)
    return lenient


def _is_id(value: object) -> bool:
    return isinstance(value, int | str)
