"""Diagnostics in the format of reviewdog, https://github.com/reviewdog/reviewdog, which brings them into reviews."""

import json
from collections.abc import Iterable

from scone_ls.cli.report import Checked, Found
from scone_ls.cli.report.as_json import Json
from scone_ls.cli.report.paths import portable
from scone_ls.edit import Edit, apply
from scone_ls.rules.rule import Fix, Severity
from scone_ls.text import Encoding, Span

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING"}


def report(texts: Iterable[Checked]) -> str:
    """Return all diagnostics; lines and columns count from one, columns in bytes of UTF-8, as the format says."""
    diagnostics = [_object(checked, found) for checked in texts for found in checked.found]
    return json.dumps(
        {"source": {"name": "scone-ls"}, "diagnostics": diagnostics},
        indent=2,
        ensure_ascii=False,
    )


def _object(checked: Checked, found: Found) -> Json:
    diagnostic = found.diagnostic
    written: dict[str, Json] = {
        "message": diagnostic.message,
        "location": {"path": portable(checked.name), "range": _range(checked, diagnostic.span)},
        "severity": _SEVERITIES.get(diagnostic.severity, "INFO"),
        "code": {"value": diagnostic.code, "url": diagnostic.url},
    }
    if found.fix is not None and found.fix.edits and not found.fix.elsewhere:
        written["suggestions"] = [_suggestion(checked, found.fix)]
    return written


def _suggestion(checked: Checked, fix: Fix) -> Json:
    """Return a fix as the one replacement that a suggestion is: of all from its first edit to its last."""
    span = Span(min(edit.span.start for edit in fix.edits), max(edit.span.end for edit in fix.edits))
    moved = [Edit(edit.span.moved(-span.start), edit.new_text) for edit in fix.edits]
    return {"range": _range(checked, span), "text": apply(checked.text.string[span.start : span.end], moved)}


def _range(checked: Checked, span: Span) -> Json:
    return {"start": _position(checked, span.start), "end": _position(checked, span.end)}


def _position(checked: Checked, offset: int) -> Json:
    line, column = checked.text.position(offset, Encoding.UTF8)
    return {"line": line + 1, "column": column + 1}
