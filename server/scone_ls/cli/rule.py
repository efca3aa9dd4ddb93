"""`scone-ls rule [CODE]`: what a code means, or all codes there are."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from scone_ls.cli.explanations import explanation, plain, summary
from scone_ls.cli.findings import rule as rule_of
from scone_ls.rules import RULES
from scone_ls.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    code: str | None
    as_json: bool


def run(options: Options) -> int:
    """Print one rule or the list of all; raises `Failure` for a code that there is not."""
    rules = RULES if options.code is None else (rule_of(options.code),)
    if options.as_json:
        objects = [_object(rule) for rule in rules]
        print(json.dumps(objects if options.code is None else objects[0], indent=2, ensure_ascii=False))
    elif options.code is None:
        print("\n".join(_table(rules)))
    else:
        print(_page(rules[0]))
    return 0


def _table(rules: tuple[Rule, ...]) -> Iterator[str]:
    codes = max(len(rule.code) for rule in rules)
    severities = max(len(_severity(rule)) for rule in rules)
    for rule in rules:
        yield f"{rule.code:<{codes}}  {_severity(rule):<{severities}}  {summary(rule)}"


def _page(rule: Rule) -> str:
    facts = f"{rule.code}: {_severity(rule)}, {rule.group.name.lower()}, since {rule.since}"
    return f"{facts}\n\n{plain(explanation(rule))}"


def _object(rule: Rule) -> dict[str, str]:
    return {
        "code": rule.code,
        "severity": _severity(rule),
        "group": rule.group.name.lower(),
        "since": rule.since,
        "summary": summary(rule),
        "explanation": explanation(rule),
    }


def _severity(rule: Rule) -> str:
    return rule.severity.name.lower()
