"""Messages and their frames: whatever comes in, it is sorted and never raises."""

import io
import json
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from scone_ls.lsp.messages import ErrorCode, Json, Malformed, Notification, Request, Response, decode, encode
from scone_ls.lsp.wire import Channel

simple = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
anything = st.recursive(
    simple, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)
parts = st.fixed_dictionaries(
    {},
    optional={
        "jsonrpc": st.just("2.0") | simple,
        "id": simple,
        "method": st.text(max_size=5) | simple,
        "params": anything,
        "result": anything,
        "error": anything,
    },
)


def is_id(value: object) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool)


@given(anything | parts)
def test_every_request_is_answerable_and_nothing_else_is(content: Any):
    body = json.dumps(content).encode()
    match decode(body):
        case Request(identity, method, params):
            assert (content["id"], content["method"]) == (identity, method)
            assert params == (content.get("params") or {})
        case Notification(method, _):
            assert content["method"] == method
            assert "id" not in content
        case Response(identity, value, _):
            assert (content["id"], content.get("result")) == (identity, value)
            assert "method" not in content
        case Malformed(identity, code, _):
            assert identity is None or content["id"] == identity
            assert code is not ErrorCode.PARSE_ERROR
            assert identity is not None or not (isinstance(content, dict) and is_id(cast("Json", content).get("id")))


@given(st.binary(max_size=40))
def test_bytes_that_are_no_message_are_malformed(body: bytes):
    found = decode(body)

    assert isinstance(found, Malformed)


@given(st.dictionaries(st.text(max_size=5), anything))
def test_what_is_sent_can_be_read(message: dict[str, Any]):
    assert json.loads(encode(message)) == message


def test_half_a_surrogate_pair_is_sent():
    assert json.loads(encode({"text": "\ud83d"})) == {"text": "\ud83d"}


class Slow(io.BytesIO):
    """A stream that gives a few bytes at a time."""

    def __init__(self, content: bytes, step: int) -> None:
        super().__init__(content)
        self._step = step

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 0, self._step))


def received(stream: bytes, step: int) -> list[bytes]:
    channel = Channel(Slow(stream, step), io.BytesIO())
    bodies: list[bytes] = []
    while (body := channel.receive()) is not None:
        bodies.append(body)
    return bodies


def framed(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


@given(st.lists(st.binary(min_size=1, max_size=30), max_size=5), st.integers(1, 50))
def test_bodies_arrive_whole_however_the_stream_is_cut(bodies: list[bytes], step: int):
    assert received(b"".join(map(framed, bodies)), step) == bodies


@given(st.binary(max_size=60).filter(lambda noise: b":" not in noise), st.integers(1, 50))
def test_after_noise_the_next_frame_is_found(noise: bytes, step: int):
    assert received(noise + b"\r\n" + framed(b"{}"), step)[-1:] == [b"{}"]


@given(st.binary(max_size=80), st.integers(1, 50))
def test_a_stream_ends_whatever_is_in_it(stream: bytes, step: int):
    received(stream, step)


def test_what_is_sent_is_framed():
    sink = io.BytesIO()
    Channel(Slow(b"", 1), sink).send({"text": "é"})

    assert received(sink.getvalue(), 9) == [b'{"text":"\\u00e9"}']


def test_a_client_that_is_gone_is_no_error():
    sink = io.BytesIO()
    sink.close()
    Channel(Slow(b"", 1), sink).send({})
