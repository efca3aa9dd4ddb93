"""What the config files want, for each text that a command looks at; a folder is looked up once."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from scone_ls.analysis.document import Document
from scone_ls.cli.findings import rule
from scone_ls.features.diagnostics import DiagnosticSettings, not_asked
from scone_ls.rules import house_rule
from scone_ls.rules.rule import Finding
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
        self._said: set[str] = set()
        self._by_folder: dict[Path, Settings | None] = {}
        self._by_file: dict[Path, Settings] = {}
        self._diagnostics: dict[int, DiagnosticSettings] = {}

    def diagnostics(self, name: str) -> DiagnosticSettings:
        """Return what diagnostics depend on, for the text of that name."""
        chosen = self.settings(name)
        if id(chosen) not in self._diagnostics:
            self._diagnostics[id(chosen)] = self._for_diagnostics(chosen)
        return self._diagnostics[id(chosen)]

    def settings(self, name: str) -> "Settings | None":
        """Return all settings for the text of that name; `None` where there is no config file."""
        folder = Path(os.path.abspath(name)).parent  # noqa: PTH100 -- The file need not exist.
        if folder not in self._by_folder:
            self._by_folder[folder] = self._nearest(folder)
        return self._by_folder[folder]

    def _nearest(self, folder: Path) -> "Settings | None":
        try:
            file = files.nearest(folder, self._within)
        except files.UnreadableError as error:
            self._say(str(error))
            return None
        if file is not None and file.path not in self._by_file:
            self._by_file[file.path] = self._read(file)
        return None if file is None else self._by_file[file.path]

    def _read(self, file: files.ConfigFile) -> "Settings":
        from scone_ls.settings.reading import read, source_of

        reading = read([source_of(file)])
        for problem in reading.problems:
            self._say(f"`{os.path.relpath(file.path)}`: {problem}")
        return reading.settings

    def _for_diagnostics(self, chosen: "Settings | None") -> DiagnosticSettings:
        if chosen is None:
            return DiagnosticSettings(severities=self._ignored)
        severities = {**chosen.for_diagnostics().severities, **self._ignored}
        house = severities.get(house_rule.RULE.code, house_rule.RULE.severity) and chosen.house_rules
        return DiagnosticSettings(severities=severities, house=self._house(chosen) if house else not_asked)

    def _house(self, chosen: "Settings") -> Callable[[Document], tuple[Finding, ...] | None]:
        from scone_ls.features.house_rules import house_rules
        from scone_ls.features.house_rules.schema import HouseSchemaError
        from scone_ls.settings.house_schemas import HouseSchemas

        schemas = HouseSchemas(chosen.house_rules).current(self._say)

        def judged(document: Document) -> tuple[Finding, ...] | None:
            try:
                return house_rules(document, schemas)
            except HouseSchemaError as error:
                self._say(str(error))
                return None

        return judged

    def _say(self, complaint: str) -> None:
        if complaint not in self._said:
            self._said.add(complaint)
            self._complain(complaint)
