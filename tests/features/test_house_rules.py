"""House rules: what a team's own schemas find, where it is shown, what is said, and what nobody can know."""

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scone_ls.analysis.document import Document
from scone_ls.features.diagnostics import DiagnosticSettings, diagnostics
from scone_ls.features.house_rules import house_rules
from scone_ls.features.house_rules.schema import HouseSchema, HouseSchemaError
from scone_ls.features.house_rules.validation import fault_of
from scone_ls.rules.rule import Severity
from tests.dsl.checks import check_diagnostics, check_severity

TOP = "apiVersion: scone/5.8\nkind: genservice\n"
BUILD = "build:\n  name: shop\n  kind: python\n  to: example.com/shop:1\n  command: python3 shop.py\nenvironment:\n"


def house(contents: Any, kind: str | None = None, severity: Severity | None = None, **resources: Any) -> HouseSchema:
    files = {f"file:///team/{name}.json": content for name, content in resources.items()}
    return HouseSchema("team.json", kind, severity, "file:///team/team.json", contents, files)


def settings(*schemas: HouseSchema) -> DiagnosticSettings:
    return DiagnosticSettings(house=partial(house_rules, schemas=schemas))


def check(fixture: str, contents: Any, **resources: Any) -> None:
    check_diagnostics(fixture, settings(house(contents, **resources)))


def at(*path: str, **schema: Any) -> dict[str, Any]:
    """The schema for the value at a path."""
    for name in reversed(path):
        schema = {"items": schema} if name == "*" else {"properties": {name: schema}}
    return schema


def found(build: str, schema: dict[str, Any]) -> list[str]:
    """What is said about a manifest with these lines under `build`."""
    text = TOP + BUILD.replace("environment:", build.strip("\n") + "\nenvironment:")
    return [finding.message for finding in house_rules(Document.open("file:///a.yaml", text), [house(schema)])]


def test_a_value_is_marked_where_it_stands():
    check(
        TOP
        + """\
build:
  name: shop
  kind: python
  to: example.com/shop:1
#     ^^^^^^^^^^^^^^^^^^ house-rule: images come from us
  command: python3 shop.py
environment:
""",
        at("build", "to", pattern="^us/", errorMessage="images come from us"),
    )


def test_a_missing_key_is_marked_at_the_key_of_its_mapping():
    check(
        TOP
        + """\
build:
#^^^^ house-rule: the key `volumes` is missing, says `team.json`
  name: shop
  kind: python
  to: example.com/shop:1
  command: python3 shop.py
environment:
""",
        at("build", required=["name", "volumes"]),
    )


def test_a_missing_key_of_the_manifest_is_marked_at_its_first_key():
    check(
        "apiVersion: scone/5.8\n#^^^^^^^^^ house-rule: the key `local` is missing, says `team.json`\nkind: genservice\n"
        + BUILD,
        {"required": ["local"]},
    )


def test_a_key_that_is_not_allowed_is_marked():
    check(
        TOP
        + """\
build:
  name: shop
  kind: python
  to: example.com/shop:1
  command: python3 shop.py
  pwd: /shop
# ^^^ house-rule: the key `pwd` is not allowed, says `team.json`
environment:
""",
        at("build", propertyNames={"pattern": "..."}, additionalProperties=False)
        | at("build", patternProperties={"^[^p]": {}}, additionalProperties=False),
    )


def test_a_key_may_be_forbidden_by_false():
    check(
        TOP
        + BUILD.replace(
            "environment:", "  pwd: /shop\n# ^^^ house-rule: `pwd` is not allowed, says `team.json`\nenvironment:"
        ),
        {"properties": {"build": {"properties": {"pwd": False}}}},
    )


def test_a_list_is_marked_at_its_key():
    check(
        TOP
        + BUILD.replace(
            "environment:",
            "  copy: [a, b]\n# ^^^^ house-rule: `copy` has more entries than `1`, says `team.json`\nenvironment:",
        ),
        at("build", "copy", maxItems=1),
    )


