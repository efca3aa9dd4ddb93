"""The first words with a client: `initialize` is answered at once.

Hence it imports only what that takes, a few modules of the standard library among them.
"""

from scone_ls.lsp import capabilities
from scone_ls.lsp.messages import (
    ErrorCode,
    Malformed,
    Notification,
    Request,
    Response,
    decode,
    error,
    result,
)
from scone_ls.lsp.wire import Channel


def greet(channel: Channel) -> capabilities.Client | None:
    """Answer `initialize` and return what the client said of itself; `None` when it went away before."""
    while (body := channel.receive()) is not None:
        match decode(body):
            case Request(identity, "initialize", params):
                client = capabilities.client(params)
                channel.send(result(identity, capabilities.offered(client)))
                return client
            case Request(identity):
                channel.send(error(identity, ErrorCode.NOT_INITIALIZED, "the first request is `initialize`"))
            case Malformed(identity, code, reason):
                channel.send(error(identity, code, reason))
            case Notification("exit"):
                return None
            case Notification() | Response():
                pass
    return None
