"""Each rule's documentation is its first test: the example, what to write instead, and the way from one to the other."""

import importlib
import inspect
import json
import re
from functools import partial

import pytest

from scone_ls.features.diagnostics import DiagnosticSettings
from scone_ls.features.house_rules import house_rules
from scone_ls.features.house_rules.schema import HouseSchema
from scone_ls.rules import RULES
from scone_ls.rules.rule import Rule, no_fixes, no_link_fixes
from tests.dsl.checks import check_diagnostics, check_fix, check_fix_across
from tests.dsl.fixture import Label, parse

HEADINGS = ["Example", "Fix", "Options", "References"]

CODES = [rule.code for rule in RULES]


def docs(rule: Rule) -> str:
    return inspect.cleandoc(importlib.import_module(f"scone_ls.rules.{rule.code.replace('-', '_')}").__doc__ or "")


def examples(rule: Rule) -> tuple[str, str]:
    """The documented mistake and what to write instead of it; a tab, which no docstring keeps, is written `⇥`."""
    blocks = re.findall(r"^```yaml\n(.*?)^```$", docs(rule), re.MULTILINE | re.DOTALL)
    faulty, better = (block.replace("⇥", "\t") for block in blocks[:2])
    return faulty, better


def settings(rule: Rule) -> DiagnosticSettings:
    """With the house rules that the documentation shows."""
    blocks = re.findall(r"^```json\n(.*?)^```$", docs(rule), re.MULTILINE | re.DOTALL)
    schemas = [HouseSchema("", None, None, "team:", json.loads(block), {}) for block in blocks]
    return DiagnosticSettings(house=partial(house_rules, schemas=schemas)) if schemas else DiagnosticSettings()


def labels(fixture: str) -> list[Label]:
    return [label for file in parse(fixture) for label in file.labels]


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_the_form_of_the_documentation(rule: Rule):
    text = docs(rule)
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)

    assert text.splitlines()[0].endswith(".")
    assert headings == [heading for heading in HEADINGS if heading in headings]
    assert "\nUse instead:\n" in text


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_the_example_gives_the_labelled_diagnostics(rule: Rule):
    faulty, _ = examples(rule)

    check_diagnostics(faulty, settings(rule))
    assert rule.code in {label.text.partition(":")[0] for label in labels(faulty)}


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_what_to_write_instead_gives_none(rule: Rule):
    _, better = examples(rule)

    check_diagnostics(better, settings(rule))
    assert labels(better) == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.fixes is not no_fixes], ids=lambda rule: rule.code)
def test_the_fix_leads_to_what_to_write_instead(rule: Rule):
    check_fix(*examples(rule))


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.fix_links is not no_link_fixes], ids=lambda rule: rule.code
)
def test_the_fix_across_files_leads_to_what_to_write_instead(rule: Rule):
    faulty, better = examples(rule)
    if len(parse(faulty)) > 1:
        check_fix_across(faulty, better)
