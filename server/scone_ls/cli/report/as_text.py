"""Diagnostics as text for people: one line each, then the lines of the source with carets, then the way out."""

from collections.abc import Iterator

from scone_ls.cli.report import Checked, Found, Summary, counted, listed
from scone_ls.cli.report.snippet import margin, snippet
from scone_ls.cli.report.terminal import Paint, harmless, painted
from scone_ls.rules.rule import Severity

_PAINTS = {Severity.ERROR: Paint.ERROR, Severity.WARNING: Paint.WARNING}


def report(checked: Checked, width: int, *, colour: bool) -> Iterator[str]:
    """Yield what to print for one text, a block of lines for each diagnostic."""
    for found in checked.found:
        yield "\n".join(_lines(checked, found, width, colour=colour)) + "\n"


def summary(total: Summary, *, colour: bool) -> str:
    """Return the last line: how much was found, and how much of it can be mended at once."""
    parts = [
        painted(counted(number, noun), paint, colour=colour)
        for number, noun, paint in (
            (total.errors, "error", Paint.ERROR),
            (total.warnings, "warning", Paint.WARNING),
            (total.notes, "hint", Paint.NOTE),
        )
        if number
    ]
    if not total.manifests and not parts:
        return "found no manifests"
    manifests = counted(total.manifests, "manifest")
    if not parts:
        return f"{painted('found nothing wrong', Paint.GOOD, colour=colour)} in {manifests}"
    fixable = f" ({total.fixable} fixable with --fix)" if total.fixable else ""
    return f"found {listed(parts)} in {manifests}{fixable}"


def _lines(checked: Checked, found: Found, width: int, *, colour: bool) -> Iterator[str]:
    diagnostic = found.diagnostic
    paint = _PAINTS.get(diagnostic.severity, Paint.NOTE)
    place = checked.place(diagnostic.span.start)
    where = painted(f"{harmless(checked.name)}:{place.line}:{place.column}:", Paint.STRONG, colour=colour)
    what = painted(f"{diagnostic.severity.name.lower()}[{diagnostic.code}]", paint, colour=colour)
    yield f"{where} {what} {harmless(diagnostic.message)}"
    yield from snippet(checked.text, diagnostic.span, paint, width, colour=colour)
    indent = " " * (margin(checked.text, diagnostic.span) + 2)
    for related in diagnostic.related:
        shown = checked.shown_place(related)
        note = painted("note:", Paint.NOTE, colour=colour)
        yield f"{indent}= {note} {harmless(related.message)}" + (f" ({harmless(shown)})" if shown else "")
    if found.fix is not None:
        yield f"{indent}= {painted('help:', Paint.GOOD, colour=colour)} {harmless(found.fix.title)}"
