"""The settings there are; imported only where somebody sets one, as pydantic takes a while to load.

Names, descriptions and defaults are those of the documentation and of the published JSON Schema, which are generated.
"""

from enum import Enum

from pydantic import BaseModel, ConfigDict, Field

from scone_ls.build.command import Mode, Options
from scone_ls.features.diagnostics import DiagnosticSettings
from scone_ls.rules import RULES
from scone_ls.rules.rule import Severity
from scone_ls.spec import kinds

EDITOR_ONLY = (("build", "sconectl"),)
"""The settings that a config file cannot give: whoever sends a project must not choose a program to run."""


class Level(Enum):
    """How a rule reports what it finds."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    HINT = "hint"
    OFF = "off"

    @property
    def severity(self) -> Severity | None:
        """The severity that it stands for; none for `off`."""
        return None if self is Level.OFF else Severity(self.value)


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
    sconectl: str | None = Field(
        default=None,
        description="The path of `sconectl`; else it is looked for on the `PATH`. "
        "Only an editor's settings can give it, never a file of the project.",
    )
    mode: Mode = Field(default=Mode.PRODUCTION, description="What images are built for.")
    push: bool = Field(default=True, strict=True, description="Whether a built image is pushed.")
    version: str | None = Field(
        default=None, description="The version of the helper images (`--set-version`); else the tool decides."
    )
    verbosity: int = Field(
        default=0,
        strict=True,
        ge=0,
        le=8,
        description="How much the tool says: how often `-v` is given, at most 8 times.",
    )
    arguments: tuple[str, ...] = Field(default=(), description="More arguments for `sconectl apply`.")
    env_files: tuple[str, ...] = Field(
        default=(),
        alias="envFiles",
        description="Files with the values of `$VARIABLES` in templates, such as `.env`; relative to the file or folder that "
        "names them.",
    )
    variables: dict[str, str] = Field(
        default_factory=dict,
        description="Values of `$VARIABLES` in templates; the environment and the files of variables win over them.",
    )

    def options(self) -> Options:
        """Return how to build, as far as it is not as the tool does it by itself."""
        return Options(
            mode=None if self.mode is Mode.PRODUCTION else self.mode,
            push=None if self.push else False,
            version=self.version,
            verbosity=self.verbosity or None,
            arguments=self.arguments,
        )


class HouseRule(_Model):
    """A JSON Schema of your own, laid over those of the manifests."""

    path: str = Field(description="The file with the schema, as JSON; relative to the file or folder that names it.")
    kind: str | None = Field(
        default=None,
        description="The kind of manifest that it is for; else it is for every kind.",
        json_schema_extra={"enum": [*kinds.current_kinds(), None]},
    )
    severity: Level | None = Field(default=None, description="How what it finds is reported; else as a warning.")


class InlayHintSettings(_Model):
    """What is shown between the words of a manifest."""

    values: bool = Field(
        default=True, strict=True, description="Whether the value that a Meshfile gives to `{{name}}` is shown there."
    )
    secret_kinds: bool = Field(
        default=True,
        strict=True,
        alias="secretKinds",
        description="Whether the kind of a secret is shown where it is used.",
    )


class Settings(_Model):
    """All settings, under the name `scone-ls` in every client, and under the same names in a config file.

    A team keeps its settings in `.scone-ls.toml`, or in the table `[tool.scone-ls]` of `pyproject.toml`:

    ```toml
    [severity]
    unknown-key = "error"
    unused-ignore = "off"

    [[houseRules]]
    path = "rules/images.json"
    kind = "genservice"
    ```

    The nearest config file holds: that of the manifest's folder, or of the first folder above it that has one, up to
    the root of the repository or the workspace folder (for `scone-ls check` the folder where it runs), whichever is
    further out. Of two in one folder `.scone-ls.toml` holds. Paths are relative to the file. What the client says wins
    over it, setting by setting: first `initializationOptions`, then `workspace/configuration`; `null` says nothing.
    `scone-ls check` reads the config file, and its options win over it.

    [A JSON Schema](settings.schema.json) lets editors complete and check the config file.
    """

    severity: dict[str, Level] = Field(
        default_factory=dict,
        description="How each rule reports what it finds, by its code: "
        "`error`, `warning`, `information`, `hint`, or `off` for not at all.",
        json_schema_extra={"propertyNames": {"enum": [rule.code for rule in RULES]}},
    )
    house_rules: tuple[HouseRule, ...] = Field(
        default=(),
        alias="houseRules",
        description="JSON Schemas of your own that manifests must satisfy as well; those of all places hold together.",
    )
    inlay_hints: InlayHintSettings = Field(
        default_factory=InlayHintSettings,
        alias="inlayHints",
        description="What is shown between the words of a manifest.",
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
        return DiagnosticSettings(severities={code: level.severity for code, level in self.severity.items()})
