"""Comments that silence diagnostics: `# scone-ls: ignore[code, code]` at the end of a line, or on the lines above it.

A comment of its own speaks of the next line that is neither blank nor a comment. It does not know which codes exist.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from scone_ls.syntax import tree
from scone_ls.syntax.file import File
from scone_ls.text import Span, Text

_MARK = "scone-ls:"
_COMMENT = re.compile(r"#[ \t]*scone-ls:[ \t]*ignore\b[ \t]*(?:\[(?P<codes>[^\]\r\n]*)\]?)?")
_CODE = re.compile(r"[^\s,]+")
_SILENT_LINE = re.compile(r"[ \t]*(?:#.*)?")


class Suppression(NamedTuple):
    """One comment: its place, the codes that it names with their places, and the line (from 0) that it speaks of."""

    span: Span
    codes: tuple[tuple[str, Span], ...]
    line: int
    alone: bool


def suppressions(text: Text, file: File) -> tuple[Suppression, ...]:
    """Return all such comments of a file in the order of the text."""
    if text.string.find(_MARK) < 0:
        return ()
    return tuple(_suppressions(text, file))


def comment_for(code: str) -> str:
    """Return the comment that silences a code."""
    return f"# {_MARK} ignore[{code}]"


def _suppressions(text: Text, file: File) -> Iterator[Suppression]:
    for match in _COMMENT.finditer(text.string):
        start = match.start()
        line = text.line_at(start)
        before = text.string[text.line_start(line) : start]
        if (before and before[-1] not in " \t") or _in_scalar(file, start):
            continue
        alone = not before.strip()
        codes = (
            tuple((code[0], Span(*code.span())) for code in _CODE.finditer(text.string, *match.span("codes")))
            if match["codes"]
            else ()
        )
        yield Suppression(Span(*match.span()), codes, _next_line(text, line) if alone else line, alone)


def _in_scalar(file: File, offset: int) -> bool:
    """Tell whether an offset is inside a scalar's text, where a `#` begins no comment."""
    document = file.document_at(offset)
    root = document.root if document else None
    if root is None:
        return False
    steps = tree.path_to(root, offset)
    node = steps[-1].value if steps else root
    if not isinstance(node, tree.Scalar) or not node.span.start <= offset < node.span.end:
        return False
    # The line of a block scalar's indicator may have a comment.
    return node.style not in ("|", ">") or "\n" in file.string[node.span.start : offset]


def _next_line(text: Text, line: int) -> int:
    for candidate in range(line + 1, text.line_count):
        span = text.line_span(candidate)
        if not _SILENT_LINE.fullmatch(text.string, *span):
            return candidate
    return line
