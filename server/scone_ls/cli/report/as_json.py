"""Diagnostics as JSON for programs: the objects that `ruff check --output-format json` prints, with the severity."""

import json
import os
from collections.abc import Iterable
from typing import TypeAlias

from scone_ls.cli.report import Checked, Found
from scone_ls.rules.rule import Fix

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"


def report(texts: Iterable[Checked]) -> str:
    """Return one object for each diagnostic; rows and columns count from one, columns in code points."""
    objects = [_object(checked, found) for checked in texts for found in checked.found]
    return json.dumps(objects, indent=2, ensure_ascii=False)


def _object(checked: Checked, found: Found) -> Json:
    diagnostic = found.diagnostic
    start = checked.place(diagnostic.span.start)
    return {
        "cell": None,
        "code": diagnostic.code,
        "end_location": _location(checked, diagnostic.span.end),
        "filename": os.path.abspath(checked.name),  # noqa: PTH100 -- Only this keeps links and needs no file.
        "fix": None if found.fix is None else _fix(checked, found.fix),
        "location": _location(checked, diagnostic.span.start),
        "message": diagnostic.message,
        "noqa_row": start.line,
        "severity": diagnostic.severity.name.lower(),
        "url": diagnostic.url,
    }


def _location(checked: Checked, offset: int) -> Json:
    row, column = checked.place(offset)
    return {"column": column, "row": row}


def _fix(checked: Checked, fix: Fix) -> Json:
    return {
        "applicability": "safe" if fix.safe else "unsafe",
        "edits": [
            {
                "content": edit.new_text,
                "end_location": _location(checked, edit.span.end),
                "location": _location(checked, edit.span.start),
            }
            for edit in fix.edits
        ],
        "message": fix.title,
    }
