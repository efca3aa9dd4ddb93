"""The lines of a text around a span, numbered, with carets under the span's very characters."""

from scone_ls.cli.report.terminal import Paint, cells, painted
from scone_ls.text import Span, Text

_MOST_LINES = 3
_CUT = "…"
_LEAST_WIDTH = 20


def margin(text: Text, span: Span) -> int:
    """Return how many columns the line numbers take that are shown for a span."""
    return len(str(_last_line(text, span) + 1))


def snippet(text: Text, span: Span, paint: Paint, width: int, *, colour: bool) -> list[str]:
    """Return the lines to print, none of them wider than `width` columns; `paint` is for the carets."""
    digits = margin(text, span)
    empty = painted(f" {' ' * digits} |", Paint.FAINT, colour=colour)
    lines = [empty]
    for line in _chosen(text.line_at(span.start), _last_line(text, span)):
        if line is None:
            lines.append(painted(f" {'.' * digits}", Paint.FAINT, colour=colour))
            continue
        number = painted(f" {line + 1:>{digits}} |", Paint.FAINT, colour=colour)
        source, gap, carets = _marked(text, line, span, max(_LEAST_WIDTH, width - digits - 4))
        lines.append(f"{number} {source}".rstrip())
        if carets:
            lines.append(f"{empty} {' ' * gap}{painted('^' * carets, paint, colour=colour)}")
    return lines


def _last_line(text: Text, span: Span) -> int:
    """Return the line of the span's last character; that of an empty span is the one it stands in."""
    return text.line_at(max(span.start, span.end - 1))


def _chosen(first: int, last: int) -> list[int | None]:
    """Return the lines to show: all, or the first ones and the last with a gap between."""
    if last - first < _MOST_LINES:
        return list(range(first, last + 1))
    return [*range(first, first + _MOST_LINES - 1), None, last]


def _marked(text: Text, line: int, span: Span, width: int) -> tuple[str, int, int]:
    """Return what to print of a line, how many columns come before the carets, and how many carets there are."""
    begin, end = text.line_span(line)
    string = text.string[begin:end]
    start = max(0, span.start - begin)
    stop = min(len(string), span.end - begin)
    if span.start < begin:
        start = len(string) - len(string.lstrip())
    if not string.strip() and span.start < begin:
        return "", 0, 0
    string, start, stop = _window(string, start, max(start, stop), width)
    shown = cells(string)
    gap = sum(columns for _, columns in shown[:start])
    carets = sum(columns for _, columns in shown[start:stop])
    return "".join(cell for cell, _ in shown), gap, max(1, carets)


def _window(string: str, start: int, stop: int, width: int) -> tuple[str, int, int]:
    """Cut a line that is too wide to what is around the marked part, which may itself be cut at its end."""
    behind = start >= len(string)  # The caret of what is missing at the end of a line takes a column of its own.
    if len(string) <= 2 * width and _columns(string) + behind <= width:
        return string, start, stop
    begin = 0 if stop <= 2 * width and _columns(string[:stop]) < width else _begin(string, start, stop, width)
    end = begin
    room = width - 1 - (begin > 0)
    while end < len(string) and (room := room - _columns(string[end])) >= 0:
        end += 1
    prefix = _CUT if begin else ""
    suffix = _CUT if end < len(string) else ""
    moved = len(prefix) - begin
    return prefix + string[begin:end] + suffix, start + moved, min(stop, end) + moved


def _begin(string: str, start: int, stop: int, width: int) -> int:
    """Return where to cut so that the marked part comes to stand in the middle."""
    marked = min(_columns(string[start : min(stop, start + width)]), width // 2)
    room = (width - marked) // 2 - 1
    while start > 0 and (room := room - _columns(string[start - 1])) >= 0:
        start -= 1
    return start


def _columns(string: str) -> int:
    return sum(columns for _, columns in cells(string))
