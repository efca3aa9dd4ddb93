"""Finding the manifests of the workspace folders, and following what happens to their files on the disk.

It works in slices, between which requests are answered. What can't be read is logged, and the rest is found.
"""

import logging
import os
import time
from collections.abc import Iterable
from pathlib import Path

from scone_ls.analysis.document import Document
from scone_ls.files.discovery import File, is_manifest_of, is_script_of, listings, manifest_in
from scone_ls.files.exports import MOST_SCRIPTS, exports_of
from scone_ls.files.failure import UnreadableError
from scone_ls.files.ignored import NAME as IGNORE_FILE
from scone_ls.files.reading import Source, identity
from scone_ls.lsp.beside import beside
from scone_ls.lsp.diagnostics import refresh
from scone_ls.lsp.pace import Pace
from scone_ls.lsp.progress import new_token, shown
from scone_ls.lsp.session import Session
from scone_ls.lsp.shelf import path_of

_log = logging.getLogger(__name__)
_LONG = 32 * 1024
"""Code points from which on a text is read in a thread of its own, as that can't be done in slices."""
_LIMIT = 4 * 1024 * 1024
"""Bytes of the largest file that is looked at before somebody opens it."""
_FEW = 100
"""Files up to which it is over before anybody could read of its progress."""
_MANY = 200
"""Files from which on it is simpler to look at all of them."""


def start_index(session: Session) -> None:
    """Begin to look at all workspace folders; what is under way gives way, and what did not change costs little."""
    if session.indexing is not None:
        session.indexing.cancel()
    session.indexing = session.start(_index(session))


async def changed(session: Session, uris: Iterable[str]) -> None:
    """Look again at files that were created, changed, closed or deleted, and at what depends on them."""
    uris = tuple(dict.fromkeys(uris))
    paths = [path for uri in uris if (path := path_of(uri)) is not None]
    if len(uris) > _MANY or any(map(_is_about_many, paths)):
        start_index(session)
    else:
        for uri in uris:
            await _look_at(session, uri)
    await look_again(session)
    await refresh(session)


async def look_again(session: Session) -> None:
    """Look whether the paths in all manifests still lead somewhere; where that changed, diagnostics are stale."""
    pace = Pace()
    for uri in tuple(session.workspace.members):
        if session.shelf.look_again(uri):
            session.mark_stale([uri])
        await pace.pause()


def _is_about_many(path: Path) -> bool:
    """Tell whether more than one file may be another one when what is at a path has changed."""
    return path.name == IGNORE_FILE or os.path.isdir(path)  # noqa: PTH112 -- Unlike pathlib, it never raises.


async def _index(session: Session) -> None:
    session.shelf.complete(is_complete=False)
    begin = time.perf_counter()
    is_whole = await _look_at_all(session)
    session.shelf.complete(is_complete=is_whole)
    session.mark_all_stale()
    _log.info(
        "%d files with manifests are known after %.2f s", len(session.workspace.members), time.perf_counter() - begin
    )
    await refresh(session)


async def _look_at_all(session: Session) -> bool:
    """Take in all files with manifests, and take out what is not there any more; tells whether all could be taken in."""
    files, scripts = await _listed(session)
    session.shelf.keep_only(files, [Path(name).as_uri() for name in scripts])
    is_whole = bool(session.shelf.folders)
    pace = Pace()
    token = await new_token(session) if len(files) > _FEW else None
    async with shown(session, "looking for manifests", token) as tell:
        for number, file in enumerate(files.values()):
            is_whole &= await _take_in(session, file)
            tell(f"{number} of {len(files)} files", 100 * number // len(files))
            await pace.pause()
    for name in scripts[:MOST_SCRIPTS]:
        session.shelf.put_script(Path(name).as_uri(), exports_of(name))
        await pace.pause()
    return is_whole


async def _listed(session: Session) -> tuple[dict[str, File], list[str]]:
    """Return the files that may hold manifests, by their identities, and the names of the scripts."""
    files: dict[str, File] = {}
    scripts: list[str] = []
    pace = Pace()
    for folder in session.shelf.folders:
        for listing in listings(str(folder)):
            if listing.failure is not None:
                _log.warning("%s", listing.failure)
            files.update((file.identity, file) for file in listing.manifests if file.identity not in files)
            scripts += (file.name for file in listing.scripts)
            await pace.pause()
    return files, scripts


async def _take_in(session: Session, file: File) -> bool:
    """Take in one of many files, or take it out where it holds no manifest; tells whether it could be read."""
    try:
        source = manifest_in(file.name, _LIMIT)
    except UnreadableError as failure:
        _log.warning("%s", failure)
        session.shelf.put_among_many(file, None)
        return False
    if source is None:
        session.shelf.put_among_many(file, None)
    elif not session.shelf.holds(file, source.string):
        session.shelf.put_among_many(file, await _read(session.shelf.uri_for(file), source.string))
    return True


async def _look_at(session: Session, uri: str) -> None:
    """Look again at one file, wherever it is, or whether it is there at all."""
    path, top = path_of(uri), session.shelf.folder_of(uri)
    if session.find(uri) is not None:
        return
    if path is None or top is None:
        session.mark_stale(session.shelf.drop(uri))
    elif is_script_of(str(path), str(top)):
        session.shelf.put_script(uri, exports_of(str(path)))
    else:
        file = File(str(path), identity(path))
        source = _source(path) if is_manifest_of(str(path), str(top)) else None
        if source is None:
            session.mark_stale(session.shelf.drop(uri))
        elif not session.shelf.holds(file, source.string):
            document = await _read(session.shelf.uri_for(file), source.string)
            session.mark_stale({document.uri, *session.shelf.put(file, document)})


def _source(path: Path) -> Source | None:
    try:
        return manifest_in(str(path), _LIMIT)
    except UnreadableError as failure:
        _log.warning("%s", failure)
        return None


async def _read(uri: str, string: str) -> Document:
    return await beside(lambda: Document.open(uri, string)) if len(string) > _LONG else Document.open(uri, string)
