"""The diagnostics of all files of the workspace, for clients that pull them.

What was found in a file is kept until something changes that it depends on, and not sent again to who has it. Files that
are open are among them: some clients renew those by this request as well.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping

from lsprotocol import types

from scone_ls.lsp import diagnostics
from scone_ls.lsp.beside import beside
from scone_ls.lsp.diagnostics import found_in, names
from scone_ls.lsp.messages import Json, notification
from scone_ls.lsp.pace import Pace
from scone_ls.lsp.progress import Tell, shown
from scone_ls.lsp.session import Session

_PART = 50
"""Reports that are sent together."""


async def report(session: Session, params: types.WorkspaceDiagnosticParams) -> Json:
    """Answer a pull, as soon as all files are known; in parts where the client wants that."""
    if session.indexing is not None:
        await asyncio.wait([session.indexing])
    previous = {one.uri: one.value for one in params.previous_result_ids}
    token = params.partial_result_token
    items: list[Json] = []
    async with shown(session, "checking manifests", params.work_done_token) as tell:
        async for item in _reports(session, previous, tell):
            items.append(item)
            if token is not None and len(items) >= _PART:
                session.send(notification("$/progress", {"token": token, "value": {"items": items}}))
                items = []
    return {"items": items}


async def _reports(session: Session, previous: Mapping[str, str], tell: Tell) -> AsyncIterator[Json]:
    """Yield what is new or the same in each file; nothing of a file in which nothing is wrong, unless something was."""
    pace = Pace()
    members = sorted(session.workspace.members.items())
    for number, (uri, member) in enumerate(members):
        await pace.pause()
        tell(f"{number} of {len(members)} files", 100 * number // len(members))
        opened = session.find(uri)
        if opened is not None:
            found = diagnostics.report(session, opened, previous.get(uri))
            yield {**found, "uri": opened.uri, "version": opened.version}
            continue
        if uri not in session.reports:
            document = await beside(lambda member=member: member.document)
            session.reports[uri] = (str(next(names)), found_in(session, document))
        name, items = session.reports[uri]
        if previous.get(uri) == name:
            yield {"kind": "unchanged", "uri": uri, "version": None, "resultId": name}
        elif items or uri in previous:
            yield {"kind": "full", "uri": uri, "version": None, "resultId": name, "items": items}
    for uri in previous:
        if uri not in session.workspace.members and session.find(uri) is None:
            yield {"kind": "full", "uri": uri, "version": None, "items": []}
