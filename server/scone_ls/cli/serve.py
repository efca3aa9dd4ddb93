"""`scone-ls serve`: the language server, on standard input and output or, to look at it, on a local port."""

import ipaddress
import sys
from dataclasses import dataclass

from scone_ls.cli.failure import Failure
from scone_ls.files.failure import reason

_HIGHEST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    tcp: str | None
    log_level: str


def run(options: Options) -> int:
    """Serve until the client ends it; raises `Failure` where that can't begin."""
    address = None if options.tcp is None else loopback(options.tcp)
    from scone_ls.lsp.server import serve

    if address is not None:
        print(f"serving on {options.tcp}, for this machine only", file=sys.stderr, flush=True)
    try:
        return serve(tcp=address, log_level=options.log_level)
    except OSError as error:
        if address is None:
            raise
        raise Failure(f"can't serve on {options.tcp}: {reason(error)}") from error


def loopback(written: str) -> tuple[str, int]:
    """Return host and port of `HOST:PORT`; raises `Failure` for what other machines could reach."""
    host, colon, port = written.rpartition(":")
    if not colon or not port.isdecimal() or not 1 <= int(port) <= _HIGHEST_PORT:
        raise Failure(f"`{written}` is no address; write it as HOST:PORT, such as 127.0.0.1:2087")
    host = host.removeprefix("[").removesuffix("]")
    if host == "localhost":
        return host, int(port)
    try:
        local = ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = False
    if not local:
        raise Failure(f"`{host}` is not this machine's own address; --tcp takes localhost, 127.0.0.1 or [::1]")
    return host, int(port)
