"""Diagnostics as SARIF 2.1.0, the OASIS standard that code scanning takes in, with the rules and the fixes."""

import json
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import quote

from scone_ls import __version__
from scone_ls.cli.explanations import explanation, plain, summary
from scone_ls.cli.report import Checked, Found
from scone_ls.cli.report.as_json import Json
from scone_ls.cli.report.paths import here, portable
from scone_ls.features.diagnostics import PAGES
from scone_ls.rules import RULES
from scone_ls.rules.rule import Fix, Related, Rule, Severity
from scone_ls.text import Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}
_BASE = "%SRCROOT%"
_INDICES = {rule.code: index for index, rule in enumerate(RULES)}


def report(texts: Iterable[Checked], *, complete: bool) -> str:
    """Return the log of one run; lines and columns count from one, columns in code points."""
    driver: Json = {
        "name": "scone-ls",
        "semanticVersion": __version__,
        "informationUri": PAGES,
        "rules": [_rule(rule) for rule in RULES],
    }
    run: Json = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": complete}],
        "originalUriBaseIds": {_BASE: {"uri": here()}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(checked, found) for checked in texts for found in checked.found],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _rule(rule: Rule) -> Json:
    page, said = f"{PAGES}{rule.code}/", explanation(rule)
    described: dict[str, Json] = {
        "id": rule.code,
        "helpUri": page,
        "defaultConfiguration": {"level": _level(rule.severity)},
        "properties": {"tags": [rule.group.value], "precision": "very-high"},
    }
    if said:
        described["shortDescription"] = {"text": summary(rule)}
        described["help"] = {"text": plain(said), "markdown": said}
    return described


def _result(checked: Checked, found: Found) -> Json:
    diagnostic = found.diagnostic
    written: dict[str, Json] = {
        "ruleId": diagnostic.code,
        "ruleIndex": _INDICES[diagnostic.code],
        "level": _level(diagnostic.severity),
        "message": {"text": diagnostic.message},
        "locations": [{"physicalLocation": _location(checked, diagnostic.span)}],
    }
    if diagnostic.related:
        written["relatedLocations"] = [_related(checked, related) for related in diagnostic.related]
    if found.fix is not None:
        written["fixes"] = [_fix(checked, found.fix)]
    return written


def _level(severity: Severity) -> str:
    return _LEVELS.get(severity, "note")


def _related(checked: Checked, related: Related) -> Json:
    where = _location(checked, related.span) if related.uri is None else _elsewhere(related.uri, related.span)
    return {"physicalLocation": where, "message": {"text": related.message}}


def _fix(checked: Checked, fix: Fix) -> Json:
    changes: list[Json] = []
    if fix.edits:
        replacements: list[Json] = [_replacement(_region(checked, span), new) for span, new in fix.edits]
        changes.append({"artifactLocation": _artifact(checked.name), "replacements": replacements})
    for uri, edits in fix.elsewhere:
        replacements = [_replacement(_offsets(span), new) for span, new in edits]
        changes.append({"artifactLocation": {"uri": uri}, "replacements": replacements})
    return {"description": {"text": fix.title}, "artifactChanges": changes}


def _replacement(region: Json, new: str) -> Json:
    return {"deletedRegion": region, "insertedContent": {"text": new}}


def _location(checked: Checked, span: Span) -> Json:
    return {"artifactLocation": _artifact(checked.name), "region": _region(checked, span)}


def _elsewhere(uri: str, span: Span) -> Json:
    """Return a place in a file whose lines are not known here."""
    return {"artifactLocation": {"uri": uri}, "region": _offsets(span)}


def _artifact(name: str) -> Json:
    path = portable(name)
    if PurePosixPath(path).is_absolute() or path[1:2] == ":":
        return {"uri": f"file://{'' if path.startswith('/') else '/'}{_quoted(path)}"}
    return {"uri": _quoted(path), "uriBaseId": _BASE}


def _quoted(path: str) -> str:
    return quote(path, errors="surrogateescape")  # Names that are no text come as their bytes.


def _region(checked: Checked, span: Span) -> Json:
    start, end = checked.place(span.start), checked.place(span.end)
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _offsets(span: Span) -> Json:
    return {"charOffset": span.start, "charLength": span.end - span.start}
