"""The server: what it is made of, and how a conversation goes. Read this first.

`initialize` is answered at once (`handshake`), the core is loaded, then pygls, while documents that are opened
meanwhile get their diagnostics (`loading`). From then on messages are taken as they have queued up: changes are noted
down, requests answered, and the diagnostics of what changed are sent when nothing newer waits.
"""

from scone_ls.lsp import handshake, wire


def serve(tcp: tuple[str, int] | None = None, log_level: str = "warning") -> int:
    """Serve one client, on the standard streams or on a port, and return the exit code.

    Raises:
        ValueError: there is no such log level.
        OSError: the port can't be used.

    """
    channel = wire.standard_streams() if tcp is None else wire.first_client(*tcp)
    client = handshake.greet(channel)
    if client is None:
        return 1
    from scone_ls.lsp import log
    from scone_ls.lsp.inbox import inbox

    log.start(log_level)
    messages = inbox(channel)
    from scone_ls.lsp import configuration, loading, tidying
    from scone_ls.lsp.session import Session

    session = Session(client, channel.send)
    configuration.take(session)
    left = loading.serve_meanwhile(messages, session, _load)
    tidying.start()
    from scone_ls.lsp import conversation

    return conversation.run(messages, session, left)


def _load() -> None:
    from scone_ls.lsp import conversation, protocol

    protocol.prepare(conversation.HANDLERS)
