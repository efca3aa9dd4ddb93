"""The graph of fields says the same as the JSON Schemas."""

import json
from typing import Any, cast

import jsonschema
import pytest

from scone_ls.spec import data, schema

KINDS = ("genservice", "mesh")
# What the loader understands. A schema that uses more needs a loader and a walk that know it.
KEYWORDS = {
    "$schema", "$defs", "$ref", "title", "description", "type", "default", "examples", "deprecated",
    "enum", "pattern", "properties", "required", "additionalProperties", "items",
    "if", "then", "else", "not",
    "x-source", "x-confidence", "x-usage", "x-severity", "x-required-severity", "x-pattern-message",
    "x-enum-descriptions", "x-misspellings", "x-replaced-by", "x-completes", "x-label",
        "x-names",
        "x-scope", "x-needs", "x-useless-without", "x-conflicts", "x-shell", "x-link",
}  # fmt: skip


SAMPLES: list[tuple[Any, str]] = [
    ("text", "string"), ("$NAME", "string"), ("{{x}}", "string"), (7, "number"),
    (True, "boolean"), (None, "null"), ([], "array"), ({}, "object"),
]  # fmt: skip


def written(kind: str) -> dict[str, Any]:
    return json.loads(schema.source_text(kind))


def nodes(node: object) -> list[dict[str, Any]]:
    """Every schema inside of a schema."""
    if not isinstance(node, dict):
        return []
    mapping = cast("dict[str, Any]", node)
    below: list[object] = [mapping[key] for key in ("items", "if", "then", "else", "not") if key in mapping]
    for key in ("properties", "$defs"):
        below += mapping.get(key, {}).values()
    return [mapping, *(found for child in below for found in nodes(child))]


def usual_fields(start: schema.Field) -> list[tuple[schema.FieldPath, schema.Field]]:
    """Every field but the ones of other forms."""
    other = {
        below for _, field in schema.fields(start) for form in field.forms for _, below in schema.fields(form.field)
    }
    return [(path, field) for path, field in schema.fields(start) if field not in other]


@pytest.mark.parametrize("kind", KINDS)
def test_only_known_keywords_are_used(kind: str):
    for node in nodes(written(kind)):
        assert set(node) <= KEYWORDS


@pytest.mark.parametrize("kind", KINDS)
def test_every_described_place_is_reached(kind: str):
    described = {
        (node["title"], node["description"], tuple(node.get("properties", {})), node.get("x-severity"))
        for node in nodes(written(kind))
        if "x-source" in node
    }
    reached = {
        (field.title, field.description, tuple(field.properties), field.severity)
        for _, field in schema.fields(schema.root(kind))
    }

    assert described == reached


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_allows_what_its_node_allows(kind: str):
    whole = written(kind)
    for path, field in usual_fields(schema.root(kind)):
        validator = jsonschema.Draft202012Validator(node_at(whole, path))
        for sample, json_type in SAMPLES:
            errors = validator.iter_errors(sample)  # pyright: ignore[reportUnknownMemberType] -- the stubs leave its parameters open
            failed = {str(error.validator) for error in errors} - {"required"}

            assert failed == expected_failures(field, sample, json_type), (path, sample)


def node_at(whole: dict[str, Any], path: schema.FieldPath) -> dict[str, Any]:
    """The node at a path, with the definitions that it may refer to."""
    node = whole
    for step in path:
        node = node["items"] if isinstance(step, int) else node["properties"][step]
        if "then" in node:
            node = whole["$defs"][node["else"]["$ref"].removeprefix("#/$defs/")]
    return {**node, "$defs": whole["$defs"]}


def expected_failures(field: schema.Field, sample: object, json_type: str) -> set[str]:
    """The keywords that a value breaks, judged by the field alone."""
    if isinstance(sample, str) and field.is_exempt(sample):
        return set()
    if field.types and json_type not in field.types:
        return {"type"}
    if json_type not in ("string", "number", "boolean"):
        return set()
    broken: set[str] = set()
    if field.enum and sample not in field.enum:
        broken.add("enum")
    if isinstance(sample, str) and not field.matches(sample):
        broken.add("pattern")
    return broken


@pytest.mark.parametrize("kind", KINDS)
def test_paths_lead_to_the_same_objects(kind: str):
    start = schema.root(kind)

    assert start is schema.root(kind)
    assert all(schema.field_at(start, path) is field for path, field in usual_fields(start))


@pytest.mark.parametrize(
    ("kind", "path"),
    [("mesh", ("nonsense",)), ("mesh", ("cas", "name")), ("mesh", (0,)), ("genservice", ("build", "name", 0))],
)
def test_paths_that_lead_nowhere(kind: str, path: schema.FieldPath):
    assert schema.field_at(schema.root(kind), path) is None


def test_properties_keep_the_order_in_which_people_write():
    assert list(schema.root("mesh").properties)[:6] == ["apiVersion", "kind", "cas", "policy", "env", "services"]


@pytest.mark.parametrize(
    ("keys", "title"),
    [
        ({"service", "env"}, "Variables of a service"),
        ({"service", "value"}, "Variables of a service"),
        (set[str](), "Variables of a service"),
        ({"servcie"}, "Variables of a service"),
        ({"name", "value"}, "Variable (old form)"),
        ({"name"}, "Variable (old form)"),
        ({"value"}, "Variable (old form)"),
        ({"key", "value"}, "Variable (oldest form)"),
    ],
)
def test_the_form_of_an_entry_follows_from_its_keys(keys: set[str], title: str):
    entry = schema.field_at(schema.root("mesh"), ("env", 0))

    assert entry is not None
    assert entry.form_for(keys).title == title


def test_what_a_field_says():
    root = schema.root("mesh")
    mode = schema.field_at(root, ("cas", 0, "mode"))
    extra = schema.field_at(root, ("helm_extra_values",))

    assert mode is not None
    assert extra is not None
    assert (mode.severity, mode.default, mode.nullable, mode.free) == ("error", "Upload", True, False)
    assert mode.template_allowed
    assert mode.is_exempt("$UPLOAD_MODE")
    assert not mode.is_exempt("upload")
    assert extra.free
    assert root.closed
    assert root.required_severity == {}
    assert root.properties["policy"].required_severity == {"namespace": "warning"}
    assert root.properties["helm"].replaced_by == "helm_extra_values"


def test_an_unknown_kind_is_named():
    with pytest.raises(data.DataError, match=r"`potato\.schema\.json` is neither in"):
        schema.root("potato")
