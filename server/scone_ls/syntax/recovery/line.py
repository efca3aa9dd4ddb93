"""A single line that is no YAML, whatever stands around it."""

import re
from collections.abc import Iterator

from scone_ls.syntax import green, lines
from scone_ls.syntax.faults import Fault, FaultKind, Repair
from scone_ls.syntax.pieces import Level
from scone_ls.syntax.recovery.place import Lost, Place, Replace
from scone_ls.syntax.recovery.quotes import BRACKETS, open_quote, stray_quote
from scone_ls.syntax.recovery.words import clipped, content_end, in_words, key_scalar, quoted

_HEADER = re.compile(r"[ ]+(([-+0-9]+)([|>])([-+]?))[ ]*(?:#[^\n]*)?\r?\n")
_NO_ALIAS = re.compile(r"\*(?![\w-])")
_WORD = re.compile(r"[^\s:#,\[\]{}\"']+")


def broken_line(place: Place) -> Lost:
    """Explain an entry by its first line."""
    text = place.text
    end = lines.line_end(text, place.content)
    fault = line_fault(place, place.content, end)
    return Lost(fault, line_child(place, end), body=True)


def interloper(place: Place) -> Iterator[Replace]:
    """Explain a word that stands in the way of the lines below: too deep above the first of them, or between two."""
    text, content = place.text, place.content
    line, end = lines.line_start(text, content), lines.line_end(text, content)
    if text[line:content].strip() or lines.shape_at(text, content).starts_entry:
        return
    below = lines.first_content(text, lines.next_line(text, content), place.end)
    if below is None:
        return
    level = Level(below[1] - below[0], lines.DASH.match(text, below[1]) is not None)
    *outer, own = place.frames
    parent = outer[-1].level.column if outer else -1
    is_above = own.is_first and parent < level.column < place.level.column
    if is_above or (level in place.before and level.column > place.level.column + place.unit):
        yield Replace(content, " " * (end - content), {}, line_fault(place, content, end))


def line_fault(place: Place, content: int, end: int) -> Fault:
    """Return what is wrong with a single line."""
    text = place.text
    dash = lines.AFTER_DASH.match(text, content, end)
    begin = dash.end() if dash else content
    key = lines.KEY_LINE.match(text, begin)
    if key is None or key.end() > end + 1:
        return _without_colon(place, begin)
    value_start = key.end() + len(text[key.end() : end]) - len(text[key.end() : end].lstrip())
    value_end = content_end(text, value_start) if value_start < end else value_start
    value = text[value_start:value_end]
    if value.startswith("{{"):
        return Fault(
            FaultKind.TEMPLATE,
            value_start,
            value_end,
            f"`{clipped(value)}` begins with `{{{{`, which YAML reads as a mapping",
            (Repair("put the value in quotes", quoted(text, value_start, value_end)),),
        )
    if value and (value[:1] in "@`%" or _NO_ALIAS.match(value)):
        message = f"a plain value can't begin with `{value[0]}`"
        return Fault(
            FaultKind.SYNTAX,
            value_start,
            value_end,
            message,
            (Repair("put the value in quotes", quoted(text, value_start, value_end)),),
        )
    return _value_fault(place, value_start, value_end, value)


def block_header(place: Place) -> Lost | None:
    """Explain a text below its key by a sign before the `|` or `>` that should stand behind it."""
    text = place.text
    key = lines.KEY_LINE.match(text, place.content)
    header = None if key is None else _HEADER.match(text, key.end())
    if key is None or header is None:
        return None
    start, end = header.span(1)
    message = f"`{header[1]}` begins no block of text; what belongs to the `{header[3]}` stands behind it"
    repair = Repair(f"write `{header[3]}{header[4]}`", ((start, end, f"{header[3]}{header[4]}"),))
    fault = Fault(FaultKind.SYNTAX, start, end, message, (repair,))
    pair = green.Pair(key_scalar(text, key.start(), key.end(1)), key.end() - 1, green.Broken(start, end))
    return Lost(fault, pair, body=False)


def list_below_value(place: Place) -> Lost | None:
    """Explain a list below a key that has a value on its own line."""
    text = place.text
    match = lines.KEY_LINE.match(text, place.content)
    if match is None:
        return None
    end = content_end(text, match.end())
    begin = match.end() + len(text[match.end() : end]) - len(text[match.end() : end].lstrip())
    if begin >= end:
        return None
    fault = Fault(
        FaultKind.SYNTAX,
        begin,
        end,
        "a value stands here and a list below; a key has one value",
        (Repair("remove the value before the list", ((match.end(), end, ""),)),),
    )
    key = key_scalar(text, match.start(), match.end(1))
    return Lost(fault, green.Pair(key, match.end() - 1, green.Broken(begin, end)), body=True)