def test_an_entry_of_a_list_is_marked():
    check(
        TOP
        + BUILD.replace(
            "environment:", "  copy:\n    - a.py\n    - bb\n#     ^^ house-rule: Python only\nenvironment:"
        ),
        at("build", "copy", "*", pattern="[.]py$", title="Python only"),
    )


def test_a_comment_silences_it():
    check(TOP + BUILD.replace("shop:1", "shop:1  # scone-ls: ignore[house-rule]"), at("build", "to", pattern="^us/"))


def test_a_comment_that_silences_nothing_is_known_only_where_house_rules_were_asked():
    text = TOP + BUILD.replace("shop:1", "shop:1  # scone-ls: ignore[house-rule]")
    document = Document.open("file:///a.yaml", text)

    assert diagnostics(document, DiagnosticSettings()) == ()
    assert [each.code for each in diagnostics(document, settings())] == ["unused-ignore"]


@pytest.mark.parametrize(("severity", "expected"), [(None, "warning"), (Severity.ERROR, "error")])
def test_the_severity_is_that_of_the_schema(severity: Severity | None, expected: str):
    check_severity(TOP + BUILD, expected, settings(house({"required": ["x"]}, severity=severity)))


def test_a_schema_for_one_kind():
    mesh = Document.open("file:///a.yaml", "apiVersion: scone/5.8\nkind: mesh\nservices: []\n")
    schemas = [house({"required": ["x"]}, kind=kind) for kind in (None, "mesh", "genservice")]

    assert len(house_rules(mesh, schemas[:1])) == len(house_rules(mesh, schemas)) == 1
    assert house_rules(mesh, schemas[2:]) == ()


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ({"type": "number"}, "`/shop` has to be a number, says `team.json`"),
        ({"type": ["number", "null"]}, "`/shop` has to be a number or nothing, says `team.json`"),
        ({"enum": ["/a", 7]}, "`/shop` is none of `/a`, `7`, says `team.json`"),
        ({"const": "/a"}, "`/shop` is not `/a`, says `team.json`"),
        ({"pattern": "^/srv"}, "`/shop` does not match `^/srv`, says `team.json`"),
        ({"maxLength": 3}, "`/shop` has more characters than `3`, says `team.json`"),
        ({"format": "ipv4"}, "`/shop` is no `ipv4`, says `team.json`"),
        ({"not": {"type": "string"}}, "`/shop` breaks the rule `not`, says `team.json`"),
        (False, "`pwd` is not allowed, says `team.json`"),
        ({"pattern": "x", "title": "In /srv"}, "In /srv"),
        ({"pattern": "x", "description": "In /srv"}, "In /srv"),
        ({"pattern": "x", "title": "t", "errorMessage": "all in /srv"}, "all in /srv"),
        ({"pattern": "x", "errorMessage": {"pattern": "p"}}, "p"),
        ({"pattern": "x", "errorMessage": {"_": "p"}}, "p"),
        ({"pattern": "x", "errorMessage": {"type": "t"}}, "`/shop` does not match `x`, says `team.json`"),
        ({"pattern": "x", "errorMessage": 7, "title": 8}, "`/shop` does not match `x`, says `team.json`"),
        (
            {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^x"}]},
            "`/shop` does not match `^x`, says `team.json`",
        ),
        ({"oneOf": [{"type": "null"}, {"type": "number"}], "errorMessage": "neither"}, "neither"),
        ({"allOf": [{"pattern": "x"}, {"pattern": "y", "title": "y"}]}, "`/shop` does not match `x`, says `team.json`"),
    ],
)
def test_what_is_said_about_a_value(schema: Any, message: str):
    assert found("  pwd: /shop", {"properties": {"build": {"properties": {"pwd": schema}}}})[0] == message


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ({"required": ["x"], "errorMessage": {"required": {"x": "we want x"}}}, "we want x"),
        (
            {"required": ["x"], "errorMessage": {"required": {"y": "we want y"}}},
            "the key `x` is missing, says `team.json`",
        ),
        ({"required": ["x"], "title": "House rules"}, "the key `x` is missing (House rules)"),
        ({"dependentRequired": {"name": ["x"]}}, "the key `x` is missing, says `team.json`"),
        ({"maxProperties": 1}, "`build` has more keys than `1`, says `team.json`"),
        ({"minProperties": 9}, "`build` has fewer keys than `9`, says `team.json`"),
        (
            {"additionalProperties": {"maxLength": 8}},
            "`example.com/shop:1` has more characters than `8`, says `team.json`",
        ),
        ({"type": "array"}, "`build` has to be a list, says `team.json`"),
        ({"propertyNames": {"minLength": 3}}, "`to` has fewer characters than `3`, says `team.json`"),
        ({"if": {"required": ["name"]}, "then": {"required": ["x"]}}, "the key `x` is missing, says `team.json`"),
    ],
)
def test_what_is_said_about_a_mapping(schema: Any, message: str):
    assert found("", at("build", **schema))[0] == message


