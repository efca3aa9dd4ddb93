"""The workspace of a session: the manifests of its folders and of its open documents, each file under one URI.

What is open wins over the disk. It reads single files; finding them in the folders is the business of `workspace`.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.interface import Interface
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.files.catalogue import Catalogue
from scone_ls.files.discovery import File
from scone_ls.files.failure import UnreadableError
from scone_ls.files.reading import identity, read
from scone_ls.lsp import convert
from scone_ls.syntax.exports import Export
from scone_ls.text import Text

if TYPE_CHECKING:
    from scone_ls.settings.model import Settings


class Shelf:
    """All files with manifests, and the scripts beside them; `chosen_for` gives the settings for a URI."""

    def __init__(self, chosen_for: Callable[[str], "Settings | None"]) -> None:
        self._chosen_for = chosen_for
        self._catalogue = Catalogue(self.folders_for)
        self._uris: dict[str, str] = {}
        self._open: dict[str, str] = {}  # The identities of the open files by their URIs.
        self._folders_for: dict[str, tuple[Settings | None, tuple[str, ...]]] = {}
        self.folders: tuple[Path, ...] = ()
        """The workspace folders that are on this machine."""

    @property
    def workspace(self) -> Workspace:
        """The newest state."""
        return self._catalogue.workspace

    def move(self, folders: Iterable[str]) -> None:
        """Take other workspace folders, by their URIs; what is in them has to be looked for."""
        self.folders = tuple(path for uri in folders if (path := path_of(uri)) is not None)
        self._folders_for.clear()

    def open(self, uri: str, document: Document | None) -> frozenset[str]:
        """Take in a version of an open document, `None` if it has none; returns the URIs of the files that it affects."""
        key = self._open.get(uri)
        if key is None:
            key = self._open[uri] = _identity(uri)
        return self._put(key, uri, document, is_open=True)

    def close(self, uri: str) -> None:
        """Let the disk count again for a file; until it is asked, the text stays as it was."""
        self._open.pop(uri, None)
        member = self.workspace.members.get(uri)
        if member is not None and member.opened is not None:
            self._catalogue.put(member.opened, is_open=False)

    def put(self, file: File, document: Document) -> frozenset[str]:
        """Take in what is on the disk, unless the file is open; returns the URIs of the files that it affects."""
        return frozenset() if self.is_open(file) else self._put(file.identity, document.uri, document, is_open=False)

    def drop(self, uri: str) -> frozenset[str]:
        """Take out what was under a URI, a file or a folder with all in it; returns the URIs of the files affected."""
        key = _identity(uri)
        gone = [each for each in self._uris if each == key or each.startswith(key + os.sep)]
        affected: set[str] = set()
        for each in gone:
            if each not in self._open.values():
                affected |= {self._uris[each]} | self._put(each, self._uris[each], None, is_open=False)
        self._catalogue.put_script(uri, ())
        return frozenset(affected)

    def put_among_many(self, file: File, document: Document | None) -> None:
        """Take in what is on the disk, or that there is nothing; all diagnostics are to be renewed afterwards."""
        if self.is_open(file):
            return
        if document is not None:
            self._uris[file.identity] = document.uri
            self._catalogue.put(document, is_open=False)
        elif file.identity in self._uris:
            self._catalogue.drop(self._uris.pop(file.identity))

    def keep_only(self, found: Iterable[str], scripts: Iterable[str]) -> None:
        """Take out all files but those with these identities, and the open ones, and all scripts but those of these URIs."""
        for key in self._uris.keys() - set(found) - set(self._open.values()):
            self._catalogue.drop(self._uris.pop(key))
        self._catalogue.keep_scripts(scripts)

    def put_script(self, uri: str, exports: tuple[Export, ...]) -> None:
        """Take in what a script exports."""
        self._catalogue.put_script(uri, exports)

    def complete(self, *, is_complete: bool) -> None:
        """Note whether all manifests are known that there are."""
        self._catalogue.complete(is_complete=is_complete)

    def is_open(self, file: File) -> bool:
        """Tell whether a client has a file open, under any name."""
        return file.identity in self._open.values()

    def holds(self, file: File, string: str) -> bool:
        """Tell whether a file is known with this very text."""
        member = self._catalogue.member(self._uris.get(file.identity, ""))
        return member is not None and member.string == string

    def uri_for(self, file: File) -> str:
        """Return the URI under which a file is known, or is to be."""
        return self._uris.get(file.identity) or Path(file.name).as_uri()

    def look_again(self, uri: str) -> bool:
        """Look anew for the paths in a file, and tell whether that made a difference."""
        return self._catalogue.look_again(uri)

    def look_again_if_due(self, uri: str) -> bool:
        """Do the same unless that was done just now."""
        return self._catalogue.look_again_if_due(uri)

    def text_of(self, uri: str) -> Text | None:
        """Return the text of a file that is not open."""
        member = self.workspace.members.get(uri)
        if member is not None:
            return member.document.text
        path = path_of(uri)
        try:
            return None if path is None else Text.of(read(str(path)).string)
        except UnreadableError:
            return None

    def folder_of(self, uri: str) -> Path | None:
        """Return the innermost workspace folder around a file."""
        path = path_of(uri)
        around = [folder for folder in self.folders if path is not None and path.is_relative_to(folder)]
        return max(around, key=lambda folder: len(folder.parts), default=None)

    def folders_for(self, uri: str) -> Sequence[str]:
        """Return the folders from which paths in a file are meant: the one to build in, and its own."""
        chosen, around = self._chosen_for(uri), uri.rpartition("/")[0]
        known = self._folders_for.get(around)
        if known is None or known[0] is not chosen:
            known = self._folders_for[around] = (chosen, self._build_folders(uri, chosen))
        return known[1]

    def _build_folders(self, uri: str, chosen: "Settings | None") -> tuple[str, ...]:
        path = path_of(uri)
        if path is None:
            return ()
        folder = self.folder_of(uri) or path.parent
        built_in = folder if chosen is None or not chosen.build.folder else folder / chosen.build.folder
        return tuple(dict.fromkeys((str(built_in), str(path.parent))))

    def _put(self, key: str, uri: str, document: Document | None, *, is_open: bool) -> frozenset[str]:
        """Put a version into the workspace; where that looks the same to others, nothing is affected."""
        affected = self._claim(key, uri)
        before = self.workspace
        if document is None:
            self._catalogue.drop(uri)
            self._uris.pop(key)
        else:
            self._catalogue.put(document, is_open=is_open)
        if _interfaces(before, uri) != _interfaces(self.workspace, uri):
            affected |= before.neighbours(uri) | self.workspace.neighbours(uri)
        return affected

    def _claim(self, key: str, uri: str) -> frozenset[str]:
        """Give a file a URI, and take it out under any other, which clients spell as they like."""
        before = self._uris.get(key)
        self._uris[key] = uri
        if before is None or before == uri:
            return frozenset()
        affected = self.workspace.neighbours(before)
        self._catalogue.drop(before)
        return affected


def path_of(uri: str) -> Path | None:
    """Return the path of a file on this machine; `None` for anything else."""
    path: PurePath | None = convert.path(uri, windows=os.name == "nt")
    return None if path is None else Path(path)


def _interfaces(workspace: Workspace, uri: str) -> tuple[Interface, ...]:
    member = workspace.members.get(uri)
    return () if member is None else member.interfaces


def _identity(uri: str) -> str:
    path = path_of(uri)
    return convert.key(uri) if path is None else identity(path)
