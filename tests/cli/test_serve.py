"""Where `scone-ls serve` listens."""

import socket

import pytest

from scone_ls.cli.failure import Failure
from scone_ls.cli.serve import loopback
from tests.cli.command import Outcome, program, scone_ls


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("127.0.0.1:2087", ("127.0.0.1", 2087)),
        ("localhost:1", ("localhost", 1)),
        ("[::1]:2087", ("::1", 2087)),
        ("::1:2087", ("::1", 2087)),
        ("127.1.2.3:65535", ("127.1.2.3", 65535)),
    ],
)
def test_an_address_of_this_machine(written: str, address: tuple[str, int]):
    assert address == loopback(written)


@pytest.mark.parametrize("written", ["0.0.0.0:2087", "192.0.2.1:80", "example.com:80", "[::]:80", ":80"])
def test_an_address_that_others_could_reach(written: str):
    with pytest.raises(Failure, match="is not this machine's own address"):
        loopback(written)


@pytest.mark.parametrize(
    "written", ["", "2087", "localhost", "localhost:", "localhost:x", "localhost:0", "localhost:65536", "127.0.0.1:-1"]
)
def test_what_is_no_address(written: str):
    with pytest.raises(Failure, match="is no address; write it as HOST:PORT"):
        loopback(written)


def test_the_refusal_is_one_line():
    assert Outcome(
        2,
        "",
        "scone-ls: `0.0.0.0` is not this machine's own address; --tcp takes localhost, 127.0.0.1 or [::1]\n",
    ) == scone_ls("serve", "--tcp", "0.0.0.0:2087")


def test_a_port_that_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        outcome = program("serve", "--tcp", address)

    assert (2, "") == outcome[:2]
    assert f"scone-ls: can't serve on {address}: address already in use" == outcome.err.splitlines()[-1]


def test_a_client_that_says_nothing():
    assert Outcome(1, "", "") == program("serve", "--stdio", stdin="")
