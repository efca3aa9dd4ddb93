"""`scone-ls completion SHELL`: what makes a shell complete our command line, written from the parser of the arguments."""

import argparse
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, cast

from scone_ls.rules import RULES
from scone_ls.spec import kinds


class Shell(Enum):
    """The shells that are known."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


@dataclass(frozen=True, slots=True)
class _Value:
    """What can stand in a place: one of some words, a file, a folder, or what nobody can complete."""

    words: tuple[str, ...] = ()
    files: bool = False
    folders: bool = False


@dataclass(frozen=True, slots=True)
class _Option:
    """An option: its names, what it does, and its value if it takes one."""

    names: tuple[str, ...]
    about: str
    value: _Value | None


@dataclass(frozen=True, slots=True)
class _Command:
    """A command: its name, what it does, its options, and what stands in its other places, all alike."""

    name: str
    about: str
    options: tuple[_Option, ...]
    place: _Value | None


def run(shell: Shell, parser: argparse.ArgumentParser) -> int:
    """Print the script for a shell."""
    commands = tuple(_commands(parser))
    match shell:
        case Shell.BASH:
            print(_bash(commands), end="")
        case Shell.ZSH:
            print(_zsh(commands), end="")
        case Shell.FISH:
            print(_fish(commands), end="")
    return 0


def _commands(parser: argparse.ArgumentParser) -> Iterable[_Command]:
    actions: Any = parser._actions  # noqa: SLF001 -- argparse has no other way to ask for them.
    subparsers = next(action for action in actions if isinstance(action.choices, dict))
    abouts = {choice.dest: str(choice.help) for choice in subparsers._choices_actions}  # noqa: SLF001 -- Likewise.
    for name, command in cast("dict[str, Any]", subparsers.choices).items():
        inner: list[argparse.Action] = command._actions  # noqa: SLF001 -- Likewise.
        places = [_value(action) for action in inner if not action.option_strings]
        options = tuple(_option(action) for action in inner if action.option_strings)
        yield _Command(name, abouts[name], options, places[0] if places else None)


def _option(action: argparse.Action) -> _Option:
    value = None if action.nargs == 0 else _value(action)
    return _Option(tuple(action.option_strings), (action.help or "").partition(";")[0], value)


def _value(action: argparse.Action) -> _Value:
    if action.choices:
        return _Value(tuple(map(str, action.choices)))
    match str(action.metavar):
        case "CODE":
            return _Value(tuple(rule.code for rule in RULES))
        case "KIND":
            return _Value(tuple(kinds.current_kinds()))
        case "DIR":
            return _Value(folders=True)
        case metavar:
            return _Value(files="FILE" in metavar)


def _bash(commands: tuple[_Command, ...]) -> str:
    cases: list[str] = []
    for command in commands:
        values = [
            f"        {'|'.join(option.names)}) {_bash_reply(option.value)}; return ;;"
            for option in command.options
            if option.value is not None
        ]
        names = " ".join(name for option in command.options for name in option.names)
        cases += [
            f"    {command.name})",
            '      case "$previous" in',
            *values,
            "      esac",
            '      if [[ "$current" == -* ]]; then',
            f'        COMPREPLY=($(compgen -W {shlex.quote(names)} -- "$current"))',
            "      else",
            f"        {_bash_reply(command.place or _Value())}",
            "      fi ;;",
        ]
    first = shlex.quote(" ".join((*(command.name for command in commands), "--help", "--version")))
    return _BASH.format(cases="\n".join(cases), first=first)


def _bash_reply(value: _Value) -> str:
    if value.words:
        return f'COMPREPLY=($(compgen -W {shlex.quote(" ".join(value.words))} -- "$current"))'
    if value.files or value.folders:
        return f'compopt -o filenames; COMPREPLY=($(compgen -{"f" if value.files else "d"} -- "$current"))'
    return "COMPREPLY=()"


def _zsh(commands: tuple[_Command, ...]) -> str:
    abouts = "\n".join(f"      {_quoted(f'{command.name}:{command.about}')}" for command in commands)
    cases: list[str] = []
    for command in commands:
        specs = [_zsh_option(option) for option in command.options]
        specs += [] if command.place is None else [_quoted(f"*: :{_zsh_action(command.place)}")]
        cases.append(f"    ({command.name}) _arguments -s " + " \\\n      ".join(specs) + " ;;")
    return _ZSH.format(abouts=abouts, cases="\n".join(cases))


def _zsh_option(option: _Option) -> str:
    about = "".join(f"\\{each}" if each in "[]:\\" else each for each in option.about)
    value = "" if option.value is None else f": :{_zsh_action(option.value)}"
    names = option.names[0] if len(option.names) == 1 else "{" + ",".join(option.names) + "}"
    return f"{names}{_quoted(f'[{about}]{value}')}" if len(option.names) > 1 else _quoted(f"*{names}[{about}]{value}")


def _zsh_action(value: _Value) -> str:
    if value.words:
        return f"({' '.join(value.words)})"
    return "_files" if value.files else "_files -/" if value.folders else " "


def _fish(commands: tuple[_Command, ...]) -> str:
    lines = [
        "# Completes `scone-ls` in fish; written by `scone-ls completion fish`.",
        "complete -c scone-ls -f",
        "complete -c scone-ls -n __fish_use_subcommand -l version -d 'show the version'",
        "complete -c scone-ls -n __fish_use_subcommand -s h -l help -d 'show help'",
    ]
    for command in commands:
        lines.append(
            f"complete -c scone-ls -n __fish_use_subcommand -a {command.name} -d {_fish_quoted(command.about)}"
        )
        when = f"complete -c scone-ls -n '__fish_seen_subcommand_from {command.name}'"
        lines += (f"{when} {_fish_option(option)}" for option in command.options)
        if command.place is not None:
            lines.append(f"{when} {_fish_value(command.place, required=False)}")
    return "\n".join(lines) + "\n"


def _fish_option(option: _Option) -> str:
    names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
    value = "" if option.value is None else f" {_fish_value(option.value, required=True)}"
    return f"{names}{value} -d {_fish_quoted(option.about)}"


def _fish_value(value: _Value, *, required: bool) -> str:
    kind = "-x" if required else ""
    if value.words:
        return f"{kind} -a {_fish_quoted(' '.join(value.words))}".strip()
    if value.folders:
        return f"{kind} -a '(__fish_complete_directories)'".strip()
    return ("-r -F" if required else "-F") if value.files else kind


def _quoted(text: str) -> str:
    return shlex.quote(text)


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


_BASH = """\
# Completes `scone-ls` in bash; written by `scone-ls completion bash`.
_scone_ls() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD - 1]}}"
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W {first} -- "$current"))
    return
  fi
  case "${{COMP_WORDS[1]}}" in
{cases}
  esac
}}
complete -F _scone_ls scone-ls
"""

_ZSH = """\
#compdef scone-ls
# Completes `scone-ls` in zsh; written by `scone-ls completion zsh`.
_scone_ls() {{
  local -a commands
  if ((CURRENT == 2)); then
    commands=(
{abouts}
    )
    _describe command commands
    _arguments '--version[show the version]' {{-h,--help}}'[show help]'
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
{cases}
  esac
}}
if [[ $funcstack[1] == _scone_ls ]]; then
  _scone_ls "$@"
else
  compdef _scone_ls scone-ls
fi
"""
