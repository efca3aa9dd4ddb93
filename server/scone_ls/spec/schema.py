"""The JSON Schemas of the manifests as a graph of `Field` objects.

It reads the part of JSON Schema that the files under `schemas/` use and turns it into what a walk over
a manifest needs: references resolved, conditions named. It does not check manifests, and it knows no
key of them. Apart from the standard keywords a schema holds these:

* `x-source`, `x-confidence`: where the fact comes from and how sure it is (`high`, `medium`, `low`);
* `x-usage`: the share of real manifests that use the key, 0 to 1, among those that have its parent;
* `x-severity`: what a value outside of `enum` or `pattern` deserves (`error`, `warning`, `hint`);
* `x-required-severity`: the same for single missing keys, where it differs from the rule's own;
* `x-pattern-message`: what `pattern` asks for, in words;
* `x-enum-descriptions`: Markdown for each known value; without `enum` other values are fine as well;
* `x-misspellings`: wrong spellings with the right one: of keys on a mapping, of values on a scalar;
* `x-replaced-by`: what to write instead of something `deprecated`;
* `x-completes`: the fact table from which the value can be taken;
* `x-names`: what the scalar has to do with a name: `declares`, `imports`, `gives` (a value) or `refers`, then the kind
  of thing that has the name, then the sort of thing that is wanted;
* `x-scope`: the key of a mapping whose value says for whom the names inside are meant;
* `x-label`: the keys of a mapping by which a reader knows it: its name, then what says most about it;
* `x-needs`: values of a scalar with the key that each needs beside it;
* `x-useless-without`: the key without which this one has no effect;
* `x-conflicts`: the keys beside which this one makes no sense;
* `x-shell`: whether a `$` in the text may be meant for something else than the shell that fills in templates;
* `x-link`: the published documentation.

Two uses of `if` occur. `if`/`else` alone exempts text that matches a pattern (a template) from what
`else` asks for. `if`/`then`/`else` chooses another form of a mapping by the keys that are there.
"""

import functools
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias, cast

from scone_ls.spec import data

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
JsonScalar: TypeAlias = str | int | float | bool | None
FieldPath: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Field:
    """One place of a manifest: the whole, the value of a key, or an item of a list.

    Fields are compared by identity: the same place is always the same object.
    """

    name: str
    """The key; for an item the key of its list; for the whole manifest its kind."""
    title: str
    description: str
    types: frozenset[str]
    """JSON types that may stand here; empty when anything may."""
    default: Json
    """The default, `None` when there is none or it is not known."""
    examples: tuple[Json, ...]
    enum: tuple[JsonScalar, ...]
    enum_descriptions: Mapping[str, str]
    properties: "Mapping[str, Field]"
    """The keys of a mapping, in the order in which people write them."""
    required: tuple[str, ...]
    required_severity: Mapping[str, str]
    items: "Field | None"
    closed: bool
    """Whether a mapping may hold no other keys than `properties`."""
    forms: "tuple[Form, ...]"
    """Other forms of this mapping, told apart by its keys; see `form_for`."""
    deprecated: bool
    replaced_by: str | None
    pattern: str | None
    pattern_message: str | None
    severity: str | None
    exempt: str | None
    """Regular expression of texts that are never judged: templates for `enum` and `pattern`, a
    lone shell variable for the `types` of a list or mapping."""
    source: str
    confidence: str
    usage: float
    misspellings: Mapping[str, str]
    completes: tuple[str, ...]
    """The fact table that knows the values, with its parameters."""
    names: tuple[str, ...]
    """What the scalar here has to do with a name: a role, a kind of thing, and the sort that is wanted."""
    scope: str | None
    """The key whose value says for whom the names in this mapping are meant."""
    needs: Mapping[str, str]
    """Values of the scalar here with the key that each needs beside it."""
    useless_without: str | None
    """The key beside this one without which it has no effect."""
    conflicts: tuple[str, ...]
    """The keys beside which this one makes no sense."""
    shell: bool
    """Whether a `$` in the text may be meant for something else than the shell that fills in templates."""
    label: tuple[str, ...]
    """The keys by which a reader knows this mapping."""
    link: str | None

    def __repr__(self) -> str:
        return f"<Field {self.name}: {self.title}>"

    @property
    def free(self) -> bool:
        """Whether anything at all may stand here."""
        return not self.types and not self.enum

    @property
    def nullable(self) -> bool:
        """Whether the value may be left empty."""
        return not self.types or "null" in self.types

    @property
    def template_allowed(self) -> bool:
        """Whether a template is exempt from what is asked for here."""
        return self.exempt is not None

    def is_exempt(self, text: str) -> bool:
        """Whether the scalar `text` is a template that nobody can judge yet."""
        return self.exempt is not None and _compiled(self.exempt).search(text) is not None

    def matches(self, text: str) -> bool:
        """Whether the scalar `text` fits `pattern`, if there is one."""
        return self.pattern is None or _compiled(self.pattern).search(text) is not None

    def form_for(self, keys: Collection[str]) -> "Field":
        """The form of this mapping that one with these `keys` has: mostly the field itself."""
        for form in self.forms:
            if form.fits(keys):
                return form.field.form_for(keys)
        return self


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """Another form of a mapping, and how it is known: by a key that is there and keys that are not."""

    any_of: frozenset[str]
    none_of: frozenset[str]
    field: Field

    def fits(self, keys: Collection[str]) -> bool:
        """Whether a mapping with these `keys` has this form."""
        return any(key in self.any_of for key in keys) and not any(key in self.none_of for key in keys)


