"""Where the punctuation stands that no reader of YAML gives a place: dashes, colons, anchors.

All offsets are code points of the source that is passed.
"""

import re

from scone_ls.syntax import green

_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*(?:[ \t]*(?:#[^\n]*)?[\r\n]+[ \t]*|[ \t]+|(?=[\[{,\]}\"'|>])|$))+")
_ANCHOR = re.compile(r"&([^\s,\[\]{}]+)")
_DASH = re.compile(r"(?m)(?:^[ \t]*|(?<=- )[ \t]*)-(?=\s|$)")


def dash_before(source: str, before: int, start: int) -> int:
    """Return the offset of the dash between the end of what is before an item, `start`, and the item."""
    match = _DASH.search(source, max(0, start), max(before, start))
    return match.end() - 1 if match else max(0, source.rfind("-", 0, before))


def colon_between(source: str, start: int, end: int) -> int:
    """Return the offset of the colon between a key and its value, or -1."""
    while True:
        offset = source.find(":", start, max(end, start + 1))
        if offset < 0:
            return -1
        comment = source.rfind("#", start, offset)
        if comment < 0 or "\n" in source[comment:offset]:
            return offset
        start = source.find("\n", offset)
        if start < 0:
            return -1


def properties(source: str, start: int, pad: int) -> tuple[green.Anchor | None, int]:
    """Return the anchor that begins at (or follows a tag at) an offset, and where the node itself begins."""
    match = _PROPERTIES.match(source, start)
    if match is None:
        return None, start
    anchor = _ANCHOR.search(match.group())
    place = None
    if anchor:
        place = green.Anchor(start + anchor.start() - pad, start + anchor.end() - pad, anchor.group(1))
    return place, match.end()
