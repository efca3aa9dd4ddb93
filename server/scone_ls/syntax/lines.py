"""What a line of block YAML looks like, judged by its characters alone: the patterns by which a text is cut.

Only lines that can be nothing else are recognised; whatever is unusual stays in one piece and goes to ruamel.yaml.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

_KEY = (
    r"(?:[^\s#&*!|>'\"%@`{}\[\],?:-](?:[^\s:#]|:(?=\S)|(?<=\S)\#|[ ]+(?=[^\s:#]))*"
    r"|\"[^\"\\\n\t]*\"|'[^'\n\t]*'|-(?=\S)[^\s:#]+)"
)

# `key:` with nothing but an anchor or a comment behind it: its value is in the lines below.
HEADER = re.compile(rf"({_KEY})[ ]*:(?:[ ]+(&[\w-]+))?[ ]*(?:(?<= )#[^\n]*)?\r?(?:\n|\Z)")
# `key: …` or `key:`.
KEY_LINE = re.compile(rf"({_KEY})[ ]*:(?=[ \t\r\n]|\Z)")
DASH = re.compile(r"-(?=[ \t\r\n]|\Z)")
AFTER_DASH = re.compile(r"-[ ]+(?=[^\s#])")
BARE_DASH = re.compile(r"-[ \t]*(?:(?<=[ \t])#[^\n]*)?\r?(?:\n|\Z)")
# The first line, from here on, that holds more than blanks or a comment.
CONTENT = re.compile(r"(?m)^( *)(?=[^ \r\n#])")
EXPLICIT_KEY = re.compile(r"(?m)^ *(?:- +)*\?(?=\s)")
MARKER = re.compile(r"(?m)^(?:---|\.\.\.)(?=[ \t\r\n]|\Z)")
AFTER_END = re.compile(r"(?m)^\.\.\.[ \t]+([^#\s][^\r\n]*)")
DIRECTIVE = re.compile(r"(?m)^%")
LINE = re.compile(r"[^\n]*(?:\n|\Z)")


class Shape(NamedTuple):
    """How a content line begins: `-`, `key:`, or anything else."""

    dash: bool
    key: bool

    @property
    def starts_entry(self) -> bool:
        """Whether the line can begin an item or a pair."""
        return self.dash or self.key


def shape_at(text: str, offset: int) -> Shape:
    """Return the shape of the line whose first character that is no blank stands at the offset."""
    return Shape(DASH.match(text, offset) is not None, KEY_LINE.match(text, offset) is not None)


@cache
def content_up_to(indent: int) -> re.Pattern[str]:
    """Return the pattern of content lines that are indented with no more blanks than `indent`."""
    return re.compile(rf"(?m)^( {{0,{indent}}})(?=[^ \r\n#])")


@cache
def starts_at(indent: int) -> re.Pattern[str]:
    """Return the pattern of lines whose content begins at the column `indent`; a match begins at the line end before.

    A pattern that begins with characters that must be there is many times faster than one that begins with `^`.
    """
    return re.compile("\n" + " " * indent + r"(?=[^ \t\r\n#])")


@cache
def pair_starts_at(indent: int) -> re.Pattern[str]:
    """Return the same for lines that begin a pair; a `- ` there goes on with the one before."""
    return re.compile("\n" + " " * indent + r"(?=[^ \t\r\n#-]|-[^\s])")


def markers(text: str, start: int) -> list[re.Match[str]]:
    """Return the `---` and `...` that stand between documents, from an offset on."""
    if not any(mark in text for mark in ("\n---", "\n...")) and not text.startswith(("---", "..."), start):
        return []
    return list(MARKER.finditer(text, start))


def after_marker(text: str, content: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the first content line, by its start and its content's, that is neither a directive nor a marker."""
    usable = [line for line in content if text[line[1]] != "%" and not text.startswith("---", line[1])]
    return (usable or content)[0]


def directive(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the first line of a range that begins with `%`."""
    return DIRECTIVE.search(text, start, end) if text.find("%", start, end) >= 0 else None


def has_explicit_key(text: str, start: int, end: int) -> bool:
    """Tell whether a `? key` occurs in a range."""
    return text.find("?", start, end) >= 0 and EXPLICIT_KEY.search(text, start, end) is not None


def first_content(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return line start and content start of the first content line in a range that begins at a line start."""
    match = CONTENT.search(text, start, end)
    return None if match is None or match.end() >= end else (match.start(), match.end())


def content_lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return line start and content start of each content line in a range."""
    return list(each_content_line(text, start, end))


def each_content_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the same, for those who seldom want all of them."""
    return ((match.start(), match.end()) for match in CONTENT.finditer(text, start, end) if match.end() < end)


def line_end(text: str, offset: int) -> int:
    """Return the end of the line around an offset, its line end excluded."""
    end = text.find("\n", offset)
    if end < 0:
        return len(text)
    return end - 1 if end > offset and text[end - 1] == "\r" else end


def next_line(text: str, offset: int) -> int:
    """Return the start of the line after the one around an offset."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1


def line_start(text: str, offset: int) -> int:
    """Return the start of the line around an offset."""
    return text.rfind("\n", 0, offset) + 1


def content_start(text: str, start: int, end: int) -> int:
    """Return the first character from `start` on that is no blank, or `end`."""
    while start < end and text[start] == " ":
        start += 1
    return start


def may_be_cut(text: str) -> bool:
    """Tell whether the text's lines are those that YAML 1.1 and ruamel.yaml see."""
    return text.isascii() or not ("\x85" in text or "\u2028" in text or "\u2029" in text)
