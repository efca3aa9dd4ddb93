"""The JSON Schema of the config file says what the reading of it says."""

import inspect
import json
import re
import tomllib
from typing import Any

import jsonschema
import pytest

from scone_ls.rules import RULES, house_rule
from scone_ls.settings.model import Settings
from scone_ls.settings.reading import Source, read
from scone_ls.settings.schema import config_file_schema
from tests.settings.test_reading import WRONG

SCHEMA: dict[str, Any] = json.loads(config_file_schema())

RIGHT = [
    "",
    'logLevel = "debug"',
    '[severity]\nunknown-key = "off"',
    '[build]\nmode = "debug"\npush = false\narguments = ["-v"]\nfolder = "x"\nverbosity = 3',
    "[inlayHints]\nvalues = false\nsecretKinds = true",
    '[[houseRules]]\npath = "a.json"\n[[houseRules]]\npath = "b.json"\nkind = "mesh"\nseverity = "error"',
    *re.findall(r"```toml\n(.*?)```", inspect.cleandoc(Settings.__doc__ or ""), re.DOTALL),
    *re.findall(r"```toml\n(.*?)```", house_rule.__doc__ or "", re.DOTALL),
]


def is_valid(data: Any) -> bool:
    validator: Any = jsonschema.Draft202012Validator(SCHEMA)
    return validator.is_valid(data)


def problems(data: Any) -> tuple[str, ...]:
    return read([Source(data, "", from_editor=False)]).problems


def test_it_is_a_schema_with_a_description_of_each_setting():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    waiting = [SCHEMA]
    while waiting:
        part = waiting.pop()
        assert part["description"]
        waiting += part.get("properties", {}).values()
    assert "null" not in json.dumps(SCHEMA)


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_for_one_is_right_for_the_other(text: str):
    data = tomllib.loads(text)

    assert (problems(data), is_valid(data)) == ((), True)


@pytest.mark.parametrize("data", [data for data, _ in WRONG])
def test_what_is_wrong_for_one_is_wrong_for_the_other(data: Any):
    assert problems(data)
    assert not is_valid(data)


def test_what_only_an_editor_may_set_is_not_in_it():
    data = {"build": {"sconectl": "/usr/bin/sconectl"}}

    assert problems(data)
    assert not is_valid(data)
    assert read([Source(data)]).problems == ()


def test_it_knows_all_rules():
    assert SCHEMA["properties"]["severity"]["propertyNames"]["enum"] == [rule.code for rule in RULES]
