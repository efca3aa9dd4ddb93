"""The settings in the form that VS Code wants, in the `package.json` of the extension; `generate.py` writes them there.

Names, defaults and descriptions are those of the settings model. A list of one name per setting takes the place of
nested objects, and each says whether a folder may have its own value, or only the user.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from scone_ls.settings import SECTION

Json = dict[str, Any]
TITLE = "Checks and Builds"


def package_json(path: Path, model: type[BaseModel], for_users_only: tuple[tuple[str, ...], ...]) -> str:
    """Return the text of the `package.json` with the settings of the model in place of those it has.

    Settings in `for_users_only` are paths of names; a workspace can't give them.
    """
    package = json.loads(path.read_text(encoding="utf-8"))
    schema = model.model_json_schema(by_alias=True)
    users = {".".join((SECTION, *names)) for names in for_users_only}
    properties: Json = {}
    for name, field in _leaves(_resolved(schema, schema["$defs"]), SECTION):
        scope = "machine" if name in users else "resource"
        properties[name] = {**_setting(field), "scope": scope, "order": len(properties)}
    own = [section for section in package["contributes"]["configuration"] if section["title"] != TITLE]
    package["contributes"]["configuration"] = [{"title": TITLE, "order": 1, "properties": properties}, *own]
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _resolved(schema: Any, definitions: Json) -> Any:  # noqa: ANN401 -- Plain JSON data has no better type.
    """Return a schema with its references put in."""
    match schema:
        case {"$ref": str(reference), **others}:
            return {**_resolved(definitions[reference.rpartition("/")[2]], definitions), **others}
        case dict():
            return {key: _resolved(part, definitions) for key, part in schema.items()}  # pyright: ignore[reportUnknownVariableType] -- plain JSON data
        case list():
            return [_resolved(part, definitions) for part in schema]  # pyright: ignore[reportUnknownVariableType] -- plain JSON data
        case _:
            return schema


def _leaves(schema: Json, name: str) -> list[tuple[str, Json]]:
    if "properties" not in schema:
        return [(name, schema)]
    return [leaf for key, part in schema["properties"].items() for leaf in _leaves(part, f"{name}.{key}")]


def _setting(schema: Json) -> Json:
    plain = _plain(schema)
    described = {"markdownDescription": plain.pop("description")} if "description" in plain else {}
    return {**plain, **described}


def _plain(schema: Json) -> Json:
    """Return a schema without what only readers of Python want to know, and without alternatives to `null`."""
    kept = {key: part for key, part in schema.items() if key not in ("title", "anyOf")}
    for alternative in schema.get("anyOf", ()):
        if alternative.get("type") != "null":
            kept = {**_plain(alternative), **kept}
            if "enum" in kept:
                kept |= {"type": [kept["type"], "null"], "enum": [*dict.fromkeys((*kept["enum"], None))]}
            elif kept.get("default", ...) is None:
                kept |= {"default": ""}
    for key in ("items", "additionalProperties"):
        if isinstance(kept.get(key), dict):
            kept[key] = _plain(kept[key])
    if isinstance(kept.get("properties"), dict):
        kept["properties"] = {key: _plain(part) for key, part in kept["properties"].items()}
    return kept