UNKNOWN = ["$DIR", '"{{dir}}"', "a${DIR}b", "$$SCONE::x:key$$", "*there", "!mine x"]


DOUBTFUL: list[Any] = [
    {"type": "number"},
    {"enum": ["a"]},
    {"pattern": "^x$"},
    {"maxLength": 1},
    {"not": {"const": "x"}},
    {"not": {}},
    {"oneOf": [{"const": 1}, {"const": 2}]},
    {"oneOf": [{}, {}]},
    {"if": {"const": "x"}, "then": False, "else": False},
    {"$ref": "#/$defs/x"},
]


@pytest.mark.parametrize("value", UNKNOWN)
@pytest.mark.parametrize("schema", DOUBTFUL)
def test_what_nobody_can_know_is_not_judged(value: str, schema: Any):
    whole = {"$defs": {"x": {"const": 1}}, "properties": {"build": {"properties": {"pwd": schema}}}}

    assert found(f"  pwd: {value}", whole) == []


@pytest.mark.parametrize(
    "schema",
    [
        {"contains": {"const": "x"}},
        {"uniqueItems": True},
        {"enum": [["a"]]},
        {"not": {"contains": {"const": "y"}}},
        {"not": {"items": {"type": "string"}}},
        {"oneOf": [{"minItems": 1}, {"contains": {"const": "y"}}]},
    ],
)
def test_what_holds_something_unknown_is_not_judged_by_all_of_it(schema: Any):
    assert found("  copy: [$A, $A]", at("build", "copy", **schema)) == []


def test_a_key_is_known_whatever_its_value():
    assert found("  pwd: $DIR", {"properties": {"build": {"properties": {"pwd": False}}}}) == [
        "`pwd` is not allowed, says `team.json`"
    ]


def test_what_is_known_is_judged_beside_what_is_not():
    assert found("  copy: [$A, b]", at("build", "copy", "*", const="a")) == ["`b` is not `a`, says `team.json`"]
    assert found("  copy: [$A, b]", at("build", "copy", oneOf=[{"maxItems": 1}, {"maxItems": 0}])) != []


@pytest.mark.parametrize("text", ["  <<: *other", '  "{{name}}": x', "  $X: y", "  x: [", "  ? {a: b}\n  : c"])
def test_where_more_keys_may_be_none_is_missing(text: str):
    assert found(text, at("build", required=["x", "y"], minProperties=20)) == []


def test_numbers_are_read_as_yaml_reads_them():
    schema = at("build", "x", exclusiveMinimum=15, maximum=16)
    values = ["16", "0x10", "0o20", "1_6", "15.5", "1.6e1", "+16"]

    assert {value: found(f"  x: {value}", schema) for value in values} == {value: [] for value in values}
    assert found("  x: 017", schema) == ["`17` is more than `16`, says `team.json`"] or found("  x: 017", schema) == []
    assert found("  x: .inf", schema) != []


