"""`scone-ls rule` and `scone-ls schema`."""

import json
from pathlib import Path

import pytest

from scone_ls.cli.explanations import plain
from scone_ls.rules import RULES
from tests.cli.command import Outcome, scone_ls

SCHEMAS = Path(__file__).parents[2] / "schemas"


def test_all_rules_are_listed_with_what_they_find():
    outcome = scone_ls("rule")

    assert (0, "") == (outcome.code, outcome.err)
    assert [rule.code for rule in RULES] == [line.split()[0] for line in outcome.out.splitlines()]
    assert all(len(line.split()) > 2 for line in outcome.out.splitlines())


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_every_rule_is_explained(code: str):
    outcome = scone_ls("rule", code)
    first, empty, *rest = outcome.out.splitlines()

    assert (0, "", "") == (outcome.code, outcome.err, empty)
    assert first.startswith(f"{code}: ")
    assert "".join(rest)
    assert "```" not in outcome.out


def test_an_unknown_rule():
    assert Outcome(2, "", "scone-ls: there is no rule `unknown-keys`; did you mean `unknown-key`?\n") == scone_ls(
        "rule", "unknown-keys"
    )


def test_rules_as_json():
    rules = json.loads(scone_ls("rule", "--output-format", "json").out)
    one = json.loads(scone_ls("rule", "unknown-key", "--output-format", "json").out)

    assert [rule.code for rule in RULES] == [rule["code"] for rule in rules]
    assert one in rules
    assert {"code", "severity", "group", "since", "summary", "explanation"} == one.keys()
    assert "warning" == one["severity"]


def test_markdown_for_a_terminal():
    markdown = "One `word`, see [here](x.md).\n\n## Example\n\n```yaml\na: b\n\nc: d\n```\n\nUse instead:\n\n```yaml\nb: c\n```"

    assert ("One `word`, see here (x.md).\n\nExample:\n\n    a: b\n\n    c: d\n\nUse instead:\n\n    b: c") == plain(
        markdown
    )


@pytest.mark.parametrize("kind", ["genservice", "mesh"])
def test_a_schema_is_printed_as_it_is(kind: str):
    text = (SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8")

    assert Outcome(0, text, "") == scone_ls("schema", kind)


@pytest.mark.parametrize(
    ("kind", "way_out"),
    [
        ("mehs", "did you mean `mesh`?"),
        ("something", "there are `genservice` and `mesh`"),
    ],
)
def test_an_unknown_kind(kind: str, way_out: str):
    assert Outcome(2, "", f"scone-ls: `{kind}` is not a kind of manifest; {way_out}\n") == scone_ls("schema", kind)
