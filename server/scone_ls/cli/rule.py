"""`scone-ls rule [CODE]`: what a code means, or all codes there are."""

import importlib
import inspect
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

from scone_ls.cli.check import Form
from scone_ls.cli.findings import rule as rule_of
from scone_ls.rules import RULES
from scone_ls.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    code: str | None
    form: Form


def run(options: Options) -> int:
    """Print one rule or the list of all; raises `Failure` for a code that there is not."""
    rules = RULES if options.code is None else (rule_of(options.code),)
    match options.form:
        case Form.JSON:
            objects = [_object(rule) for rule in rules]
            print(json.dumps(objects if options.code is None else objects[0], indent=2, ensure_ascii=False))
        case Form.TEXT if options.code is None:
            print("\n".join(_table(rules)))
        case Form.TEXT:
            print(_page(rules[0]))
    return 0


def _table(rules: tuple[Rule, ...]) -> Iterator[str]:
    codes = max(len(rule.code) for rule in rules)
    severities = max(len(_severity(rule)) for rule in rules)
    for rule in rules:
        yield f"{rule.code:<{codes}}  {_severity(rule):<{severities}}  {_summary(rule)}"


def _page(rule: Rule) -> str:
    facts = f"{rule.code}: {_severity(rule)}, {rule.group.name.lower()}, since {rule.since}"
    return f"{facts}\n\n{plain(_docs(rule))}"


def _object(rule: Rule) -> dict[str, str]:
    return {
        "code": rule.code,
        "severity": _severity(rule),
        "group": rule.group.name.lower(),
        "since": rule.since,
        "summary": _summary(rule),
        "explanation": _docs(rule),
    }


def plain(markdown: str) -> str:
    """Return Markdown as it reads best on a terminal: code moved in, headings and links without their signs."""
    blocks = re.split(r"^```[^\n]*\n(.*?)^```$", markdown, flags=re.MULTILINE | re.DOTALL)
    return "".join(
        _indented(block) if code else _prose(block) for block, code in zip(blocks, cycle((False, True)), strict=False)
    )


def _indented(code: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in code.splitlines())


def _prose(text: str) -> str:
    text = re.sub(r"^#+ (.*)$", r"\1:", text, flags=re.MULTILINE)
    return re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r"\1 (\2)", text)


def _severity(rule: Rule) -> str:
    return rule.severity.name.lower()


def _summary(rule: Rule) -> str:
    """Return the first sentence of the documentation."""
    lines = _docs(rule).splitlines()
    return lines[0] if lines else ""


def _docs(rule: Rule) -> str:
    """Return the documentation, which is the docstring of the rule's module; nothing where Python left those out."""
    module = importlib.import_module(f"scone_ls.rules.{rule.code.replace('-', '_')}")
    return inspect.cleandoc(module.__doc__ or "")