def test_a_schema_may_refer_to_other_files_and_to_itself():
    schema = {
        "$ref": "other.json#/$defs/to",
        "$defs": {"x": {"required": ["x"]}},
        "properties": {"build": {"$ref": "#/$defs/x"}},
    }
    other = {"$defs": {"to": at("build", "to", pattern="^us/", title="ours")}}
    document = Document.open("file:///a.yaml", TOP + BUILD)

    assert sorted(finding.message for finding in house_rules(document, [house(schema, other=other)])) == [
        "ours",
        "the key `x` is missing, says `team.json`",
    ]


@pytest.mark.parametrize(
    ("contents", "fault"),
    [
        ({"$ref": "not-there.json"}, "`team.json` refers to `not-there.json`, which is not there"),
        ({"$ref": "#/$defs/x"}, "`team.json` refers to `/$defs/x`, which is not there"),
        ({"$ref": "#"}, "`team.json` refers to itself without end"),
    ],
)
def test_a_schema_that_refers_to_nothing(contents: Any, fault: str):
    with pytest.raises(HouseSchemaError) as raised:
        house_rules(Document.open("file:///a.yaml", TOP + BUILD), [house(contents)])

    assert fault in str(raised.value)


@pytest.mark.parametrize(
    ("contents", "fault"),
    [
        ({}, None),
        (True, None),
        ({"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {}}, None),
        ([], "it is neither an object nor `true` or `false`"),
        (None, "it is neither an object nor `true` or `false`"),
        ({"$schema": "urn:mine"}, "`$schema` names no draft of JSON Schema that is known"),
        ({"$schema": 7}, "`$schema` names no draft of JSON Schema that is known"),
        ({"properties": {"x": {"type": "text"}}}, "`properties.x.type` is not what JSON Schema takes there"),
        ({"properties": {"x": {"pattern": "["}}}, "`properties.x.pattern` is not what JSON Schema takes there"),
        ({"type": 7}, "`type` is not what JSON Schema takes there"),
    ],
)
def test_what_is_wrong_with_a_schema(contents: Any, fault: str | None):
    assert fault_of(contents) == fault


@pytest.mark.parametrize("draft", ["draft-04", "draft-06", "draft-07", "draft/2019-09", "draft/2020-12"])
def test_every_draft(draft: str):
    host = "https" if "/" in draft else "http"
    schema = {"$schema": f"{host}://json-schema.org/{draft}/schema" + ("" if "/" in draft else "#")}

    assert found("", {**schema, **at("build", required=["x"])}) == ["the key `x` is missing, says `team.json`"]


def test_each_mistake_is_said_once():
    twice = {"allOf": [{"$ref": "#/$defs/x"}, {"$ref": "#/$defs/x"}], "$defs": {"x": {"required": ["x"]}}}

    assert len(found("", twice)) == 1


def test_there_are_not_endlessly_many():
    many = "  x:\n" + "".join(f"    - {number}\n" for number in range(2000))

    assert len(found(many, at("build", "x", "*", const="a"))) == 500


@given(st.text(alphabet=" :-[]{}#'\"$&*!|>ab\n", max_size=60))
def test_any_text_is_judged(text: str):
    document = Document.open("file:///a.yaml", f"kind: genservice\nbuild:\n  {text}")
    schema = {"required": ["x"], "additionalProperties": {"type": "number"}, **at("build", "*", "*", const=7)}
    schema["properties"] = {"build": {"items": False, "additionalProperties": {"enum": [1]}, "propertyNames": False}}

    for finding in house_rules(document, [house(schema)]):
        assert 0 <= finding.span.start <= finding.span.end <= len(document.text)
