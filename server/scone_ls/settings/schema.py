"""The JSON Schema of the config file `.scone-ls.toml`, made from the model of the settings; it is published with the docs."""

import json
from typing import Any, cast

from scone_ls.settings import SECTION
from scone_ls.settings.files import OWN_NAME, SHARED_NAME
from scone_ls.settings.model import EDITOR_ONLY, Settings

_Json = dict[str, Any]
_NOTHING: tuple[object, ...] = (None, {}, [])
ADDRESS = "https://scone-ls.github.io/settings.schema.json"
"""Where it is published."""


def config_file_schema() -> str:
    """Return the schema as text."""
    model = Settings.model_json_schema(by_alias=True)
    definitions: _Json = model.pop("$defs", {})
    described = cast("_Json", _for_toml(_resolved(model, definitions)))
    for *outer, name in EDITOR_ONLY:
        part = described
        for step in outer:
            part = part["properties"][step]
        del part["properties"][name]
    about = f"The settings of {SECTION}, in `{OWN_NAME}` or in `[tool.{SECTION}]` of `{SHARED_NAME}`."
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": ADDRESS, "title": SECTION}
    return json.dumps({**head, **described, "description": about}, indent=2, ensure_ascii=False) + "\n"


def _resolved(schema: object, definitions: _Json) -> object:
    """Return a schema with what it refers to put in."""
    if isinstance(schema, list):
        return [_resolved(part, definitions) for part in cast("list[object]", schema)]
    if not isinstance(schema, dict):
        return schema
    members = {name: _resolved(part, definitions) for name, part in cast("_Json", schema).items()}
    reference = members.pop("$ref", None)
    if reference is None:
        return members
    return {**cast("_Json", _resolved(definitions[str(reference).rpartition("/")[2]], definitions)), **members}


def _for_toml(schema: object) -> object:
    """Return a schema without `null`, which TOML has not, and without the names that Python has for things."""
    if isinstance(schema, list):
        return [_for_toml(part) for part in cast("list[object]", schema) if part is not None]
    if not isinstance(schema, dict):
        return schema
    members = cast("_Json", schema)
    kept: _Json = {}
    for alternative in members.get("anyOf", ()):
        if alternative != {"type": "null"}:
            kept |= cast("_Json", _for_toml(alternative))
    for name, part in members.items():
        is_noise = name in ("anyOf", "title") or (name == "default" and part in _NOTHING)
        if not is_noise:
            kept[name] = _for_toml(part)
    return kept
