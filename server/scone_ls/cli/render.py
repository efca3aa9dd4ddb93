"""`scone-ls render FILE`: prints a template with its variables filled in, or names what is missing."""

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scone_ls.analysis.document import Document
from scone_ls.build.rendering import Rendered, render
from scone_ls.build.variables import EnvFile, Variables, variables, why_unset
from scone_ls.cli.config import Config
from scone_ls.cli.failure import Failure
from scone_ls.cli.report.terminal import harmless
from scone_ls.files.failure import reason
from scone_ls.files.reading import STDIN, Source, encoded, read, read_stdin
from scone_ls.text import Encoding, Text

if TYPE_CHECKING:
    from scone_ls.settings.model import BuildSettings

_UNSET = 1
"""The exit code where variables have no value."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    file: str
    env_files: tuple[str, ...]
    given: tuple[str, ...]
    """Variables as `NAME=VALUE`."""
    output: str | None


def run(options: Options) -> int:
    """Print the result, or write it to a file; returns the exit code, raises `Failure` for what can't be read."""
    source = read_stdin(STDIN) if options.file == STDIN else read(options.file)
    known = known_variables(options.env_files, options.given, chosen_for(options.file))
    result = rendered(source, known)
    if result.unset:
        for line in complaints(source, result, known):
            print(line, file=sys.stderr)
        return _UNSET
    content = encoded(result.text, mark=source.mark)
    if options.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    else:
        try:
            Path(options.output).write_bytes(content)
        except OSError as error:
            raise Failure(f"can't write `{options.output}`: {reason(error)}") from error
    return 0


def configured() -> Config:
    """Return what the config files say; what is wrong in them is shown."""

    def complain(problem: str) -> None:
        print(f"scone-ls: {harmless(problem)}", file=sys.stderr)

    return Config(complain)


def chosen_for(name: str) -> "BuildSettings | None":
    """Return what the config file says about the build of a manifest; `None` where there is no such file."""
    chosen = configured().settings(name)
    return None if chosen is None else chosen.build


def known_variables(env_files: Sequence[str], given: Iterable[str], chosen: "BuildSettings | None") -> Variables:
    """Return the values from settings, files, the environment and `NAME=VALUE`; raises `Failure` for what is none.

    The files of the settings are read where none are given.
    """
    names = env_files or (() if chosen is None else chosen.env_files)
    files = [EnvFile(name, read(name).string) for name in names]
    return variables({} if chosen is None else chosen.variables, files, os.environ, dict(map(_assignment, given)))


def rendered(source: Source, known: Variables) -> Rendered:
    """Fill in the variables of a text; those in comments need not be set."""
    comments = Document.open(source.name, source.string).file.comments
    return render(source.string, known.values, comments)


def complaints(source: Source, result: Rendered, known: Variables) -> list[str]:
    """Return a line for each variable that has no value, with its place."""
    text = Text.of(source.string)
    places = [(text.position(use.span.start, Encoding.UTF32), use.name) for use in result.unset]
    name = harmless(source.name)
    return [f"{name}:{place.line + 1}:{place.column + 1}: {why_unset(unset, known)}" for place, unset in places]


def _assignment(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier() or not name.isascii():
        raise Failure(f"`{text}` gives no variable a value; write NAME=VALUE")
    return name, value