@functools.cache
def root(kind: str) -> Field:
    """The whole manifest of this kind, such as `mesh`; raises `data.DataError` when there is none."""
    schema = cast("dict[str, Json]", data.table(_file_name(kind)))
    try:
        return _Reader(schema).field(kind, schema)
    except (KeyError, TypeError, AttributeError) as error:
        raise data.DataError(f"`{_file_name(kind)}` has an unexpected form: {error!r}") from error


def source_text(kind: str) -> str:
    """The JSON Schema of this kind as it stands in its file; raises `data.DataError`."""
    return data.text(_file_name(kind))


def field_at(start: Field, path: FieldPath) -> Field | None:
    """The field that `path` (keys, and numbers for items) leads to from `start`.

    Where a mapping has several forms, the first one with such a key is taken.
    """
    found: Field | None = start
    for step in path:
        if found is None:
            return None
        found = found.items if isinstance(step, int) else _child(found, step)
    return found


def fields(start: Field, path: FieldPath = ()) -> Iterator[tuple[FieldPath, Field]]:
    """Every field below and including `start` with its path, in which 0 stands for any item."""
    yield path, start
    for key, child in start.properties.items():
        yield from fields(child, (*path, key))
    if start.items is not None:
        yield from fields(start.items, (*path, 0))
    for form in start.forms:
        yield from fields(form.field, path)


def _file_name(kind: str) -> str:
    return f"{kind}.schema.json"


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _child(field: Field, key: str) -> Field | None:
    child = field.properties.get(key)
    if child is not None:
        return child
    found = (_child(form.field, key) for form in field.forms)
    return next((candidate for candidate in found if candidate is not None), None)


class _Reader:
    """Turns the nodes of one schema into fields."""

    def __init__(self, schema: dict[str, Json]) -> None:
        self._definitions = cast("dict[str, dict[str, Json]]", schema["$defs"])
        self._link = cast("str | None", schema.get("x-link"))

    def field(self, name: str, written: dict[str, Json]) -> Field:
        """The field for one node of the schema."""
        node, forms = self._unfolded(name, self._resolved(written))
        exempt, checks = self._checks(node)
        properties = cast("dict[str, dict[str, Json]]", node.get("properties", {}))
        items = cast("dict[str, Json] | None", node.get("items"))
        return Field(
            name=name,
            title=cast("str", node.get("title", name)),
            description=cast("str", node.get("description", "")),
            types=_types(checks.get("type")),
            default=node.get("default"),
            examples=tuple(cast("list[Json]", node.get("examples", []))),
            enum=tuple(cast("list[JsonScalar]", checks.get("enum", []))),
            enum_descriptions=_texts(node.get("x-enum-descriptions")),
            properties=MappingProxyType({k: self.field(k, v) for k, v in properties.items()}),
            required=tuple(cast("list[str]", node.get("required", []))),
            required_severity=_texts(node.get("x-required-severity")),
            items=None if items is None else self.field(name, items),
            closed=node.get("additionalProperties") is False,
            forms=forms,
            deprecated=bool(node.get("deprecated")),
            replaced_by=cast("str | None", node.get("x-replaced-by")),
            pattern=cast("str | None", checks.get("pattern")),
            pattern_message=cast("str | None", node.get("x-pattern-message")),
            severity=cast("str | None", node.get("x-severity")),
            exempt=exempt,
            source=cast("str", node["x-source"]),
            confidence=cast("str", node["x-confidence"]),
            usage=float(cast("float", node.get("x-usage", 0.0))),
            misspellings=_texts(node.get("x-misspellings")),
            completes=tuple(cast("str", node.get("x-completes", "")).split()),
            names=tuple(cast("str", node.get("x-names", "")).split()),
            scope=cast("str | None", node.get("x-scope")),
            needs=_texts(node.get("x-needs")),
            useless_without=cast("str | None", node.get("x-useless-without")),
            conflicts=tuple(cast("list[str]", node.get("x-conflicts", []))),
            shell=bool(node.get("x-shell")),
            label=tuple(cast("list[str]", node.get("x-label", []))),
            link=cast("str | None", node.get("x-link", self._link)),
        )

    def _resolved(self, node: dict[str, Json]) -> dict[str, Json]:
        reference = node.get("$ref")
        if reference is None:
            return node
        name = cast("str", reference).removeprefix("#/$defs/")
        return {**self._resolved(self._definitions[name]), **node}

    def _unfolded(self, name: str, node: dict[str, Json]) -> tuple[dict[str, Json], tuple[Form, ...]]:
        """The usual form of a node, and its other forms."""
        forms: list[Form] = []
        while "then" in node:
            condition = self._resolved(cast("dict[str, Json]", node["if"]))
            absent = cast("dict[str, Json]", condition["properties"])
            present = cast("dict[str, dict[str, Json]]", condition["not"])["properties"]
            other = self.field(name, cast("dict[str, Json]", node["then"]))
            forms.append(Form(frozenset(present), frozenset(absent), other))
            node = self._resolved(cast("dict[str, Json]", node["else"]))
        return node, tuple(forms)

    def _checks(self, node: dict[str, Json]) -> tuple[str | None, dict[str, Json]]:
        """The pattern of exempt texts, and the node with what `else` asks for."""
        if "if" not in node:
            return None, node
        exempted = self._resolved(cast("dict[str, Json]", node["if"]))
        holder = cast("dict[str, Json]", exempted.get("then", exempted))
        return cast("str", holder["pattern"]), {**node, **cast("dict[str, Json]", node["else"])}


def _types(written: Json) -> frozenset[str]:
    if isinstance(written, str):
        return frozenset((written,))
    return frozenset(cast("list[str]", written or ()))


def _texts(written: Json) -> Mapping[str, str]:
    return MappingProxyType(cast("dict[str, str]", written or {}))
