"""The JSON Schemas on their own, as any JSON Schema tool sees them."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import jsonschema
import pytest
from ruamel.yaml import YAML, YAMLError

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "schemas"
CORPUS = ROOT.parent / "shared" / "corpus"
PUBLISHED = ROOT.parent / "shared" / "spec"
KINDS = ("genservice", "mesh")
CONFIDENCE = {"high", "medium", "low"}
SEVERITIES = {"error", "warning", "hint"}


def schema(kind: str) -> dict[str, Any]:
    return json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))


VALIDATORS = {kind: jsonschema.Draft202012Validator(schema(kind)) for kind in KINDS}


def described_nodes(node: object) -> Iterator[dict[str, Any]]:
    """Every node of a schema that describes a place of a manifest."""
    if isinstance(node, dict):
        mapping = cast("dict[str, Any]", node)
        if "x-source" in mapping:
            yield mapping
        node = list(mapping.values())
    if isinstance(node, list):
        for child in cast("list[object]", node):
            yield from described_nodes(child)


def broken_keywords(validator: jsonschema.Draft202012Validator, content: object) -> list[tuple[str, str]]:
    """What a validator finds wrong: sorted pairs of a path and a keyword."""
    errors = validator.iter_errors(cast("Any", content))  # pyright: ignore[reportUnknownMemberType] -- the stubs leave its parameters open
    return sorted(("/".join(map(str, e.absolute_path)), str(e.validator)) for e in errors)


def mistakes(kind: str, yaml: str) -> list[tuple[str, str]]:
    """What the schema of a kind finds wrong in a text."""
    content: object = YAML(typ="safe", pure=True).load(yaml)  # pyright: ignore[reportUnknownMemberType] -- ruamel.yaml has no complete types
    return broken_keywords(VALIDATORS[kind], content)


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
    for parent in described_nodes(schema(kind)):
        for name, node in parent.get("properties", {}).items():
            assert "x-source" in node, name
            assert "x-usage" in node, name
            assert node.get("examples"), name


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
        default = [node["default"]] if "default" in node else []
        for example in [*node.get("examples", []), *default]:
            assert broken_keywords(validator, example) == [], example


@pytest.mark.parametrize("kind", KINDS)
def test_misspellings_lead_to_known_words(kind: str):
    for node in described_nodes(schema(kind)):
        known = list(node.get("properties", {})) or node.get("else", {}).get("enum", [])
        for wrong, right in node.get("x-misspellings", {}).items():
            assert right in known, wrong
            assert wrong not in known


def published_places(components: dict[str, Any], name: str, path: str) -> Iterator[str]:
    """The paths of all fields that the published description of a component has, below `path`."""
    for key, node in components[name].get("properties", {}).items():
        here = f"{path}/{key}"
        yield here
        inner = node.get("items", node)
        if "$ref" in inner:
            yield from published_places(components, inner["$ref"].rpartition("/")[2], here)


def described_places(node: dict[str, Any], definitions: dict[str, Any], path: str) -> Iterator[str]:
    """The paths of all keys of a schema below `path`; lists add nothing to a path."""
    while "$ref" in node or "then" in node:
        target = node.get("$ref") or node["else"]["$ref"]
        node = definitions[target.removeprefix("#/$defs/")]
    if "items" in node:
        yield from described_places(node["items"], definitions, path)
    for key, child in node.get("properties", {}).items():
        yield f"{path}/{key}"
        yield from described_places(child, definitions, f"{path}/{key}")


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published specification is not here")
@pytest.mark.parametrize(("kind", "file"), [("genservice", "service"), ("mesh", "mesh")])
def test_every_published_field_is_described(kind: str, file: str):
    published = json.loads((PUBLISHED / f"{file}.openapi.json").read_text(encoding="utf-8"))
    components = published["components"]["schemas"]
    places = set(described_places(schema(kind), schema(kind)["$defs"], ""))

    assert set(published_places(components, "Manifest", "")) <= places


HOST_PATH = (("build", "additionalProperties"),)  # `host_path`; later versions say `host_paths`
REQUIREMENTS = (("", "additionalProperties"),)  # at the top; later versions have it under `build`
NOT_YAML = (("", "not YAML"),)  # a missing indentation, mended the next day
REAL_MISTAKES = {HOST_PATH: 2, REQUIREMENTS: 5, NOT_YAML: 1}


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the collected manifests are not here")
def test_the_collected_manifests_hold_only_real_mistakes():
    found: Counter[tuple[tuple[str, str], ...]] = Counter()
    for file in CORPUS.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        kind = re.search(r"(?m)^kind: *(\w+)", text)
        assert kind is not None
        if kind[1] in KINDS:
            try:
                found[tuple(mistakes(kind[1], text))] += 1
            except YAMLError:
                found[NOT_YAML] += 1
    del found[()]

    assert found == REAL_MISTAKES


@pytest.mark.parametrize(
    ("yaml", "found"),
    [
        (genservice(), []),
        (genservice(environment="environment: {}"), []),
        (genservice(environment=""), [("", "required")]),
        (genservice(rest="secrets:\ninjection_files:"), []),
        (genservice(rest="secrets: {global: , import: }"), []),
        (genservice(rest="secrets: {global: [{name: s, kind: ascii, size: 10}]}"), []),
        (genservice(rest="secrets: {global: [{name: s, kind: ascii, size: '10'}]}"), []),
        (genservice(rest="secrets: {global: [{name: s, kind: ascii, size: none}]}"), [("secrets/global/0/size", "pattern")]),
        (genservice(rest="secrets: {global: [{kind: ascii}]}"), [("secrets/global/0", "required")]),
        (genservice(rest="secrets: {global: [{name: s}]}"), [("secrets/global/0", "required")]),
        (genservice(rest="secrets: {global: [{name: s, kind: X.509}]}"), [("secrets/global/0/kind", "enum")]),
        (genservice(rest="secrets: {global: [{name: s, kind: private-key, key_type: p-256}]}"), [("secrets/global/0/key_type", "enum")]),
        (genservice(rest="secrets: {global: [{name: s, kind: x509, dns: a.example}]}"), [("secrets/global/0/dns", "type")]),
        (genservice(rest="secrets: {global: $SECRETS, import: ['${ONE}']}"), []),
        (genservice(rest="secrets: {global: x$SECRETS}"), [("secrets/global", "type")]),
        (genservice(rest="secrets: $SECRETS"), []),
        (genservice(rest="secrets: {global: ['$SECRET']}"), []),
        (genservice(rest="secrets: {global: ['']}"), [("secrets/global/0", "type")]),
        (genservice(rest="injection_files: [{path: /etc/a}]"), []),
        (genservice(rest="injection_files: [{path: /etc/a, content: }]"), []),
        (genservice(rest="injection_files: [{path: etc/a}]"), [("injection_files/0/path", "pattern")]),
        (genservice(rest="injection_files: [{path: $DIR/a}]"), []),
        (genservice(rest="injection_files: [{content: a}]"), [("injection_files/0", "required")]),
        (genservice(rest="requirements: r.txt"), [("", "additionalProperties")]),
        (genservice("pwd: /app, signature: {sign: 'true'}"), []),
        (genservice("signature: {sign: perhaps}"), [("build/signature/sign", "pattern")]),
        (genservice("signature: {sign: $SIGN}"), []),
        (genservice("signature: "), []),
        (genservice("pwd: app"), [("build/pwd", "pattern")]),
        (genservice("host_paths: [/etc/hosts, etc]"), [("build/host_paths/1", "pattern")]),
        (genservice("copy: app.py"), [("build/copy", "type")]),
        (genservice("copy: , run: , volumes: "), []),
        (genservice("volumes: [{path: /data}]"), [("build/volumes/0", "required")]),
        (genservice("host_path: [/etc]"), [("build", "additionalProperties")]),
        (genservice(environment="environment: {local: [{name: A, value: true}, {name: B, value: 1.5}, {name: C, value: }]}"), []),
        (genservice(environment="environment: {local: [{value: 1}]}"), [("environment/local/0", "required")]),
        (genservice(environment="environment: {local: [{name: A}]}"), [("environment/local/0", "required")]),
        (genservice(environment="environment: {global: [{name: A}]}"), []),
        (genservice(environment="environment: {local: [{name: A, value: [1]}]}"), [("environment/local/0/value", "type")]),
        (genservice().replace("kind: python", "kind: $JAVA_VERSION"), []),
        (genservice().replace("kind: python", "kind: cobol"), [("build/kind", "enum")]),
        (genservice().replace("to: t", "to: "), [("build/to", "type")]),
        (genservice().replace("command: c", "command: [c]"), [("build/command", "type")]),
        (mesh(), []),
        (mesh(policy="policy:"), [("policy", "type")]),
        (mesh(policy="policy: {}"), [("policy", "required")]),
        (mesh(policy="policy: $POLICY"), []),
        (mesh(policy="policy: {namespace: n, maa: , tolerate: debug-mode, ignore_advisories: '*'}"), []),
        (mesh(policy="policy: {namespace: n, tolerate: [debug-mode]}"), [("policy/tolerate", "type")]),
        (mesh(cas="cas: [{name: cas}]"), [("cas/0", "required")]),
        (mesh(cas="cas: [{cas_url: u, mode: SignOnline}]"), []),
        (mesh(cas="cas: [{cas_url: u, mode: upload}]"), [("cas/0/mode", "enum")]),
        (mesh(cas="cas: [{cas_url: u, mode: $UPLOAD_MODE, cas_encryption_key: '{{key}}'}]"), []),
        (mesh(cas="cas: [{cas_url: u, cas_encryption_key: abc}]"), [("cas/0/cas_encryption_key", "pattern")]),
        (mesh(env="env: [{service: global, env: [{name: a, value: 1}]}, {service: helm}]"), []),
        (mesh(env="env: [{service: global, env: [{name: a}]}]"), [("env/0/env/0", "required")]),
        (mesh(env="env: [{service: global, env: [{value: 1}]}]"), [("env/0/env/0", "required")]),
        (mesh(env="env: [{servcie: global, env: []}]"), [("env/0", "additionalProperties"), ("env/0", "required")]),
        (mesh(env="env: [{name: a, value: 1}, {key: a, value: 1}]"), []),
        (mesh(env="env: [{name: a, vlaue: 1}]"), [("env/0", "additionalProperties"), ("env/0", "required")]),
        (mesh(env="env: [{}]"), [("env/0", "required")]),
        (mesh(env="env: [$GROUP]"), []),
        (mesh(rest="helm_extra_values: {any: [1, {thing: }]}\nhelm: [a=b]\nextra_policies: []"), []),
        (mesh(rest="repo: {destination: d, squash: false, push: 'true'}"), []),
        (mesh(rest="repo: {squash: 1}"), [("repo", "required"), ("repo/squash", "type")]),
        (mesh().replace("{image: i}", "{name: s}"), [("services/0", "required")]),
        (mesh().replace("scone/5.8", "scone/5.8.0"), []),
        (mesh().replace("scone/5.8", "scone/6.0"), []),
        (mesh().replace("scone/5.8", "scone/5.10.3"), []),
        (mesh().replace("scone/5.8", "scone/5.7"), [("apiVersion", "pattern")]),
        (mesh().replace("scone/5.8", "v1"), [("apiVersion", "pattern")]),
        (mesh().replace("kind: mesh", "kind: Mesh"), [("kind", "enum")]),
        (mesh().replace("kind: mesh", "kind:"), [("kind", "type")]),
    ],
)  # fmt: skip
def test_verdicts(yaml: str, found: list[tuple[str, str]]):
    kind = "genservice" if "genservice" in yaml else "mesh"

    assert mistakes(kind, yaml) == found
