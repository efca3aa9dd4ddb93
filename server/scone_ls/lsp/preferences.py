"""What is wanted for each document: the client's settings laid over those of the document's config file.

Nothing is read twice before `forget`, and pydantic is loaded only where somebody wants anything.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scone_ls.features.diagnostics import DiagnosticSettings
from scone_ls.lsp import convert, log
from scone_ls.lsp.house import House, InHouse
from scone_ls.rules import house_rule
from scone_ls.settings import SECTION, files

if TYPE_CHECKING:
    from scone_ls.settings.model import Settings


class Preference(NamedTuple):
    """What is wanted for one document: all settings, none where nobody set any, and what diagnostics depend on."""

    settings: "Settings | None"
    diagnostics: DiagnosticSettings


_NONE = Preference(None, DiagnosticSettings())


class Preferences:
    """The settings of one client, and those of the config files in its folders."""

    def __init__(self, complain: Callable[[str], None], house: House) -> None:
        self._complain = complain
        self._house = house
        self._complaints: dict[Path | None, str] = {}
        self._client: tuple[object, ...] = ()
        self._folders: tuple[Path, ...] = ()
        self._by_folder: dict[str, Preference] = {}
        """What was read, by the part of a URI before its last slash."""

    def take(self, client: Sequence[object]) -> None:
        """Take what the client sent, of any shape, the strongest last."""
        self._client = tuple(client)
        self.forget()
        if client:
            from scone_ls.settings import reading

            read = reading.read(map(reading.Source, client))
            self._say(None, f"{SECTION} settings", read.problems)
            _use_log_level(read.settings)

    def move(self, folders: Sequence[str]) -> None:
        """Take other workspace folders, by their URIs."""
        paths = (convert.path(uri, windows=os.name == "nt") for uri in folders)
        self._folders = tuple(Path(path) for path in paths if path is not None)
        self.forget()

    def forget(self) -> None:
        """Read everything again when it is needed again."""
        self._by_folder.clear()

    def of(self, uri: str) -> Preference:
        """Return what is wanted for a document."""
        around = uri.rpartition("/")[0]
        found = self._by_folder.get(around)
        if found is None:
            path = convert.path(uri, windows=os.name == "nt")
            found = self._by_folder[around] = self._read(None if path is None else Path(path).parent)
        return found

    def _read(self, folder: Path | None) -> Preference:
        file = None if folder is None else self._file(folder)
        if file is None and not self._client:
            return _NONE
        from scone_ls.settings import reading

        base = self._workspace_folder(folder)
        sources = [reading.Source(each, folder=base) for each in self._client]
        if file is not None:
            source = reading.source_of(file)
            self._say(file.path, f"`{file.path}`", reading.read((source,)).problems)
            sources.insert(0, source)
        settings = reading.read(sources).settings
        _use_log_level(settings)
        return Preference(settings, self._for_diagnostics(settings))

    def _for_diagnostics(self, settings: "Settings") -> DiagnosticSettings:
        chosen = settings.for_diagnostics()
        rule = house_rule.RULE
        if not settings.house_rules or chosen.severities.get(rule.code, rule.severity) is None:
            return chosen
        return replace(chosen, house=InHouse(self._house, settings.house_rules))

    def _file(self, folder: Path) -> files.ConfigFile | None:
        try:
            return files.nearest(folder, self._folders)
        except files.UnreadableError as error:
            self._say_once(error.path, str(error))
            return None

    def _workspace_folder(self, folder: Path | None) -> Path | None:
        """Return the innermost workspace folder around a folder."""
        around = [each for each in self._folders if folder is not None and folder.is_relative_to(each)]
        return max(around, key=lambda each: len(each.parts), default=None)

    def _say(self, path: Path | None, where: str, problems: Sequence[str]) -> None:
        self._say_once(path, f"{where}: {'; '.join(problems)}; what is wrong is ignored" if problems else "")

    def _say_once(self, path: Path | None, complaint: str) -> None:
        if complaint and complaint != self._complaints.get(path):
            self._complain(complaint)
        self._complaints[path] = complaint


def _use_log_level(settings: "Settings") -> None:
    if settings.log_level is not None:
        log.change(settings.log_level.value)
