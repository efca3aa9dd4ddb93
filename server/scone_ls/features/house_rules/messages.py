"""What is said about a mistake against a house rule: the schema's own words, else a plain sentence of ours.

Its own words are `errorMessage`, a text for all of it or an object with a text for each keyword (and in `required` or
`properties` one for each key), and otherwise `title` or `description`.
"""

import json
from typing import Any, cast

from scone_ls.features.house_rules.instance import Unknown
from scone_ls.features.house_rules.validation import Mistake

_ABOUT_KEYS = frozenset(("additionalProperties", "propertyNames", "unevaluatedProperties"))
_OF_SHAPE = _ABOUT_KEYS | {"required", "dependentRequired", "dependencies", "minProperties", "maxProperties"}
_LONGEST = 60  # Code points of a value that a message shows.
_WORDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}
_LIMITS = {
    "minimum": "is less than {}",
    "exclusiveMinimum": "is not more than {}",
    "maximum": "is more than {}",
    "exclusiveMaximum": "is not less than {}",
    "multipleOf": "is no multiple of {}",
    "minLength": "has fewer characters than {}",
    "maxLength": "has more characters than {}",
    "minItems": "has fewer entries than {}",
    "maxItems": "has more entries than {}",
    "minProperties": "has fewer keys than {}",
    "maxProperties": "has more keys than {}",
    "pattern": "does not match {}",
    "format": "is no {}",
    "const": "is not {}",
}


def is_about_key(mistake: Mistake) -> bool:
    """Tell whether it is a key that is wrong, not its value."""
    return mistake.keyword is None or not _ABOUT_KEYS.isdisjoint(map(str, mistake.steps))


def message(mistake: Mistake, name: str) -> str:
    """Return what to say; `name` is what the schema is called."""
    schema: object = mistake.schema
    own = cast("dict[str, Any]", schema) if isinstance(schema, dict) else {}
    written = _written(own.get("errorMessage"), mistake.keyword or "", mistake.key)
    title = own.get("title") or own.get("description")
    if written is not None or not isinstance(title, str):
        return written or f"{_plain(mistake)}, says `{name}`"
    return f"{_plain(mistake)} ({title})" if mistake.keyword in _OF_SHAPE else title


def _written(words: object, keyword: str, key: str) -> str | None:
    """Return what `errorMessage` says about a keyword, and about a key where that is what is wrong."""
    if isinstance(words, str):
        return words
    if not isinstance(words, dict):
        return None
    said = cast("dict[str, Any]", words).get(keyword, cast("dict[str, Any]", words).get("_"))
    if isinstance(said, dict):
        said = cast("dict[str, Any]", said).get(key)
    return said if isinstance(said, str) else None


def _plain(mistake: Mistake) -> str:
    subject, wanted = _subject(mistake), mistake.wanted
    match mistake.keyword:
        case "required" | "dependentRequired":
            return f"the key `{mistake.key}` is missing"
        case "additionalProperties":
            return f"the key `{mistake.key}` is not allowed"
        case "enum" if isinstance(wanted, list):
            return f"{subject} is none of {', '.join(map(_shown, cast('list[object]', wanted)))}"
        case "type":
            types = cast("list[str]", wanted) if isinstance(wanted, list) else [str(wanted)]
            return f"{subject} has to be {' or '.join(_WORDS.get(each, each) for each in types)}"
        case "uniqueItems":
            return f"{subject} has an entry twice"
        case str(keyword) if keyword in _LIMITS:
            return f"{subject} {_LIMITS[keyword].format(_shown(wanted))}"
        case None:
            return f"{subject} is not allowed"
        case keyword:
            return f"{subject} breaks the rule `{keyword}`"


def _subject(mistake: Mistake) -> str:
    """Return what is wrong as the reader knows it: the value where that is short, else its key."""
    if isinstance(mistake.value, str | int | float) and mistake.keyword is not None:
        return _shown(mistake.value)
    names = [step for step in mistake.path if isinstance(step, str)]
    if not names:
        return "the manifest"
    return f"`{names[-1]}`" if isinstance(mistake.path[-1], str) else f"this entry of `{names[-1]}`"


def _shown(value: object) -> str:
    if isinstance(value, Unknown):
        return "this"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return f"`{text}`" if len(text) <= _LONGEST else f"`{text[:_LONGEST]}…`"
