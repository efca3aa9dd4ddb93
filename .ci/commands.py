"""The page about the command line, made from the parser of the program itself."""

# ruff: noqa: SLF001 -- argparse tells what a parser takes in no public way.
# pyright: reportPrivateUsage=false

import argparse
from collections.abc import Iterator
from typing import cast

from scone_ls.cli.arguments import parser


def page() -> str:
    """Return the page: each command with what it is for, its arguments and its options."""
    return "\n\n".join(["# Commands", *_commands(parser())])


def _commands(whole: argparse.ArgumentParser) -> Iterator[str]:
    for action in whole._actions:
        if isinstance(action, argparse._SubParsersAction):
            about = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, command in cast("dict[str, argparse.ArgumentParser]", action.choices).items():
                yield f"## `{whole.prog} {name}`"
                yield _sentence(command.description or about.get(name, ""))
                yield from _arguments(command)
                if command.epilog:
                    yield command.epilog


def _arguments(command: argparse.ArgumentParser) -> Iterator[str]:
    rows = [
        f"| {_called(action)} | {_sentence(action.help or '')} |" for action in command._actions if _is_shown(action)
    ]
    if rows:
        yield "\n".join(["| | |", "| --- | --- |", *rows])


def _is_shown(action: argparse.Action) -> bool:
    return action.help != argparse.SUPPRESS and not isinstance(action, argparse._HelpAction)


def _called(action: argparse.Action) -> str:
    value = action.metavar or (None if action.nargs == 0 else action.dest.upper())
    if isinstance(value, tuple):
        value = " ".join(value)
    if action.choices is not None:
        value = "|".join(map(str, action.choices))
    value = None if value is None else value.replace("|", "\\|")
    if not action.option_strings:
        return f"`{value}`"
    return ", ".join(f"`{option}{f' {value}' if value else ''}`" for option in action.option_strings)


def _sentence(text: str) -> str:
    plain = " ".join(text.replace("%(default)s", "…").replace("%%", "%").split())
    return plain + ("" if plain.endswith((".", "?")) or not plain else ".")
