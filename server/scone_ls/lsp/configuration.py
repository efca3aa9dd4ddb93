"""Getting the settings from the client and from config files, and putting them to use; `preferences` holds them."""

import logging
from collections.abc import Callable
from typing import cast

from scone_ls.lsp.diagnostics import refresh
from scone_ls.lsp.messages import Json, RefusedError
from scone_ls.lsp.session import Session
from scone_ls.settings import SECTION, files

_log = logging.getLogger(__name__)


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
    """Put settings to use that the client sent, and see that the diagnostics follow them."""
    await follow(session, lambda: take(session, source))


async def reread(session: Session) -> None:
    """Read the config files again, as one of them changed, and see that the diagnostics follow them."""
    await follow(session, session.preferences.forget)


async def follow(session: Session, change: Callable[[], object]) -> None:
    """Change what the settings depend on, and see that the diagnostics follow."""
    before = [session.settings_for(opened.uri) for opened in session.opened()]
    change()
    session.reports.clear()
    if before != [session.settings_for(opened.uri) for opened in session.opened()]:
        session.mark_all_stale()
        await refresh(session)


def take(session: Session, source: object = None) -> None:
    """Put settings to use that the client sent, over those that it started the server with."""
    session.preferences.take([own for each in (session.client.options, source) if (own := _section(each))])


def is_config_file(uri: str) -> bool:
    """Tell whether a file may be a config file, by its name."""
    return uri.rpartition("/")[2] in (files.OWN_NAME, files.SHARED_NAME)


def _section(source: object) -> object:
    """Return our section of what a client sent: some send it alone, some inside an object of all settings."""
    return cast("Json", source).get(SECTION, source) if isinstance(source, dict) else source
