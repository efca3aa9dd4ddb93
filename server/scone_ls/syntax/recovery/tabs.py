"""Tabs and no-break spaces where YAML wants blanks: in the indentation, or between an indicator and its value."""

import re
from collections.abc import Iterator

from scone_ls.syntax import lines
from scone_ls.syntax.faults import Fault, FaultKind, Repair
from scone_ls.syntax.recovery.place import Place, Replace

_SEPARATING_TAB = re.compile(r"(?<=[:\-?,])[ \t]*\t[ \t]*")
_NO_BREAK = "\u00a0"
_WRONG_BLANKS = re.compile(rf"(?:^|(?<=[:-]))([ {_NO_BREAK}]+)(?=\S)", re.MULTILINE)
_LEADING = re.compile(r"[ \t]*")


def no_break_spaces(place: Place) -> Iterator[Replace]:
    """Explain blanks that only look like some, as they come from web pages; those inside of texts are let be."""
    text = place.text
    if text.find(_NO_BREAK, place.start, place.end) < 0:
        return
    for match in _WRONG_BLANKS.finditer(text, lines.line_start(text, place.start), place.end):
        start, end = match.span(1)
        if text[start:end].isascii():
            continue
        fault = Fault(
            FaultKind.SYNTAX,
            start,
            end,
            "a no-break space where YAML wants a blank",
            (Repair("write plain blanks", ((start, end, " " * (end - start)),)),),
        )
        column = end - start if start == lines.line_start(text, start) else None
        yield Replace(start, " " * (end - start), {} if column is None else {start: column}, fault)
        return


def tabs(place: Place) -> Iterator[Replace]:
    """Explain a tab; one in the indentation may stand for one of several columns."""
    text, problem = place.text, place.start + place.problem.offset
    if text.find("\t", place.start, place.end) < 0:
        return
    for line in _tab_lines(text, place.start, place.end, problem):
        leading = _LEADING.match(text, line)
        if leading and "\t" in leading.group() and leading.end() < place.end:
            yield from _leading_tab(place, line, leading.end())
            return
        match = _SEPARATING_TAB.search(text, line, lines.line_end(text, line))
        if match and _is_outside_quotes(text, line, match.start()):
            yield _separating_tab(match)
            return


def _tab_lines(text: str, start: int, end: int, problem: int) -> list[int]:
    """Return the starts of the lines with a tab, the one where reading stopped first."""
    starts = [lines.line_start(text, start)]
    while (line := text.find("\n", starts[-1], end) + 1) and line < end:
        starts.append(line)
    found = [line for line in starts if "\t" in text[max(line, start) : lines.line_end(text, line)]]
    return sorted(found, key=lambda line: line != lines.line_start(text, problem))


def _is_outside_quotes(text: str, start: int, end: int) -> bool:
    return (text.count('"', start, end) + text.count("'", start, end)) % 2 == 0


def _separating_tab(match: re.Match[str]) -> Replace:
    first = match.start() + match.group().index("\t")
    fault = Fault(
        FaultKind.TAB,
        first,
        match.end(),
        "tab between an indicator and its value; YAML wants a blank",
        (Repair("replace the tab by a blank", ((match.start(), match.end(), " "),)),),
    )
    return Replace(first, " " * (match.end() - first), {}, fault)


def _leading_tab(place: Place, line: int, content: int) -> Iterator[Replace]:
    text = place.text
    blank = text[line:content]
    first = line + blank.index("\t")
    last = line + blank.rindex("\t") + 1
    columns = _columns(place, line, content)
    repairs = {column: Repair(f"indent with {column} blanks", ((line, content, " " * column),)) for column in columns}
    for column in columns:
        fault = Fault(
            FaultKind.TAB,
            first,
            last,
            "tab in the indentation; YAML indents with blanks only",
            (repairs[column], *(repair for other, repair in repairs.items() if other != column))[:3],
        )
        moved = {line: column} if column != len(blank) else {}
        cost = (column % place.unit, columns.index(column))
        yield Replace(first, " " * (last - first), moved, fault, cost)


def _columns(place: Place, line: int, content: int) -> list[int]:
    """Return the columns at which the content behind a tab may be meant to stand, the likeliest first."""
    text = place.text
    blank = text[line:content]
    is_dash = lines.DASH.match(text, content) is not None
    known = {level.column for level in (*place.levels, *place.before) if level.is_sequence == is_dash}
    dash = lines.AFTER_DASH.match(text, content)
    below = lines.first_content(text, lines.next_line(text, line), place.rest)
    if below is not None:
        known.add(max(0, below[1] - below[0] - (dash.end() - content if dash else 0)))
    known |= {level.column + place.unit for level in place.levels if not level.is_sequence}
    known.add(len(blank))
    width = len(blank) if " " in blank else len(blank.replace("\t", " " * place.unit))
    return sorted(known, key=lambda column: (column != len(blank) or " " not in blank, abs(column - width), -column))
