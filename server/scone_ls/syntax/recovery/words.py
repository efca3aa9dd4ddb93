"""The words and small edits that several explanations share."""

import re

from scone_ls.syntax import green, lines


def content_end(text: str, offset: int) -> int:
    """Return the end of what stands on the line, before a comment and the blanks in front of it."""
    end = lines.line_end(text, offset)
    comment = re.compile(r"[ \t]+#").search(text, offset, end)
    if comment:
        return comment.start()
    return offset + len(text[offset:end].rstrip())


def key_scalar(text: str, start: int, end: int) -> green.Scalar:
    """Return the scalar of a key between two offsets."""
    raw = text[start:end]
    quoted = raw[:1] in "\"'" and len(raw) > 1
    value = raw[1:-1] if quoted else raw
    return green.Scalar(start, end, value, raw[0] if quoted else "", "tag:yaml.org,2002:str")


def quoted(text: str, start: int, end: int) -> tuple[tuple[int, int, str], ...]:
    """Return the edits that put a value in quotes."""
    raw = text[start:end]
    if '"' in raw or "\\" in raw:
        return ((start, end, "'" + raw.replace("'", "''") + "'"),)
    return ((start, start, '"'), (end, end, '"'))


def clipped(text: str) -> str:
    """Return a text short enough to be part of a message."""
    return text if len(text) <= 40 else text[:37] + "…"


def in_words(message: str) -> str:
    """Return ruamel.yaml's words for a problem without its brackets."""
    message = message.replace("<block end>", "the end of this part").replace("<stream end>", "the end of the text")
    message = re.sub(r"'?<(\w+(?: \w+)*)>'?", r"\1", message)
    return f"not valid YAML: {message}"


def blanks(count: int) -> str:
    """Return a number of blanks in words."""
    return "1 blank" if count == 1 else f"{count} blanks"
