"""Getting the settings from the client and putting them to use; what they are is in `settings`."""

import logging
from typing import cast

from scone_ls.lsp import log
from scone_ls.lsp.capabilities import SECTION
from scone_ls.lsp.diagnostics import refresh
from scone_ls.lsp.messages import Json, RefusedError, notification
from scone_ls.lsp.session import Session

_log = logging.getLogger(__name__)
_WARNING = 2
"""`MessageType.Warning` of LSP 3.17."""


async def pull(session: Session) -> None:
    """Ask the client for its settings, if it can be asked, and put them to use."""
    if session.client.configuration:
        try:
            answer = await session.ask("workspace/configuration", {"items": [{"section": SECTION}]})
        except RefusedError as error:
            _log.warning("the client gives no settings: %s", error)
            return
        await renew(session, cast("list[object]", answer)[0] if isinstance(answer, list) and answer else None)


async def renew(session: Session, source: object) -> None:
    """Put settings to use, and see that the diagnostics follow them."""
    before = session.settings
    take(session, source)
    if session.settings != before:
        await refresh(session)


def take(session: Session, source: object = None) -> None:
    """Put settings to use that the client sent, beside those that it started the server with."""
    sources = [own for each in (session.client.options, source) if (own := _section(each))]
    if not sources and session.chosen is None:
        return  # All is as it was by default; pydantic need not be loaded for that.
    from scone_ls.lsp import settings

    reading = settings.read(sources)
    _complain(session, reading.problems)
    before, session.chosen = session.chosen, reading.settings
    if reading.settings.log_level is not None:
        log.change(reading.settings.log_level.value)
    if before is None or before.severity != reading.settings.severity:
        session.use(reading.settings.for_diagnostics())


def _section(source: object) -> object:
    """Return our section of what a client sent: some send it alone, some inside an object of all settings."""
    return cast("Json", source).get(SECTION, source) if isinstance(source, dict) else source


def _complain(session: Session, problems: tuple[str, ...]) -> None:
    for problem in problems:
        _log.warning("settings: %s", problem)
    if problems and problems != session.complaints:
        message = f"{SECTION} settings: {'; '.join(problems)}; what is wrong is ignored"
        session.send(notification("window/showMessage", {"type": _WARNING, "message": message}))
    session.complaints = problems
