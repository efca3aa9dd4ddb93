"""Quotes and brackets without their partner."""

import re

from scone_ls.syntax import lines
from scone_ls.syntax.faults import Fault, FaultKind, Repair
from scone_ls.syntax.recovery.place import Place
from scone_ls.syntax.recovery.words import content_end

BRACKETS = {"[": "]", "{": "}"}


def unclosed(place: Place) -> Fault | None:
    """Return the fault of a quote or bracket that is never closed."""
    text, problem = place.text, place.problem
    if not problem.is_open or problem.context is None:
        return None
    opening = place.start + problem.context
    character = text[opening : opening + 1]
    if character in ("'", '"'):
        return open_quote(text, place.content, _odd_quote(text, place.content, opening))
    return _open_bracket(place, opening, BRACKETS[character]) if character in BRACKETS else None


def open_quote(text: str, start: int, opening: int) -> Fault:
    """Return the fault of a quote, in a line whose content begins at `start`, that has no partner."""
    quote = text[opening]
    end = content_end(text, opening)
    if text[opening:end] == quote and opening > start and text[opening - 1] not in " \t":
        return stray_quote(text, start, opening)
    return Fault(
        FaultKind.UNCLOSED_QUOTE,
        opening,
        max(end, opening + 1),
        f"the quote `{quote}` is never closed",
        _closing_repairs(text, start, opening, end),
    )


def stray_quote(text: str, start: int, closing: int) -> Fault:
    """Return the fault of a quote at the end of a value that begins without one."""
    quote = text[closing]
    colon = text.rfind(": ", start, closing)
    dash = lines.AFTER_DASH.match(text, start)
    begin = colon + 2 if colon >= 0 else dash.end() if dash else start
    repairs = (
        Repair("open the quote at the beginning of the value", ((begin, begin, quote),)),
        Repair("remove the quote", ((closing, closing + 1, ""),)),
    )
    return Fault(FaultKind.UNCLOSED_QUOTE, begin, closing + 1, f"the quote `{quote}` is never opened", repairs)


def _open_bracket(place: Place, opening: int, closing: str) -> Fault:
    text = place.text
    last = _flow_end(text, opening, place.end)
    first_line = content_end(text, opening)
    title = f"close it with `{closing}`"
    repairs = (Repair(title, ((last, last, closing),)),)
    if first_line != last:
        repairs += (Repair(f"{title} on this line", ((first_line, first_line, closing),)),)
    message = f"`{text[opening]}` is never closed"
    return Fault(FaultKind.UNCLOSED_FLOW, opening, max(opening + 1, first_line), message, repairs)


def _odd_quote(text: str, start: int, opening: int) -> int:
    """Return the quote that has no partner on its line: in a flow list the last one opened wrongly shifts all others."""
    line = text[lines.line_start(text, opening) : lines.line_end(text, opening)]
    if "[" not in line and "{" not in line:
        return opening
    base = lines.line_start(text, opening)
    for match in re.finditer(r"[^,\[\]{}\s][^,\[\]{}]*", line):
        part = match.group().strip()
        for quote in "\"'":
            if part.count(quote) % 2 == 1 and base + match.start() >= start and (part[0] == quote or part[-1] == quote):
                return base + match.start() + part.index(quote)
    return opening


def _closing_repairs(text: str, start: int, opening: int, end: int) -> tuple[Repair, ...]:
    """Return where the missing quote may go: behind the word in a flow list, before a comment, at the line's end."""
    quote = text[opening]
    places: list[int] = []
    line = text[lines.line_start(text, opening) : opening]
    if "[" in line or "{" in line:
        inside = re.compile(r"[^,\]}\n]*").match(text, opening + 1)
        if inside:
            places.append(opening + 1 + len(inside.group().rstrip()))
        word = re.compile(r"[^,\[\]{}\s\"'][^,\[\]{}\n\"']*$").search(text[max(start, opening - 200) : opening])
        if word:
            begin = max(start, opening - 200) + word.start()
            return (
                Repair(f"open the quote `{quote}` before `{word.group()}`", ((begin, begin, quote),)),
                *(Repair(f"close the quote with `{quote}`", ((place, place, quote),)) for place in places),
            )
    places.append(end)
    line_end = lines.line_end(text, opening)
    places.append(line_end)
    unique = list(dict.fromkeys(places))
    return tuple(Repair(f"close the quote with `{quote}`", ((place, place, quote),)) for place in unique)


def _flow_end(text: str, opening: int, end: int) -> int:
    """Return where a bracket that is never closed would best be closed: behind the last line of the entry's content."""
    last = opening + 1
    for _, content in lines.content_lines(text, lines.line_start(text, opening), end):
        if content >= lines.line_start(text, opening):
            last = content_end(text, max(content, opening))
    return max(opening + 1, last)
