"""Diagnostics as workflow commands of GitHub Actions, which shows each at its line in a pull request."""

from collections.abc import Iterable, Iterator

from scone_ls.cli.report import Checked, Found
from scone_ls.cli.report.paths import portable
from scone_ls.rules.rule import Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def report(texts: Iterable[Checked]) -> str:
    """Return one line for each diagnostic; lines and columns count from one."""
    return "\n".join(line for checked in texts for line in _lines(checked))


def _lines(checked: Checked) -> Iterator[str]:
    for found in checked.found:
        diagnostic = found.diagnostic
        command = _COMMANDS.get(diagnostic.severity, "notice")
        properties = {"title": f"scone-ls {diagnostic.code}", "file": portable(checked.name), **_place(checked, found)}
        written = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
        yield f"::{command} {written}::{_escaped(diagnostic.message)}"


def _place(checked: Checked, found: Found) -> dict[str, str]:
    """Return the lines, and the columns where GitHub takes them: within one line."""
    start, end = (checked.place(offset) for offset in found.diagnostic.span)
    lines = {"line": str(start.line), "endLine": str(end.line)}
    return lines if start.line != end.line else {**lines, "col": str(start.column), "endColumn": str(end.column)}


def _escaped(text: str, special: str = "") -> str:
    return "".join(f"%{ord(each):02X}" if each in f"%\r\n{special}" else each for each in text)
