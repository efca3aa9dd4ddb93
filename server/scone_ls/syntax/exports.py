"""The variables that an `.env` file or a shell script sets, each with its place; nothing is run.

It reads both notations at once: `NAME=value` and `export NAME=value`, with the quotes and escapes of a shell. A value
that only running would tell (`${X:-1}`, `$(date)`), or that the two notations read differently (`A=one two`), is not
known here and is `None`; so is nothing ever wrong, and much of a script is passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scone_ls.text import Span

_BLANKS = re.compile(r"(?:[ \t]|\\\r?\n|\r(?=\n|\Z))+")
_COMMENT = re.compile(r"#[^\n]*")
_END = re.compile(r"[\n;&|()]")
_HEREDOC = re.compile(r"(?<!<)<<(?!<)(-?)[ \t]*(['\"]?)(\w+)\2")
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)(\+?)=", re.ASCII)
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_PART = re.compile(
    r"(?P<plain>[^\s;&|()<>'\"\\$`]+)"
    r"|(?P<escaped>\\[^\n])"
    r"|'(?P<single>[^']*)'"
    r'|"(?P<double>(?:[^"\\$`]|\\[\s\S]|\$(?![A-Za-z_0-9{(@*#?!$-]))*)"'
    r'|(?P<expanded>"(?:[^"\\]|\\[\s\S])*"|\$[\'"]|\$[A-Za-z_0-9@*#?!$-]\w*|`[^`\n]*`)'
    r"|(?P<redirected>[<>]+)"
    r"|(?P<nested>\$[({])"
    r"|(?P<dollar>\$)"
    r"|(?P<odd>['\"`\\])",
    re.ASCII,
)
_ESCAPE_IN_QUOTES = re.compile(r'\\(?:([$`"\\])|\r?\n)')
_LEADS = frozenset({"then", "do", "else", "{", "!"})
"""Words after which a command begins."""
_FAR = 1_000
"""Code points in which the end of a nested command is looked for."""


@dataclass(frozen=True, slots=True)
class Export:
    """One variable that is set; the spans are half-open, in code points.

    `value_span` holds the value with its quotes; it is `None` where none is written (`export NAME`).
    """

    name: str
    name_span: Span
    value: str | None
    value_span: Span | None


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a command; `text` is what it comes to, as far as that is known."""

    span: Span
    text: str | None


def exports_in(string: str) -> tuple[Export, ...]:
    """Return the variables that a text sets, in its order; one that is set twice is there twice."""
    return tuple(export for words, doubt in _commands(string) for export in _exports(string, words, doubt=doubt))


def _exports(string: str, words: list[_Word], *, doubt: bool) -> Iterator[Export]:
    while words and words[0].text in _LEADS:
        words = words[1:]
    if not words:
        return
    exporting = words[0].text == "export"
    given = words[1:] if exporting else words
    assigned = [_ASSIGNMENT.match(string, *word.span) for word in given]
    for word, match in zip(given, assigned, strict=True):
        if match is not None:
            known = (exporting or all(assigned)) and not (doubt and word is given[-1])
            yield _export(string, word, match, known=known)
        elif not exporting:
            return  # A command, for which alone the variables before it are set; or a value of several words.
        elif _NAME.fullmatch(string, *word.span):
            yield Export(string[slice(*word.span)], word.span, None, None)


def _export(string: str, word: _Word, match: re.Match[str], *, known: bool) -> Export:
    value = None
    if known and word.text is not None and not match[2] and not string.startswith("~", match.end()):
        value = word.text[match.end() - match.start() :]
    return Export(match[1], Span(*match.span(1)), value, Span(match.end(), word.span.end))


def _commands(string: str) -> Iterator[tuple[list[_Word], bool]]:
    """Yield the words of each command, and whether only a shell would end its last word where it ends."""
    words: list[_Word] = []
    line = position = 0
    while position < len(string):
        if match := _BLANKS.match(string, position) or _COMMENT.match(string, position):
            position = match.end()
        elif match := _END.match(string, position):
            yield words, _is_doubtful(string, words, match)
            words, position = [], match.end()
            if match[0] == "\n":
                line = position = _behind_heredocs(string, line, position)
        else:
            words.append(_word(string, position))
            position = words[-1].span.end
    yield words, False


def _is_doubtful(string: str, words: list[_Word], end: re.Match[str]) -> bool:
    """Tell whether what ends a command stands close to its last word, so that it belongs to the value in an `.env`."""
    if end[0] == "\n" or not words or words[-1].span.end != end.start():
        return False
    return end[0] != ";" or string[end.end() : end.end() + 1].strip(" \t\r\n") != ""


def _word(string: str, start: int) -> _Word:
    parts: list[str] | None = []
    position = start
    while match := _PART.match(string, position):
        kind, position = match.lastgroup, match.end()
        if kind == "nested":
            position = _behind_nested(string, position)
        elif kind == "odd":
            position = _line_end(string, position)
        text = _text(kind or "", match)
        parts = None if parts is None or text is None else [*parts, text]
    if position == start:
        position += 1  # A blank that is none for a shell, such as a form feed.
    return _Word(Span(start, position), None if parts is None else "".join(parts))


def _text(kind: str, match: re.Match[str]) -> str | None:
    """Return what a part of a word comes to; nothing where only running would tell."""
    match kind:
        case "plain" | "single" | "dollar":
            return match[kind]
        case "escaped":
            return match[kind][1:]
        case "double":
            return _ESCAPE_IN_QUOTES.sub(lambda escape: escape[1] or "", match[kind])
        case _:
            return None


def _behind_nested(string: str, start: int) -> int:
    """Return the offset behind the bracket that was opened before `start`; the end of the line if it is not closed."""
    depth = 1
    for bracket in re.compile(r"\\.|[({})]").finditer(string, start, start + _FAR):
        if bracket[0] in "({":
            depth += 1
        elif bracket[0] in ")}":
            depth -= 1
        if not depth:
            return bracket.end()
    return _line_end(string, start)


def _line_end(string: str, offset: int) -> int:
    end = string.find("\n", offset)
    return len(string) if end < 0 else end


def _behind_heredocs(string: str, line: int, end: int) -> int:
    """Return the offset behind the texts that a line announces (`<<EOF`); the end of the line where there are none."""
    for heredoc in _HEREDOC.finditer(string, line, end):
        indentation = r"\t*" if heredoc[1] else ""
        last = re.compile(rf"(?m)^{indentation}{heredoc[3]}\r?(?:\n|\Z)").search(string, end, end + 20 * _FAR)
        end = last.end() if last else end
    return end
