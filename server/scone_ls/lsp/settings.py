"""The settings, read from what clients send; imported only when a client sends any, as pydantic takes a while to load.

They come from three places, of which the later one wins: `initializationOptions`, `workspace/configuration`, and what
`workspace/didChangeConfiguration` carries. What is wrong is named and left out; the rest holds.
"""

import copy
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scone_ls.features.diagnostics import DiagnosticSettings
from scone_ls.lsp.capabilities import SECTION
from scone_ls.lsp.messages import Json
from scone_ls.rules import RULES
from scone_ls.rules.rule import Severity
from scone_ls.spec import spelling


class Level(Enum):
    """How a rule reports what it finds."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    HINT = "hint"
    OFF = "off"


class LogLevel(Enum):
    """How much is written to the log."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    DEBUG = "debug"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class BuildSettings(_Model):
    """How a manifest is built."""

    folder: str | None = Field(
        default=None,
        description="The folder to build in, which holds the manifest and all its files; "
        "else it is the workspace folder of the manifest.",
    )


class Settings(_Model):
    """All settings, under the name `scone-ls` in every client."""

    severity: dict[str, Level] = Field(
        default_factory=dict,
        description="How each rule reports what it finds, by its code: "
        "`error`, `warning`, `information`, `hint`, or `off` for not at all.",
    )
    build: BuildSettings = Field(default_factory=BuildSettings, description="How a manifest is built.")
    log_level: LogLevel | None = Field(
        default=None,
        alias="logLevel",
        description="How much is written to the log: `error`, `warning`, `info` or `debug`; "
        "else what `--log-level` says.",
    )

    def for_diagnostics(self) -> DiagnosticSettings:
        """Return the part that diagnostics depend on."""
        return DiagnosticSettings(
            severities={
                code: None if level is Level.OFF else Severity(level.value) for code, level in self.severity.items()
            }
        )


class Reading(NamedTuple):
    """Settings, and what was wrong with what they were read from."""

    settings: Settings
    problems: tuple[str, ...]


def read(sources: Iterable[object]) -> Reading:
    """Read settings from several sources, of which the later one wins, setting by setting; anything may be in them."""
    merged: Json = {}
    problems: list[str] = []
    for source in sources:
        if source is None:
            continue
        if isinstance(source, dict):
            merged |= copy.deepcopy(cast("Json", source))
        else:
            problems.append(f"the settings `{SECTION}` are an object, not `{source}`")
    while True:
        try:
            settings = Settings.model_validate(merged)
            break
        except ValidationError as error:
            for mistake in error.errors():
                problems.append(_problem(tuple(mistake["loc"]), mistake["type"], mistake["input"]))
                _remove(merged, tuple(mistake["loc"]))
    problems += _unknown_codes(settings)
    return Reading(settings, tuple(problems))


def _problem(place: tuple[int | str, ...], kind: str, value: object) -> str:
    name = ".".join(map(str, (SECTION, *place)))
    if kind == "extra_forbidden":
        known = Settings.model_fields if len(place) == 1 else BuildSettings.model_fields
        names = [field.alias or key for key, field in known.items()]
        meant = spelling.nearest(str(place[-1]), names)
        return f"there is no setting `{name}`" + (f"; did you mean `{meant}`?" if meant else "")
    if kind == "enum":
        levels = Level if place[0] == "severity" else LogLevel
        return f"`{name}` is one of {', '.join(f'`{level.value}`' for level in levels)}, not `{value}`"
    expected = "a text" if kind.startswith("string") else "an object"
    return f"`{name}` is {expected}, not `{value}`"


def _remove(settings: Json, place: tuple[int | str, ...]) -> None:
    """Take out the setting at a place, or the whole of which it is a part where that is no object."""
    inner = settings
    for name in place[:-1]:
        part = inner.get(str(name))
        if not isinstance(part, dict):
            del settings[str(place[0])]
            return
        inner = cast("Json", part)
    inner.pop(str(place[-1]), None)


def _unknown_codes(settings: Settings) -> list[str]:
    codes = [rule.code for rule in RULES]
    problems: list[str] = []
    for code in settings.severity:
        if code not in codes:
            meant = spelling.nearest(code, codes)
            problem = f"there is no rule `{code}`, which `{SECTION}.severity` names"
            problems.append(problem + (f"; did you mean `{meant}`?" if meant else ""))
    return problems