def _value_fault(place: Place, start: int, end: int, value: str) -> Fault:
    """Return what is wrong with a value that follows its key properly."""
    text, problem = place.text, place.problem
    inner = re.search(r":(?=\s|$)", value)
    if inner and value[:1] not in "\"'[{" and "mapping values" in problem.message:
        at = start + inner.start()
        return Fault(
            FaultKind.SYNTAX,
            start,
            end,
            f"a second `:` in `{clipped(value)}`; a value with `: ` in it needs quotes",
            (
                Repair("put the value in quotes", quoted(text, start, end)),
                Repair("remove the colon", ((at, at + 1, ""),)),
            ),
        )
    offset = place.start + problem.offset
    unpaired = _unpaired_quote(value)
    if unpaired is not None:
        if unpaired == 0:
            return open_quote(text, place.content, start)
        return stray_quote(text, place.content, start + unpaired)
    if value[:1] in "\"'" and start < offset <= end:
        quote = value[0]
        repairs: tuple[Repair, ...] = ()
        if "escape character" in problem.message and offset > start:
            repairs = (Repair("double the backslash", ((offset - 1, offset - 1, "\\"),)),)
            return Fault(FaultKind.SYNTAX, offset - 1, offset + 1, f"`\\{text[offset]}` is no escape of YAML", repairs)
        rest = text[offset:end]
        repairs = tuple(
            Repair("move the closing quote to the end", ((offset - 1, offset, ""), (end, end, quote)))
            for _ in range(1)
            if text[offset - 1] == quote and quote not in rest
        )
        if value.count(quote) % 2 == 1 and value.endswith(quote):
            middle = value.rfind(quote, 0, len(value) - 1)
            escaped = (start + middle, start + middle + 1, quote * 2 if quote == "'" else '\\"')
            repairs = (*repairs, Repair("escape the quote inside", (escaped,)))
        return Fault(FaultKind.UNCLOSED_QUOTE, start, end, f"the quoted text ends before `{clipped(rest)}`", repairs)
    if start >= end:
        offset = min(max(place.content, offset - 1), max(place.content, place.end - 1))
        return Fault(FaultKind.SYNTAX, offset, offset + 1, in_words(problem.message))
    if value[:1] in BRACKETS:
        return _flow_fault(place, start, end, value)
    return Fault(FaultKind.SYNTAX, start, end, in_words(problem.message))


def _unpaired_quote(value: str) -> int | None:
    """Return where the only quote of a value stands, if that is its first or last character."""
    for quote in "\"'":
        if value.count(quote) == 1 and (value[0] == quote or value[-1] == quote):
            return value.index(quote)
    return None


def _flow_fault(place: Place, start: int, end: int, value: str) -> Fault:
    """Return what is wrong inside a flow collection: a quote without its partner, or the place where reading stopped."""
    text = place.text
    for match in re.finditer(r"[^,\[\]{}\s][^,\[\]{}]*", value):
        part = match.group().strip()
        for quote in "\"'":
            if part.count(quote) == 1 and (part[0] == quote or part[-1] == quote) and len(part) > 1:
                begin = start + match.start()
                finish = begin + len(part)
                missing = finish if part[0] == quote else begin
                verb = "closed" if part[0] == quote else "opened"
                return Fault(
                    FaultKind.UNCLOSED_QUOTE,
                    begin,
                    finish,
                    f"the quote `{quote}` is never {verb}",
                    (Repair(f"add the missing `{quote}`", ((missing, missing, quote),)),),
                )
    offset = min(max(start, place.start + place.problem.offset), max(start, end - 1))
    word = _WORD.match(text, offset, end)
    repairs: tuple[Repair, ...] = ()
    if "expected ','" in place.problem.message and word:
        before = start + len(text[start:offset].rstrip())
        repairs = (Repair("put a comma between the two", ((before, before, ","),)),)
    elif "<block end>" in place.problem.message:
        repairs = (Repair("put the value in quotes", quoted(text, start, end)),)
    return Fault(
        FaultKind.SYNTAX, offset, max(offset + 1, word.end() if word else 0), in_words(place.problem.message), repairs
    )


def _without_colon(place: Place, begin: int) -> Fault:
    """Return the fault of a line in a mapping that has no `key:`."""
    text = place.text
    finish = content_end(text, begin)
    content = text[begin:finish]
    joined = re.match(r"([\w.-]+):(?=[^\s/])", content)
    if joined:
        at = begin + joined.end()
        return Fault(
            FaultKind.MISSING_COLON,
            begin,
            finish,
            f"no blank after the colon of `{joined.group(1)}`",
            () if _opens_a_quote(text[at:finish]) else (Repair("put a blank after the colon", ((at, at, " "),)),),
        )
    word = re.match(r"[^\s#&*!|>'\"%@`{}\[\],:][^\s:#]*", content)
    if place.level.is_sequence and begin == place.content:
        return Fault(
            FaultKind.SYNTAX,
            begin,
            max(finish, begin + 1),
            f"`{clipped(content)}` stands among list items without a dash",
            (Repair("make it a list item", ((begin, begin, "- "),)),),
        )
    if word is None:
        return Fault(FaultKind.SYNTAX, begin, max(finish, begin + 1), in_words(place.problem.message))
    key = word.group()
    at = begin + word.end()
    value = content[word.end() :]
    repairs = (Repair(f"put a colon after `{key}`", ((at, at, ":"),)),)
    span = (begin, at if not value else finish)
    return Fault(FaultKind.MISSING_COLON, *span, f"`{clipped(key)}` has no colon", repairs)


def _opens_a_quote(value: str) -> bool:
    """Tell whether a value begins with a quote that has no partner, and would take the lines below into it."""
    return value[:1] in ("'", '"') and value.count(value[0]) % 2 == 1


def line_child(place: Place, end: int) -> green.Pair | green.Item | None:
    """Return what can be known of the first line: its key, or that it is an item."""
    text, content = place.text, place.content
    if place.level.is_sequence:
        if lines.DASH.match(text, content):
            return green.Item(content, green.Broken(content + 1, max(content + 1, content_end(text, content))))
        return None
    key = lines.KEY_LINE.match(text, content)
    if key and key.end() <= end:
        value = key.end() + len(text[key.end() : end]) - len(text[key.end() : end].lstrip())
        node = green.Broken(min(value, end), max(min(value, end), content_end(text, min(value, end))))
        return green.Pair(key_scalar(text, content, key.end(1)), key.end() - 1, node)
    word = re.compile(r"[\w.-]+").match(text, content, end)
    if word:
        return green.Pair(
            key_scalar(text, content, word.end()), -1, green.Broken(word.end(), content_end(text, word.end()))
        )
    return None
