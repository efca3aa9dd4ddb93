"""The JSON Schemas on their own, as any JSON Schema tool sees them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML, YAMLError

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "schemas"
CORPUS = ROOT.parent / "shared" / "corpus"
KINDS = ("genservice", "mesh")
CONFIDENCE = {"high", "medium", "low"}
SEVERITIES = {"error", "warning", "hint"}


def schema(kind: str) -> dict[str, Any]:
    return json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))


VALIDATORS = {kind: jsonschema.Draft202012Validator(schema(kind)) for kind in KINDS}


def described_nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Every node of a schema that describes a place of a manifest."""
    match node:
        case {"x-source": _, **others}:
            yield node
            for value in others.values():
                yield from described_nodes(value)
        case dict():
            for value in node.values():
                yield from described_nodes(value)
        case list():
            for value in node:
                yield from described_nodes(value)
        case _:
            pass


def mistakes(kind: str, yaml: str) -> list[tuple[str, str]]:
    """What the schema finds wrong in a text: pairs of a path and a keyword."""
    content = YAML(typ="safe", pure=True).load(yaml)
    errors = VALIDATORS[kind].iter_errors(content)
    return sorted(("/".join(map(str, e.absolute_path)), str(e.validator)) for e in errors)


def genservice(build: str = "", environment: str = "environment:", rest: str = "") -> str:
    return (
        "apiVersion: scone/5.8\nkind: genservice\n"
        f"build: {{name: n, kind: python, to: t, command: c, {build}}}\n{environment}\n{rest}"
    )


def mesh(
    cas: str = "cas: [{cas_url: u}]",
    policy: str = "policy: {namespace: n}",
    env: str = "env:",
    rest: str = "",
) -> str:
    return f"apiVersion: scone/5.8\nkind: mesh\n{cas}\n{policy}\n{env}\nservices: [{{image: i}}]\n{rest}"


@pytest.mark.parametrize("kind", KINDS)
def test_the_metaschema_holds(kind: str):
    jsonschema.Draft202012Validator.check_schema(schema(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_every_place_is_described_and_has_a_source(kind: str):
    for node in described_nodes(schema(kind)):
        assert node["title"].strip()
        assert node["description"].strip()
        assert node["x-source"].strip()
        assert node["x-confidence"] in CONFIDENCE
        assert 0 <= node.get("x-usage", 0) <= 1
        assert node.get("x-severity", "error") in SEVERITIES


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_described(kind: str):
    def properties(node: Any) -> Iterator[tuple[str, Any]]:
        for value in node.values() if isinstance(node, dict) else node:
            if isinstance(value, dict | list):
                yield from properties(value)
        if isinstance(node, dict) and "x-source" in node:
            yield from node.get("properties", {}).items()

    for name, node in properties(schema(kind)):
        assert "x-source" in node, name
        assert "x-usage" in node, name
        assert node.get("examples") or "else" in node or name == "volumes", name


@pytest.mark.parametrize("kind", KINDS)
def test_every_allowed_value_is_described(kind: str):
    for node in described_nodes(schema(kind)):
        values = node.get("else", {}).get("enum", [])

        assert not values or list(node["x-enum-descriptions"]) == values
        assert not values or "x-severity" in node


@pytest.mark.parametrize("kind", KINDS)
def test_every_pattern_has_words_and_a_severity(kind: str):
    for node in described_nodes(schema(kind)):
        if "pattern" in node.get("else", {}):
            re.compile(node["else"]["pattern"])

            assert node["x-pattern-message"]
            assert "x-severity" in node


@pytest.mark.parametrize("kind", KINDS)
def test_examples_and_defaults_are_valid(kind: str):
    definitions = schema(kind)["$defs"]
    for node in described_nodes(schema(kind)):
        validator = jsonschema.Draft202012Validator({**node, "$defs": definitions})
        for example in [*node.get("examples", []), *([node["default"]] if "default" in node else [])]:
            assert [] == [e.message for e in validator.iter_errors(example)], example


@pytest.mark.parametrize("kind", KINDS)
def test_misspellings_lead_to_known_words(kind: str):
    for node in described_nodes(schema(kind)):
        known = list(node.get("properties", {})) or node.get("else", {}).get("enum", [])
        for wrong, right in node.get("x-misspellings", {}).items():
            assert right in known, wrong
            assert wrong not in known


HOST_PATH = [("build", "additionalProperties")]  # `host_path`; a later version says `host_paths`
REQUIREMENTS = [("", "additionalProperties")]  # at the top; a later version has it under `build`
NOT_YAML = [("", "not YAML")]  # mended the next day

# The mistakes that really are in the collected manifests, by the end of the file's name.
REAL_MISTAKES = {
    "liangsjavaapp__service_yaml_template.yaml": HOST_PATH,
    "liangsjavaapp__service_yaml_template__2023-01-23_23cea676.yaml": HOST_PATH,
    "tutorial__service_yaml_template__2023-07-16_99c49574.yaml": NOT_YAML,
}


def collected_mistakes() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for file in sorted(CORPUS.glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        kind = re.search(r"(?m)^kind: *(\w+)", text)
        assert kind is not None
        try:
            found[file.name] = mistakes(kind[1], text) if kind[1] in KINDS else []
        except YAMLError:
            found[file.name] = NOT_YAML
    return {name: errors for name, errors in found.items() if errors}


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the collected manifests are not here")
def test_the_collected_manifests_are_valid():
    assert collected_mistakes() == REAL_MISTAKES


@pytest.mark.parametrize(
    ("yaml", "found"),
    [
        (genservice(), []),
        (mesh(), []),
    ],
)
def test_verdicts(yaml: str, found: list[tuple[str, str]]):
    kind = "genservice" if "genservice" in yaml else "mesh"

    assert mistakes(kind, yaml) == found
