"""Writes the generated pages: one per rule, the list of rules, the settings; and the JSON Schema of the config file.

It writes the settings of the VS Code extension as well.

`--check` writes nothing, names what is stale, surplus or missing, and ends with 1 if anything is.
What a page says is written in the docstring of the rule's module, in the settings model or under schemas/.
"""

import argparse
import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import get_args

import commands
import reference
from pydantic import BaseModel
from vscode_settings import package_json

from scone_ls.rules import RULES
from scone_ls.rules.rule import Rule
from scone_ls.settings import SECTION
from scone_ls.settings.model import EDITOR_ONLY, Settings
from scone_ls.settings.schema import config_file_schema

DOCS = Path(__file__).parents[1] / "docs"
EXTENSION = DOCS.parent / "vscode-extension" / "package.json"


def main() -> int:
    """Write or check all pages."""
    parser = argparse.ArgumentParser(description="Write the generated pages under docs/.")
    parser.add_argument("--check", action="store_true", help="only tell what is not up to date")
    check: bool = parser.parse_args().check
    wanted = dict(pages())
    surplus = {path for folder in ("rules", "manifests") for path in (DOCS / folder).glob("*.md")} - wanted.keys()
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if check:
        for path in sorted([*stale, *surplus]):
            print(f"{path.relative_to(DOCS.parent)} is not up to date; run `make docs`")
        return 1 if stale or surplus else 0
    for path in surplus:
        path.unlink()
    for path in stale:
        path.parent.mkdir(exist_ok=True)
        path.write_text(wanted[path], encoding="utf-8")
    return 0


def pages() -> Iterator[tuple[Path, str]]:
    """Yield the path and text of each generated page."""
    for rule in RULES:
        yield DOCS / "rules" / f"{rule.code}.md", rule_page(rule)
    yield DOCS / "rules" / "index.md", index_page()
    yield DOCS / "commands.md", _page("server/scone_ls/cli/arguments.py", commands.page())
    yield DOCS / "settings.md", settings_page(Settings)
    for name, text in reference.names().items():
        yield DOCS / "manifests" / name, _page("schemas/", text)
    yield DOCS / "settings.schema.json", config_file_schema()
    yield EXTENSION, package_json(EXTENSION, Settings, EDITOR_ONLY)


def rule_page(rule: Rule) -> str:
    """Return the page of one rule: its docstring under a title and a line of facts."""
    source = f"server/scone_ls/rules/{rule.code.replace('-', '_')}.py"
    facts = [rule.severity.value, rule.group.value, f"since {rule.since}"]
    return _page(source, f"# {rule.code}", f"*{', '.join(facts)}*", _linked(_docs(rule), rule.code))


def index_page() -> str:
    """Return the list of all rules, by group, each with its first sentence."""
    parts = ["Every diagnostic has a code: what is wrong, in a word or two. `scone-ls rule CODE` shows the same pages."]
    for group in dict.fromkeys(rule.group for rule in RULES):
        rows = [
            f"| [{rule.code}]({rule.code}.md) | {rule.severity.value} | {_docs(rule).splitlines()[0]} |"
            for rule in RULES
            if rule.group is group
        ]
        parts += [
            f"## {group.value.capitalize()}",
            "\n".join(["| code | severity | what it finds |", "| --- | --- | --- |", *rows]),
        ]
    return _page("server/scone_ls/rules/", "# Rules", *parts)


def settings_page(model: type[BaseModel]) -> str:
    """Return the list of settings of a model and of the models in it."""
    return _page("server/scone_ls/settings/model.py", "# Settings", inspect.getdoc(model) or "", *_settings(model))


def _settings(model: type[BaseModel], section: str = SECTION) -> Iterator[str]:
    for key, field in model.model_fields.items():
        name = f"{section}.{field.alias or key}"
        if inspect.isclass(field.annotation) and issubclass(field.annotation, BaseModel):
            yield from _settings(field.annotation, name)
        else:
            yield f"## `{name}`"
            yield field.description or ""
            yield from _form(field.annotation)


def _form(annotation: object) -> Iterator[str]:
    """Yield what a setting can be: the words of an enumeration, the parts of an object in a list."""
    for part in (annotation, *get_args(annotation)):
        if inspect.isclass(part) and issubclass(part, Enum):
            yield f"One of {', '.join(f'`{each.value}`' for each in part)}."
        elif inspect.isclass(part) and issubclass(part, BaseModel):
            yield "\n".join(
                f"* `{field.alias or key}`: {field.description}" for key, field in part.model_fields.items()
            )


def _docs(rule: Rule) -> str:
    module = importlib.import_module(f"scone_ls.rules.{rule.code.replace('-', '_')}")
    return inspect.cleandoc(module.__doc__ or "")


def _linked(docs: str, page: str) -> str:
    """Turn the names of other rules into links to their pages, but not in code blocks."""
    codes = "|".join(sorted((rule.code for rule in RULES if rule.code != page), key=len, reverse=True))
    blocks = re.split(r"(^```.*?^```$)", docs, flags=re.MULTILINE | re.DOTALL)
    return "".join(
        block if block.startswith("```") else re.sub(f"`({codes})`", r"[`\1`](\1.md)", block) for block in blocks
    )


def _page(source: str, *parts: str) -> str:
    banner = f"<!-- Generated from {source} by `make docs`. -->"
    return "\n\n".join(part.strip() for part in (banner, *parts) if part.strip()) + "\n"


if __name__ == "__main__":
    sys.exit(main())
