"""JSON-RPC messages as plain data: what comes in is sorted, what goes out is spelled.

Only the outermost object is a message; what lies inside is nobody's business here. No framing, no methods, no pygls.
"""

import json
from enum import IntEnum
from typing import Any, NamedTuple, cast

Json = dict[str, Any]
"""An object as `json` reads it; its values may be anything."""
Id = int | str


class ErrorCode(IntEnum):
    """The error codes of JSON-RPC 2.0 and LSP 3.17 that we send."""

    PARSE_ERROR = -32700
    INVALID_REQUEST = -32600
    METHOD_NOT_FOUND = -32601
    INVALID_PARAMS = -32602
    INTERNAL_ERROR = -32603
    NOT_INITIALIZED = -32002
    REQUEST_CANCELLED = -32800
    REQUEST_FAILED = -32803


class Request(NamedTuple):
    """A message that must be answered."""

    id: Id
    method: str
    params: Json


class Notification(NamedTuple):
    """A message that must not be answered."""

    method: str
    params: Json


class Response(NamedTuple):
    """The client's answer to a request of ours; `error` is `None` when it went well."""

    id: Id
    result: Any
    error: Json | None


class Malformed(NamedTuple):
    """What is no message; `id` is that of the request it was meant to be, as far as it can be told."""

    id: Id | None
    code: ErrorCode
    reason: str


Message = Request | Notification | Response | Malformed


class RefusedError(Exception):
    """The client answered a request of ours with an error, whose text this is."""


def decode(body: bytes) -> Message:
    """Read one message; a text that is no JSON or no message gives `Malformed`, never an exception."""
    try:
        content: Any = json.loads(body)
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError.
        return Malformed(None, ErrorCode.PARSE_ERROR, "the message is not JSON in UTF-8")
    if not isinstance(content, dict):
        return Malformed(None, ErrorCode.INVALID_REQUEST, "a message is one JSON object")
    message = cast("Json", content)
    identity = message.get("id")
    known = identity if isinstance(identity, int | str) and not isinstance(identity, bool) else None
    if message.get("jsonrpc") != "2.0":
        return Malformed(known, ErrorCode.INVALID_REQUEST, 'a message has `"jsonrpc": "2.0"`')
    if "method" in message:
        return _call(message, known)
    if known is None or not ("result" in message or "error" in message):
        return Malformed(
            known, ErrorCode.INVALID_REQUEST, "a message has a `method`, or an `id` with a `result` or an `error`"
        )
    error = message.get("error")
    return Response(known, message.get("result"), error if isinstance(error, dict) else None)


def _call(message: Json, identity: Id | None) -> Message:
    method, params = message["method"], message.get("params")
    if not isinstance(method, str):
        return Malformed(identity, ErrorCode.INVALID_REQUEST, "`method` is a string")
    if "id" in message and identity is None:
        return Malformed(None, ErrorCode.INVALID_REQUEST, "`id` is an integer or a string")
    if params is None:
        params = {}
    if not isinstance(params, dict):
        # A notification cannot be answered; without its parameters its handler will drop it.
        return (
            Notification(method, {})
            if identity is None
            else Malformed(identity, ErrorCode.INVALID_PARAMS, "`params` is an object")
        )
    fields = cast("Json", params)
    return Notification(method, fields) if identity is None else Request(identity, method, fields)


def encode(message: Json) -> bytes:
    """Spell a message; pure ASCII, so that half a surrogate pair in a text does no harm."""
    return _ENCODER.encode(message).encode("ascii")


def result(identity: Id, value: object) -> Json:
    """The answer to a request."""
    return {"jsonrpc": "2.0", "id": identity, "result": value}


def error(identity: Id | None, code: ErrorCode, reason: str) -> Json:
    """The refusal of a request; `identity` is `None` when it could not be read."""
    return {"jsonrpc": "2.0", "id": identity, "error": {"code": int(code), "message": reason}}


def notification(method: str, params: Json) -> Json:
    """A message to which no answer comes."""
    return {"jsonrpc": "2.0", "method": method, "params": params}


_ENCODER = json.JSONEncoder(separators=(",", ":"), check_circular=False)
