"""The fact tables beside the schemas: what a JSON Schema can't hold.

Each table is a file under `schemas/`, checked when it is used for the first time. Every fact says where
it comes from. A table that is broken raises `data.DataError`, which names the file and the place in it.
"""

import functools
from typing import Literal, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scone_ls.spec import data, schema

Confidence = Literal["high", "medium", "low"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fact(_Model):
    """A thing with a name, what it is (Markdown), and where that is known from."""

    name: str = Field(min_length=1)
    description: str = Field(min_length=1)
    source: str = Field(min_length=1)


class Default(_Model):
    """A default value; sources may contradict each other, so it names its own."""

    value: str
    source: str


class Variable(Fact):
    """A variable that the SCONE runtime or its signing tool reads."""

    grammar: str
    """A name in `Variables.grammars`."""
    defaults: tuple[Default, ...]
    values: dict[str, str]
    """Allowed values with their descriptions; for grammars other than choices those worth offering."""
    unit: str | None
    used: Literal["runtime", "signing", "chart"]
    examples: tuple[str, ...]
    confidence: Confidence
    usage: float = Field(ge=0, le=1)
    """The share of real service manifests that set it, by estimate."""


class Grammar(_Model):
    """How the value of a variable is written; `strict` is the form that documentation asks for."""

    pattern: str | None
    strict: str | None
    message: str
    source: str


class Variables(_Model):
    """The `SCONE_*` variables."""

    link: str
    grammars: dict[str, Grammar]
    variables: tuple[Variable, ...]


class Since(_Model):
    """The first version of the session language, and of SCONE, that knows a thing."""

    language: str
    scone: str | None


class Conflict(_Model):
    """A key that makes no sense beside another one, whatever that says, or only where it says `value`."""

    key: str
    other: str
    value: str | None


class Form(_Model):
    """How a text has to be written, as a regular expression and in words."""

    pattern: str
    message: str


class SecretKind(Fact):
    """A kind of secret, and the keys that go with it."""

    fields: tuple[str, ...]
    required: tuple[str, ...]
    required_one_of: tuple[tuple[str, ...], ...]
    """Groups of keys of which at least one has to be there."""
    texts: tuple[str, ...]
    """Keys that hold a text of their own where other kinds have the name of a secret."""
    conflicts: tuple[Conflict, ...]
    form: Form | None
    """How a given value has to be written, where that is known."""
    confidential: bool
    """Whether nobody but the services may ever read the value."""
    since: Since | None
    confidence: Confidence


class BuildKind(_Model):
    """A language or engine for building images, and the keys of `build` that go with it."""

    name: str
    language: str | None
    base: str | None
    uses: tuple[str, ...]
    required: tuple[str, ...]
    since: str | None
    """The first version of SCONE that has it, where that is known."""
    source: str
    confidence: Confidence


class BuildStep(_Model):
    """One step of a build: where the manifest says what is done, and what is done where it says nothing."""

    title: str
    path: tuple[str, ...] | None = None
    absent: str | None = None
    by_tool: bool = False
    """Whether only the tool knows more about what is done then."""
    kind_path: tuple[str, ...] | None = None
    """Where the kind of build stands on which that depends."""
    files: bool = False
    """Whether the values name files of the folder in which is built."""
    shell: bool = False
    """Whether the values are command lines, in which a `$` may be meant for a shell."""
    prefix: str = ""
    """What stands before a value in the file from which the image is built."""
    having: str | None = None
    """The key that the items of this step have."""
    without: str | None = None
    """The key that the items of this step do not have."""
    source: str


class StepsOfKind(_Model):
    """The steps of a build in their order, for one kind of manifest."""

    name: str
    steps: tuple[BuildStep, ...]


class Token(Fact):
    """A risk that attestation can tolerate."""

    needs: str | None
    """The key of the policy without which the token has no effect."""
    since: str | None
    usage: float = Field(ge=0, le=1)


class Advisories(_Model):
    """How the security advisories to ignore are written."""

    pattern: str
    wildcard: str
    message: str
    source: str


class Tolerations(_Model):
    """What the text under the policy's `tolerate` may hold."""

    separator: str
    tokens: tuple[Token, ...]
    advisories: Advisories


class CasRole(Fact):
    """A role that some CAS instance of a mesh plays."""

    required: bool


class CasFlag(_Model):
    """A command-line option for the attestation of a CAS."""

    name: str | None
    short: str | None
    description: str
    argument: str | None
    """What follows the option, `None` when nothing does."""
    development_only: bool
    source: str
    confidence: Confidence


class Suffix(_Model):
    """A part of a secret, or a form of its value, that a placeholder can ask for."""

    text: str
    description: str
    deprecated: bool
    replacement: str | None
    default: bool
    """Whether it says the same as no suffix."""


class SuffixGroup(_Model):
    """The suffixes that secrets of these kinds have."""

    kinds: tuple[str, ...]
    suffixes: tuple[Suffix, ...]
    source: str


class Ending(_Model):
    """A fixed text inside a placeholder."""

    text: str
    description: str
    source: str


class Placeholders(_Model):
    """How secrets are written into values."""

    opening: str
    closing: str
    name_pattern: str
    encodings: tuple[Ending, ...]
    special: tuple[Ending, ...]
    suffixes: tuple[SuffixGroup, ...]


class BuiltinVariable(Fact):
    """A name for `{{…}}` that the mesh tool defines itself."""

    confidence: Confidence


class BuiltinCas(_Model):
    """The dotted names for facts about each CAS."""

    prefix: str
    roles: tuple[str, ...]
    fields: tuple[Fact, ...]
    description: str
    source: str


class BuiltinVariables(_Model):
    """Everything that the mesh tool defines itself; `words` are those of the template language."""

    variables: tuple[BuiltinVariable, ...]
    cas: BuiltinCas
    words: tuple[Fact, ...]


class ChartVariable(Fact):
    """A variable that generated or curated Helm charts read."""

    values: dict[str, str]
    examples: tuple[str, ...]
    usage: float = Field(ge=0, le=1)


class VersionFacts(_Model):
    """How the format version is written."""

    key: str
    family: str
    minimum: tuple[int, int]
    recommended: str
    source: str


class KindKey(_Model):
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


class Kinds(_Model):
    """How our documents are told from those of others; `spec.kinds` reads the same file on its own."""

    version: VersionFacts
    kind_key: KindKey
    kinds: tuple[Kind, ...]
    obsolete: tuple[ObsoleteKind, ...]
    foreign_families: tuple[Fact, ...]
    foreign_keys: tuple[Fact, ...]


_Table = TypeVar("_Table", bound=_Model)


@functools.cache
def variables() -> Variables:
    """The `SCONE_*` variables with the grammar of their values."""
    return _read("variables.json", Variables)


@functools.cache
def secret_kinds() -> tuple[SecretKind, ...]:
    """The kinds of secret and the keys that go with each."""
    return _entries("secret-kinds.json", "kinds", SecretKind)


@functools.cache
def build_kinds() -> tuple[BuildKind, ...]:
    """The kinds of build and the keys that go with each."""
    return _entries("build-kinds.json", "kinds", BuildKind)


@functools.cache
def build_steps() -> dict[str, tuple[BuildStep, ...]]:
    """The steps of a build, by kind of manifest."""
    return {kind.name: kind.steps for kind in _entries("build-steps.json", "kinds", StepsOfKind)}


@functools.cache
def tolerations() -> Tolerations:
    """What attestation can tolerate."""
    return _read("tolerate.json", Tolerations)


@functools.cache
def cas_roles() -> tuple[CasRole, ...]:
    """The roles that CAS instances play in a mesh."""
    return _entries("cas-roles.json", "roles", CasRole)


@functools.cache
def cas_flags() -> tuple[CasFlag, ...]:
    """The options for the attestation of a CAS."""
    return _entries("cas-flags.json", "flags", CasFlag)


@functools.cache
def placeholders() -> Placeholders:
    """The grammar of `$$SCONE::…$$`."""
    return _read("placeholder-suffixes.json", Placeholders)


@functools.cache
def builtin_variables() -> BuiltinVariables:
    """The names that the mesh tool defines itself."""
    return _read("builtin-variables.json", BuiltinVariables)


@functools.cache
def chart_variables() -> tuple[ChartVariable, ...]:
    """The variables that Helm charts read."""
    return _entries("chart-variables.json", "variables", ChartVariable)


@functools.cache
def kinds() -> Kinds:
    """How our documents are told from those of others."""
    return _read("kinds.json", Kinds)


def _read(name: str, model: type[_Table]) -> _Table:
    """The whole table as one model."""
    return _checked(name, data.table(name), model, ())


def _entries(name: str, key: str, model: type[_Table]) -> tuple[_Table, ...]:
    """The entries of a table that is nothing but a list under `key`."""
    table = data.table(name)
    entries = table.get(key)
    if set(table) != {key} or not isinstance(entries, list):
        raise data.DataError(f"`{name}` has to hold a list `{key}` and nothing else")
    listed = enumerate(cast("list[object]", entries))
    return tuple(_checked(name, entry, model, (key, number)) for number, entry in listed)


def _checked(name: str, content: object, model: type[_Table], path: schema.FieldPath) -> _Table:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, (*path, *first["loc"]))) or "the top"
        raise data.DataError(f"`{name}`: {first['msg']} at `{place}`") from error
