"""The models of the fact tables, as far as they are about names and kinds, and what all models have in common.

They are read in `scone_ls.spec.facts`; every fact says where it comes from.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Confidence = Literal["high", "medium", "low"]


class Model(BaseModel):
    """What all models have in common: they cannot be changed, and hold nothing that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Fact(Model):
    """A thing with a name, what it is (Markdown), and where that is known from."""

    name: str = Field(min_length=1)
    description: str = Field(min_length=1)
    source: str = Field(min_length=1)


class Suffix(Model):
    """A part of a secret, or a form of its value, that a placeholder can ask for."""

    text: str
    description: str
    deprecated: bool
    replacement: str | None
    default: bool
    """Whether it says the same as no suffix."""


class SuffixGroup(Model):
    """The suffixes that secrets of these kinds have."""

    kinds: tuple[str, ...]
    suffixes: tuple[Suffix, ...]
    source: str


class Ending(Model):
    """A fixed text inside a placeholder."""

    text: str
    description: str
    source: str


class Placeholders(Model):
    """How secrets are written into values."""

    opening: str
    closing: str
    name_pattern: str
    encodings: tuple[Ending, ...]
    special: tuple[Ending, ...]
    suffixes: tuple[SuffixGroup, ...]


class NameForm(Model):
    """How the names of some kinds of things have to be written, and for what."""

    kinds: tuple[str, ...]
    """Words of `x-names` in the schemas."""
    pattern: str
    thing: str
    takes: str
    longest: int | None = None
    """The most characters that such a name can have."""
    joint: str
    """What joins words where something else is not allowed."""
    severity: Literal["warning", "information"]
    source: str


class BuiltinVariable(Fact):
    """A name for `{{…}}` that the mesh tool defines itself."""

    confidence: Confidence


class BuiltinCas(Model):
    """The dotted names for facts about each CAS."""

    prefix: str
    roles: tuple[str, ...]
    fields: tuple[Fact, ...]
    description: str
    source: str


class BuiltinVariables(Model):
    """Everything that the mesh tool defines itself; `words` are those of the template language."""

    variables: tuple[BuiltinVariable, ...]
    cas: BuiltinCas
    words: tuple[Fact, ...]


class ChartVariable(Fact):
    """A variable that generated or curated Helm charts read."""

    values: dict[str, str]
    examples: tuple[str, ...]
    usage: float = Field(ge=0, le=1)


class VersionFacts(Model):
    """How the format version is written."""

    key: str
    family: str
    minimum: tuple[int, int]
    recommended: str
    source: str


class KindKey(Model):
    """The key that names a manifest's kind."""

    key: str
    source: str


class Kind(Fact):
    """A kind of manifest; `distinctive` when nobody else has a kind of that name."""

    schema_file: str = Field(alias="schema")
    distinctive: bool


class ObsoleteKind(Fact):
    """A former name of a kind."""

    replacement: str


class Kinds(Model):
    """How our documents are told from those of others; `spec.kinds` reads the same file on its own."""

    version: VersionFacts
    kind_key: KindKey
    kinds: tuple[Kind, ...]
    obsolete: tuple[ObsoleteKind, ...]
    foreign_families: tuple[Fact, ...]
    foreign_keys: tuple[Fact, ...]
