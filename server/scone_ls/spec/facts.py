"""The fact tables beside the schemas: what a JSON Schema can't hold.

Each table is a file under `schemas/`, checked when it is used for the first time. Every fact says where
it comes from. A table that is broken raises `data.DataError`, which names the file and the place in it.
"""

import functools
from typing import Literal, TypeVar, cast

from pydantic import Field, ValidationError

from scone_ls.spec import data, schema
from scone_ls.spec.tables import (
    BuiltinVariables,
    ChartVariable,
    Confidence,
    Fact,
    Kinds,
    Model,
    NameForm,
    Placeholders,
)


class Default(Model):
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
    unsafe: tuple[str, ...] = ()
    """Values that take protection away, so are for debugging only."""
    older: str | None = None
    """What earlier releases took as well, as a regular expression."""
    at_most: str | None = None
    """The variable whose value must not be less."""
    unit: str | None
    used: Literal["runtime", "signing", "chart"]
    examples: tuple[str, ...]
    confidence: Confidence
    usage: float = Field(ge=0, le=1)
    """The share of real service manifests that set it, by estimate."""


class Grammar(Model):
    """How the value of a variable is written; `strict` is the form that documentation asks for."""

    pattern: str | None
    strict: str | None
    message: str
    source: str


class Variables(Model):
    """The `SCONE_*` variables."""

    link: str
    prefix: str
    """How all their names begin, and those of no others."""
    grammars: dict[str, Grammar]
    variables: tuple[Variable, ...]


class Since(Model):
    """The first version of the session language, and of SCONE, that knows a thing."""

    language: str
    scone: str | None


class Conflict(Model):
    """A key that makes no sense beside another one, whatever that says, or only where it says `value`."""

    key: str
    other: str
    value: str | None


class Form(Model):
    """How the text under a key has to be written, as a regular expression and in words."""

    key: str
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
    confidential: tuple[str, ...]
    """Keys whose text gives the secret away to everybody who reads the manifest."""
    never: tuple[str, ...]
    """Switches that would make public what nobody but the services may read."""
    since: Since | None
    confidence: Confidence


class Unused(Model):
    """Files under a key that do nothing by themselves, unless the command has one of some options."""

    key: str
    ending: str
    unless: tuple[str, ...]
    message: str


class BuildKind(Model):
    """A language or engine for building images, and the keys of `build` that go with it."""

    name: str
    language: str | None
    base: str | None
    uses: tuple[str, ...]
    required: tuple[str, ...]
    unsuitable: tuple[str, ...] = ()
    """Keys of `build` that do nothing for it."""
    unused: tuple[Unused, ...] = ()
    script: str | None = None
    """How the names of scripts end that its interpreter runs."""
    since: str | None
    """The first version of SCONE that has it, where that is known."""
    source: str
    confidence: Confidence


class BuildStep(Model):
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


class StepsOfKind(Model):
    """The steps of a build in their order, for one kind of manifest."""

    name: str
    steps: tuple[BuildStep, ...]


class Token(Fact):
    """A risk that attestation can tolerate."""

    needs: str | None
    """The key of the policy without which the token has no effect, and which itself needs the token."""
    development_only: bool = False
    since: str | None
    usage: float = Field(ge=0, le=1)


class Advisories(Model):
    """How the security advisories to ignore are written."""

    pattern: str
    form: str
    """How a number is written, as a format of Python."""
    wildcard: str
    message: str
    source: str


class Tolerations(Model):
    """What the text under the policy's `tolerate` may hold."""

    separator: str
    tokens: tuple[Token, ...]
    advisories: Advisories


class CasRole(Fact):
    """A role that some CAS instance of a mesh plays."""

    required: bool


class CasFlag(Model):
    """A command-line option for the attestation of a CAS."""

    name: str | None
    short: str | None
    description: str
    argument: str | None
    """What follows the option, `None` when nothing does."""
    development_only: bool
    source: str
    confidence: Confidence


_Table = TypeVar("_Table", bound=Model)


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
def registries() -> tuple[Fact, ...]:
    """The places from which images come that no manifest of a workspace builds."""
    return _entries("registries.json", "registries", Fact)


@functools.cache
def placeholders() -> Placeholders:
    """The grammar of `$$SCONE::…$$`."""
    return _read("placeholder-suffixes.json", Placeholders)


@functools.cache
def name_forms() -> tuple[NameForm, ...]:
    """How the names of things have to be written."""
    return _entries("names.json", "names", NameForm)


@functools.cache
def builtin_variables() -> BuiltinVariables:
    """The names that the mesh tool defines itself."""
    return _read("builtin-variables.json", BuiltinVariables)


@functools.cache
def builtin_names() -> tuple[Fact, ...]:
    """Every name for `{{…}}` that the mesh tool defines itself, the dotted ones included."""
    known = builtin_variables()
    dotted = (
        Fact(name=f"{known.cas.prefix}.{role}.{field.name}", description=field.description, source=field.source)
        for role in known.cas.roles
        for field in known.cas.fields
    )
    return (*known.variables, *dotted)


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
