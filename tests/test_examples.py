"""The manifests under `examples/`: valid, complete, and with their companions beside them."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
MANIFESTS = sorted(
    path
    for pattern in ("*/service.yaml*", "*/mesh.yaml*", "certificates/*.yaml", "sconified/*.yaml")
    for path in (ROOT / "examples").glob(pattern)
)
KINDS = ("genservice", "mesh")

Key = tuple[str, ...]


@cache
def load(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))  # pyright: ignore[reportUnknownMemberType] -- ruamel.yaml is untyped here


def schema(kind: str) -> dict[str, Any]:
    return json.loads((ROOT / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8"))


def keys_of_schema(part: dict[str, Any], path: Key = ()) -> Iterator[Key]:
    """The keys that a new manifest may have; neither what is obsolete nor what is known by hearsay only."""
    for name, field in part.get("properties", {}).items():
        if not field.get("deprecated") and field["x-confidence"] != "low":
            yield (*path, name)
            yield from keys_of_schema(field, (*path, name))
    if "items" in part:
        yield from keys_of_schema(part["items"], (*path, "[]"))


def keys_of_data(data: Any, path: Key = ()) -> Iterator[Key]:
    match data:
        case dict():
            for name, value in data.items():  # pyright: ignore[reportUnknownVariableType] -- plain YAML data
                yield (*path, str(name))  # pyright: ignore[reportUnknownArgumentType] -- plain YAML data
                yield from keys_of_data(value, (*path, str(name)))  # pyright: ignore[reportUnknownArgumentType] -- plain YAML data
        case list():
            for item in data:  # pyright: ignore[reportUnknownVariableType] -- plain YAML data
                yield from keys_of_data(item, (*path, "[]"))
        case _:
            pass


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_an_example_is_valid_under_the_published_schema(path: Path):
    data = load(path)

    errors = list(jsonschema.Draft202012Validator(schema(data["kind"])).iter_errors(data))  # pyright: ignore[reportUnknownMemberType] -- the oracle is partly typed

    assert [error.message for error in errors] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_occurs_in_an_example(kind: str):
    shown = {key for path in MANIFESTS for key in keys_of_data(load(path)) if load(path)["kind"] == kind}

    assert set(keys_of_schema(schema(kind))) - shown == set()


def test_files_that_examples_name_exist():
    for path in MANIFESTS:
        data = load(path)
        build = data.get("build", {})
        named = [*build.get("copy", ()), *filter(None, [build.get("requirements")])]
        for service in data.get("services", ()):
            named += [value for key, value in service.items() if key not in {"name", "image"}]

        assert [name for name in named if not (path.parent / name).exists()] == []
