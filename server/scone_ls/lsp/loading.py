"""What is done while pygls is loaded, which takes half a second: documents that the client opens are checked.

Everything else that the client says waits in its order.
"""

import threading
from collections.abc import Callable

from scone_ls.lsp import convert
from scone_ls.lsp.diagnostics import publish_stale
from scone_ls.lsp.inbox import Inbox
from scone_ls.lsp.messages import Message, Notification
from scone_ls.lsp.session import Session


def serve_meanwhile(inbox: Inbox, session: Session, load: Callable[[], object]) -> list[Message | None]:
    """Run `load` beside, check what the client opens meanwhile, and return the messages that are left, in their order."""
    left: list[Message | None] = []
    _open_first(inbox.take(), session, left)
    loaded = threading.Event()
    threading.Thread(target=_announced, args=(load, loaded, inbox), name="loader", daemon=True).start()
    while not loaded.is_set() and not (left and left[-1] is None):
        inbox.wait()
        _open_first(inbox.take(), session, left)
    loaded.wait()
    return left


def _open_first(messages: list[Message | None], session: Session, left: list[Message | None]) -> None:
    for message in messages:
        opening = convert.opening(message) if not any(map(_concerns_a_text, left)) else None
        if opening is None:
            left.append(message)
        else:
            session.open(*opening)
    publish_stale(session)


def _concerns_a_text(message: Message | None) -> bool:
    """Tell whether a message that waits must be heard before another document is opened."""
    return isinstance(message, Notification) and message.method.startswith("textDocument/did")


def _announced(load: Callable[[], object], loaded: threading.Event, inbox: Inbox) -> None:
    try:
        load()
    except Exception:  # noqa: BLE001, S110 -- The import that follows in the main thread raises it again.
        pass
    finally:
        loaded.set()
        inbox.knock()
