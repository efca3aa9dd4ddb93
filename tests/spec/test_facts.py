"""The fact tables: complete, in step with the schemas, and clear about what is broken."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from scone_ls.spec import data, facts, schema

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
TABLES: dict[str, Callable[[], object]] = {
    "variables.json": facts.variables,
    "secret-kinds.json": facts.secret_kinds,
    "build-kinds.json": facts.build_kinds,
    "build-steps.json": facts.build_steps,
    "tolerate.json": facts.tolerations,
    "cas-roles.json": facts.cas_roles,
    "cas-flags.json": facts.cas_flags,
    "placeholder-suffixes.json": facts.placeholders,
    "names.json": facts.name_forms,
    "builtin-variables.json": facts.builtin_variables,
    "chart-variables.json": facts.chart_variables,
    "registries.json": facts.registries,
    "kinds.json": facts.kinds,
}
SECRET = ("secrets", "global", 0)


def values(kind: str, *path: str | int) -> set[object]:
    field = schema.field_at(schema.root(kind), path)
    assert field is not None
    return set(field.enum)


def keys(kind: str, *path: str | int) -> set[str]:
    field = schema.field_at(schema.root(kind), path)
    assert field is not None
    return set(field.properties)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_loads(name: str):
    assert TABLES[name]()


def test_every_table_is_listed():
    files = {path.name for path in SCHEMAS.glob("*.json") if not path.name.endswith(".schema.json")}

    assert files == set(TABLES)


def sourceless(node: object) -> list[object]:
    """The parts of a table that describe something and give no source, nor does what they are in."""
    if isinstance(node, list):
        return [found for child in cast("list[object]", node) for found in sourceless(child)]
    if not isinstance(node, dict):
        return []
    mapping = cast("dict[str, object]", node)
    if "source" in mapping:
        return []
    here: list[object] = [mapping] if "description" in mapping else []
    return here + sourceless(list(mapping.values()))


@pytest.mark.parametrize("name", TABLES)
def test_every_fact_has_a_source(name: str):
    assert sourceless(data.table(name)) == []


def test_secret_kinds_are_those_of_the_schema():
    kinds = facts.secret_kinds()

    assert values("genservice", *SECRET, "kind") == {kind.name for kind in kinds}
    for kind in kinds:
        assert set(kind.fields) <= keys("genservice", *SECRET)
        assert set(kind.required) <= set(kind.fields)
        assert all(set(group) <= set(kind.fields) for group in kind.required_one_of)


def test_every_key_of_a_secret_goes_with_some_kind():
    used = {name for kind in facts.secret_kinds() for name in kind.fields}

    assert used == keys("genservice", *SECRET)


def test_build_kinds_are_those_of_the_schema():
    kinds = facts.build_kinds()

    assert values("genservice", "build", "kind") == {kind.name for kind in kinds}
    for kind in kinds:
        assert {*kind.uses, *kind.required} <= keys("genservice", "build")


def test_roles_are_described_alike_in_table_and_schema():
    described = {role.name: role.description for role in facts.cas_roles()}
    for path in (("cas", 0, "name"), ("cas", 0, "alias", 0)):
        field = schema.field_at(schema.root("mesh"), path)

        assert field is not None
        assert described == dict(field.enum_descriptions)


def test_examples_and_values_of_variables_fit_their_grammar():
    table = facts.variables()
    for variable in table.variables:
        grammar = table.grammars[variable.grammar]
        samples = (*variable.examples, *(default.value for default in variable.defaults))
        if grammar.pattern is not None:
            assert all(re.search(grammar.pattern, sample) for sample in samples), variable.name
        if variable.grammar.startswith("choice"):
            assert set(samples) <= set(variable.values), variable.name


def test_names_are_unique():
    tables = (
        facts.variables().variables,
        facts.secret_kinds(),
        facts.build_kinds(),
        facts.tolerations().tokens,
        facts.chart_variables(),
        facts.builtin_variables().variables,
    )
    for table in tables:
        names = [entry.name for entry in table]

        assert len(names) == len(set(names))


def test_suffixes_belong_to_known_kinds():
    known = {kind.name for kind in facts.secret_kinds()}
    groups = facts.placeholders().suffixes
    named = [kind for group in groups for kind in group.kinds]

    assert known == set(named)
    assert len(named) == len(set(named))
    for group in groups:
        texts = {suffix.text for suffix in group.suffixes}
        assert all(s.replacement is None or s.replacement in texts for s in group.suffixes)


def test_kinds_name_existing_schemas_and_replacements():
    table = facts.kinds()
    names = {kind.name for kind in table.kinds}

    assert all((SCHEMAS / kind.schema_file).is_file() for kind in table.kinds)
    assert {kind.replacement for kind in table.obsolete} <= names


def test_a_broken_table_names_file_and_place(monkeypatch: pytest.MonkeyPatch):
    def broken(_name: str) -> dict[str, object]:
        return {"roles": [{"name": "cas"}]}

    monkeypatch.setattr(data, "table", broken)

    with pytest.raises(data.DataError, match=r"`cas-roles.json`: .* at `roles\.0\."):
        facts.cas_roles.__wrapped__()


def test_nothing_else_of_the_specification_needs_pydantic():
    code = (
        "import sys; from scone_ls.spec import kinds, schema;"
        "kinds.identify([('kind', 'mesh')]); schema.root('mesh');"
        "assert 'pydantic' not in sys.modules; assert 'jsonschema' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("kind", ["genservice", "mesh"])
def test_steps_of_a_build_speak_of_places_that_there_are(kind: str):
    root = schema.root(kind)
    paths = [path for step in facts.build_steps()[kind] for path in (step.path, step.kind_path) if path]

    assert [path for path in paths if schema.field_at(root, path) is None] == []


@pytest.mark.parametrize("kind", ["genservice", "mesh"])
def test_keys_speak_of_keys_beside_them(kind: str):
    for _, field in schema.fields(schema.root(kind)):
        for child in field.properties.values():
            others = {
                *child.needs.values(),
                *child.conflicts,
                *([child.useless_without] if child.useless_without else []),
            }

            assert others <= set(field.properties), child.name
            assert set(child.needs) <= {*child.enum, *child.enum_descriptions}, child.name


def test_a_kind_of_build_needs_the_same_in_table_and_schema():
    field = schema.field_at(schema.root("genservice"), ("build", "kind"))

    assert field is not None
    assert {kind.name: kind.required for kind in facts.build_kinds() if kind.required} == {
        name: (key,) for name, key in field.needs.items()
    }


def test_what_variables_say_of_values_and_others_is_known():
    table = facts.variables()
    names = {variable.name for variable in table.variables}

    assert all(name.startswith(table.prefix) for name in names)
    for variable in table.variables:
        assert set(variable.unsafe) <= set(variable.values)
        assert variable.at_most is None or variable.at_most in names


def test_names_are_of_kinds_that_the_schemas_declare():
    declared = {
        field.names[1]
        for kind in ("genservice", "mesh")
        for _, field in schema.fields(schema.root(kind))
        if field.names[:1] == ("declares",)
    }

    assert {kind for form in facts.name_forms() for kind in form.kinds} <= declared


def test_the_form_of_an_advisory_fits_its_pattern():
    advisories = facts.tolerations().advisories

    assert re.search(advisories.pattern, advisories.form.format(615))
