"""All that is known of a workspace, kept up to date file by file, and handed out as one immutable value.

It looks for the paths in manifests on the disk; the texts it is given.
"""

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.workspace import Export as Value
from scone_ls.analysis.workspace.workspace import Member, Workspace
from scone_ls.files.paths import existing, paths_in
from scone_ls.syntax.exports import Export

_BELIEVED = 1.0
"""Seconds for which answers of the disk are believed."""
_Paths = Mapping[str, str | None]
_NO_PATHS: _Paths = {}


class Catalogue:
    """The files of a workspace, by URI; `folders_for` says from where relative paths in a file are meant."""

    def __init__(self, folders_for: Callable[[str], Sequence[str]]) -> None:
        self._folders_for = folders_for
        self._workspace = Workspace()
        self._changed: dict[str, Member | None] = {}
        self._paths: dict[str, _Paths] = {}
        self._looked: dict[str, float] = {}
        self._scripts: dict[str, tuple[Export, ...]] = {}
        self._files_changed = self._exports_changed = False

    @property
    def workspace(self) -> Workspace:
        """The newest state."""
        if self._changed:
            self._workspace = self._workspace.changed(self._changed)
            self._changed = {}
        if self._files_changed:
            files = {(uri, path): found for uri, paths in self._paths.items() for path, found in paths.items()}
            self._workspace = replace(self._workspace, files=files)
            self._files_changed = False
        if self._exports_changed:
            self._workspace = replace(self._workspace, exports=_by_name(self._scripts))
            self._exports_changed = False
        return self._workspace

    def member(self, uri: str) -> Member | None:
        """Return the newest version of a file; that is cheaper than to ask the workspace for it."""
        return self._changed[uri] if uri in self._changed else self._workspace.members.get(uri)

    def put(self, document: Document, *, is_open: bool) -> None:
        """Take in a version of a file; one without manifests is none of ours.

        Of an open one only the paths are looked for that are new in it: see `look_again_if_due` for the others.
        """
        member = Member.of(document, is_open=is_open)
        if not member.interfaces:
            self.drop(document.uri)
            return
        self._changed[document.uri] = member
        paths = paths_in(document)
        known = self._paths.get(document.uri, _NO_PATHS) if is_open else _NO_PATHS
        self._keep(document.uri, {path: known[path] for path in known if path in paths}, paths - known.keys())

    def drop(self, uri: str) -> None:
        """Take out a file."""
        if self.member(uri) is not None:
            self._changed[uri] = None
        self._looked.pop(uri, None)
        self._files_changed |= bool(self._paths.pop(uri, None))
        self.put_script(uri, ())

    def put_script(self, uri: str, exports: tuple[Export, ...]) -> None:
        """Take in what a script exports."""
        if exports != self._scripts.get(uri, ()):
            self._exports_changed = True
            self._scripts[uri] = exports
        if not exports:
            self._scripts.pop(uri, None)

    def keep_scripts(self, uris: Iterable[str]) -> None:
        """Take out all scripts but these."""
        for uri in self._scripts.keys() - set(uris):
            self.put_script(uri, ())

    def look_again(self, uri: str) -> bool:
        """Look anew for the paths of a file, and tell whether that made a difference."""
        before = self._paths.get(uri)
        if before:
            self._looked[uri] = time.monotonic()
            self._keep(uri, _NO_PATHS, before.keys())
        return before != self._paths.get(uri)

    def look_again_if_due(self, uri: str) -> bool:
        """Do the same unless that was done just now."""
        return time.monotonic() - self._looked.get(uri, -_BELIEVED) >= _BELIEVED and self.look_again(uri)

    def complete(self, *, is_complete: bool) -> None:
        """Note whether all manifests are known that there are."""
        if self.workspace.is_complete != is_complete:
            self._workspace = replace(self._workspace, is_complete=is_complete)

    def _keep(self, uri: str, known: _Paths, unknown: Collection[str]) -> None:
        """Note where the paths of a file lead, those that are known and those that have to be looked for."""
        found = {**known, **existing(unknown, self._folders_for(uri))} if unknown else known
        if found != self._paths.get(uri, _NO_PATHS):
            self._files_changed = True
            self._paths[uri] = found


def _by_name(scripts: Mapping[str, tuple[Export, ...]]) -> dict[str, tuple[Value, ...]]:
    """Return the values of each variable, in the order of the scripts' URIs and of their texts."""
    found: dict[str, list[Value]] = {}
    for uri in sorted(scripts):
        for export in scripts[uri]:
            found.setdefault(export.name, []).append(Value(uri, export.name_span, export.value))
    return {name: tuple(values) for name, values in found.items()}
