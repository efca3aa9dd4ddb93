"""Single lines of a build's output: what a terminal would show of them, and which step of the build they announce."""

import re

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_FRAME = re.compile(r"[\u2800-\u28ff]\s*[\d.]+ s\t(\w+ \w+ '[^']*')")
_LONGEST_STEP = 80
_LOOKED_AT = 500
"""Code points of a line in which a step is looked for."""
_STEP = re.compile(
    rf"{_FRAME.pattern}"
    r"|(Step \d+/\d+ : .+)"
    r"|#\d+ (\[[^\]]*\d+/\d+\] .+)"
    r"|((?:Pulling|Building|Pushing|Signing|Generating|Uploading|Sconifying|Executing) .+)"
    r"|The (push refers to repository .+)"
    r"|\[[^\]]*\bINFO\b[^\]]*\] (.+)"
)


def plain(line: str) -> str:
    """Return what a terminal would show of a line: without colours, and what was written last over the rest.

    A turning wheel counts as the last thing only where nothing else is on the line; others write into its line.
    """
    if "\x1b" in line:
        line = _ESCAPE.sub("", line)
    if "\t" not in line and "\r" not in line:
        return line
    written = [part for part in line.split("\r") if part]
    said = [_FRAME.sub("", part) for part in written]
    return next((part for part in reversed(said) if part), written[-1] if written else "")


def is_frame(line: str) -> bool:
    """Tell whether a plain line is one picture of a turning wheel, which says nothing but the step."""
    return _FRAME.fullmatch(line) is not None


def step_of(line: str) -> str | None:
    """Return the step that a plain line announces, in at most 80 characters."""
    match = _STEP.match(line, 0, _LOOKED_AT)
    if match is None or match.lastindex is None:
        return None
    step = match[match.lastindex].strip()
    return step if len(step) <= _LONGEST_STEP else f"{step[: _LONGEST_STEP - 1]}…"
