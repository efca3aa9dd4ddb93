"""How a build ended, as a JSON object for programs."""

import os
from typing import TypeAlias

from scone_ls.build.builds import Outcome
from scone_ls.build.errors import Problem
from scone_ls.build.locate import locate_in_source
from scone_ls.build.prepare import Examined
from scone_ls.files.reading import Source
from scone_ls.text import Encoding, Text

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


def report(source: Source, examined: Examined, outcome: Outcome) -> Json:
    """Return one object for a build; rows and columns count from one, columns in code points."""
    text = Text.of(source.string)
    command = examined.command
    return {
        "filename": os.path.abspath(source.name),  # noqa: PTH100 -- Only this keeps links.
        "command": None if command is None else [*command.arguments],
        "folder": None if command is None else command.folder,
        "exit_code": outcome.code,
        "seconds": round(outcome.seconds, 3),
        "log": None if outcome.log is None else str(outcome.log),
        "problems": [_problem(problem, text, examined) for problem in outcome.problems],
    }


def _problem(problem: Problem, text: Text, examined: Examined) -> Json:
    span = locate_in_source(problem, examined.document, examined.rendered)
    return {
        "origin": problem.origin.value,
        "severity": problem.level.value,
        "code": problem.code,
        "message": problem.message,
        "causes": [*problem.causes],
        "location": _location(text, span.start),
        "end_location": _location(text, span.end),
        "output": [{"line": raw.number, "text": raw.text} for raw in problem.raw],
    }


def _location(text: Text, offset: int) -> Json:
    line, column = text.position(offset, Encoding.UTF32)
    return {"row": line + 1, "column": column + 1}
