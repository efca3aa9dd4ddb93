"""The manifests that a run of `check` knows of: those that are checked, and those around files that were named.

Around a named file are the manifests of its repository, or of its folder where there is none, as far as that is a small
one; in a big one a file is judged with the others that were named, and nothing is said that only all of them could tell.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.cli.config import Config
from scone_ls.files.catalogue import Catalogue
from scone_ls.files.discovery import File, listings, manifest_in
from scone_ls.files.exports import MOST_SCRIPTS, exports_of
from scone_ls.files.failure import UnreadableError
from scone_ls.files.ignored import repository
from scone_ls.files.reading import STDIN, Source, identity

_KEPT = 200
"""Texts whose trees are kept from the time when their names are read to the time when they are checked."""
_MOST_FILES = 200
"""Files that may be manifests, around one that is named, up to which they are looked at."""
_MOST_FOLDERS = 2_000


class Surroundings:
    """All manifests of one run."""

    def __init__(self, config: Config, names: Sequence[str]) -> None:
        self._config = config
        self._names = [name for name in names if name != STDIN]
        self._folders = [_absolute(name) for name in self._names if os.path.isdir(name)]  # noqa: PTH112 -- Unlike pathlib, it never raises.
        self._paths: dict[str, Path] = {}
        self._catalogue = Catalogue(self._folders_for)

    @property
    def workspace(self) -> Workspace:
        """The newest state."""
        return self._catalogue.workspace

    def look(self, found: Sequence[Source | UnreadableError]) -> None:
        """Take in all that is checked, and what is around it."""
        sources = [source for source in found if isinstance(source, Source)]
        for source in sources:
            self._put(source, is_open=len(sources) <= _KEPT)
        seen = {identity(source.name) for source in sources}
        is_whole = len(sources) == len(found)
        for top in self._around(sources):
            is_whole &= self._look_in(top, seen)
        self._catalogue.complete(is_complete=is_whole)

    def put(self, source: Source, string: str) -> None:
        """Take in a new text of a file."""
        self._put(replace(source, string=string), is_open=True)

    def _put(self, source: Source, *, is_open: bool) -> None:
        path = _absolute(source.name)
        self._paths[path.as_uri()] = path
        self._catalogue.put(Document.open(path.as_uri(), source.string), is_open=is_open)

    def _around(self, sources: Sequence[Source]) -> list[Path]:
        """Return the folders that were named, and those to look in because of files that were named."""
        named = [name for name in self._names if not os.path.isdir(name)]  # noqa: PTH112 -- Unlike pathlib, it never raises.
        named += [source.name for source in sources if source.path is None and source.name != STDIN]
        places = (Path(identity(name)) for name in named)
        outside = [path for path in places if not any(path.is_relative_to(identity(top)) for top in self._folders)]
        around = [Path(repository(str(path.parent)) or path.parent) for path in outside]
        return list(dict.fromkeys((*self._folders, *around)))

    def _look_in(self, top: Path, seen: set[str]) -> bool:
        """Take in what is in a folder beside what is checked; tells whether that was all."""
        files: list[File] = []
        scripts: list[str] = []
        is_named = top in self._folders
        for number, listing in enumerate(listings(str(top))):
            files += (file for file in listing.manifests if file.identity not in seen)
            scripts += (file.name for file in listing.scripts)
            if not is_named and (len(files) > _MOST_FILES or number > _MOST_FOLDERS):
                return False
        for name in scripts[:MOST_SCRIPTS]:
            self._catalogue.put_script(_absolute(name).as_uri(), exports_of(name))
        taken = [] if is_named else [self._take_in(file, seen) for file in files]
        return all(taken)

    def _take_in(self, file: File, seen: set[str]) -> bool:
        seen.add(file.identity)
        try:
            source = manifest_in(file.name)
        except UnreadableError:
            return False
        if source is not None:
            self._put(source, is_open=False)
        return True

    def _folders_for(self, uri: str) -> Sequence[str]:
        """Return the folders from which paths in a file are meant: where `sconectl` may run, and its own."""
        path = self._paths[uri]
        chosen = self._config.settings(str(path))
        built_in = Path.cwd() if chosen is None or chosen.build.folder is None else Path.cwd() / chosen.build.folder
        named = [folder for folder in self._folders if path.is_relative_to(folder)]
        return tuple(map(str, dict.fromkeys((built_in, *named, path.parent))))


def _absolute(name: str) -> Path:
    """Return the path of a file, which need not exist; its links stay."""
    return Path(os.path.abspath(name))  # noqa: PTH100 -- `Path.absolute` would keep `..`.
