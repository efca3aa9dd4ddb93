"""`scone-ls doctor [FILE…]`: says what speaks against a build, on this machine and in these manifests."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from scone_ls.build.command import Options as BuildOptions
from scone_ls.build.machine import machine
from scone_ls.build.preflight import State, Verdict, of_machine
from scone_ls.cli import build
from scone_ls.cli.render import configured
from scone_ls.cli.report.terminal import Paint, colour_wanted, harmless, painted
from scone_ls.files.reading import read

_BAD = 1
"""The exit code where a build would not begin."""
_PAINTS = {
    State.GOOD: Paint.GOOD,
    State.NOTE: Paint.NOTE,
    State.DOUBT: Paint.ERROR,
    State.BAD: Paint.ERROR,
}
_WORDS = {State.GOOD: "ok", State.NOTE: "note", State.DOUBT: "wrong", State.BAD: "wrong"}


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    names: tuple[str, ...]
    folder: str | None
    env_files: tuple[str, ...]
    given: tuple[str, ...]
    form: build.Form


def run(options: Options) -> int:
    """Print one line for each condition; returns 1 where one of them is not met, else 0."""
    build.refuse_missing(options.folder)
    verdicts = of_machine(machine(os.environ))
    for name in options.names:
        verdicts += _of_file(name, options)
    if options.form is build.Form.JSON:
        objects = [{"name": one.name, "state": one.state.value, "message": one.message} for one in verdicts]
        print(json.dumps(objects, indent=2, ensure_ascii=False))
    else:
        _print(verdicts)
    return _BAD if any(verdict.state in (State.DOUBT, State.BAD) for verdict in verdicts) else 0


def _of_file(name: str, options: Options) -> tuple[Verdict, ...]:
    wanted = build.Options(
        names=(name,),
        folder=options.folder,
        force=False,
        with_services=False,
        build=BuildOptions(),
        env_files=options.env_files,
        given=options.given,
        form=options.form,
    )
    config = configured()
    return build.examined(build.planned(read(name), wanted, config), config).about_inputs


def _print(verdicts: Sequence[Verdict]) -> None:
    colour = colour_wanted("auto", sys.stdout, os.environ)
    wide = max(len(verdict.name) for verdict in verdicts)
    for verdict in verdicts:
        word = painted(f"{_WORDS[verdict.state]:5}", _PAINTS[verdict.state], colour=colour)
        print(f"{word}  {verdict.name:{wide}}  {harmless(verdict.message)}")
