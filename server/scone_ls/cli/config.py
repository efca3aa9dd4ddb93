"""What the config files want, for each text that a command looks at; a folder is looked up once."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from scone_ls.cli.findings import rule
from scone_ls.features.diagnostics import DiagnosticSettings
from scone_ls.settings import files

if TYPE_CHECKING:
    from scone_ls.settings.model import Settings


class Config:
    """The settings of the nearest config file of each text; what is wrong in one is handed to `complain`, once."""

    def __init__(self, complain: Callable[[str], None], ignored: Iterable[str] = ()) -> None:
        """Take the codes that are switched off everywhere; raises `Failure` for one that there is not."""
        self._complain = complain
        self._ignored = {rule(code).code: None for code in ignored}
        self._within = (Path.cwd(),)
        self._by_folder: dict[str, DiagnosticSettings] = {}
        self._by_file: dict[Path, Settings | None] = {}

    def diagnostics(self, name: str) -> DiagnosticSettings:
        """Return what diagnostics depend on, for the text of that name."""
        folder = os.path.dirname(os.path.abspath(name))  # noqa: PTH100, PTH120 -- The file need not exist.
        if folder not in self._by_folder:
            chosen = self.settings(name)
            severities = {} if chosen is None else dict(chosen.for_diagnostics().severities)
            self._by_folder[folder] = DiagnosticSettings(severities={**severities, **self._ignored})
        return self._by_folder[folder]

    def settings(self, name: str) -> "Settings | None":
        """Return all settings for the text of that name; `None` where there is no config file."""
        folder = Path(os.path.dirname(os.path.abspath(name)))  # noqa: PTH100, PTH120 -- The file need not exist.
        try:
            file = files.nearest(folder, self._within)
        except files.UnreadableError as error:
            if error.path not in self._by_file:
                self._by_file[error.path] = None
                self._complain(str(error))
            return None
        if file is None:
            return None
        if file.path not in self._by_file:
            self._by_file[file.path] = self._read(file)
        return self._by_file[file.path]

    def _read(self, file: files.ConfigFile) -> "Settings":
        from scone_ls.settings.reading import read, source_of

        read_from = read([source_of(file)])
        for problem in read_from.problems:
            self._complain(f"`{os.path.relpath(file.path)}`: {problem}")
        return read_from.settings
