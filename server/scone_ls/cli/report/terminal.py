"""What a terminal can show: colours, how wide a character is, and text that can't give it orders."""

import os
import unicodedata
from collections.abc import Mapping
from enum import Enum
from typing import TextIO

_TAB = 4
_UNPRINTABLE = "\ufffd"


class Paint(Enum):
    """The colours in use; the value is the code between `ESC [` and `m`."""

    ERROR = "1;31"
    WARNING = "1;33"
    NOTE = "1;34"
    GOOD = "32"
    STRONG = "1"
    FAINT = "2"


def painted(text: str, paint: Paint, *, colour: bool) -> str:
    """Return the text in a colour."""
    return f"\x1b[{paint.value}m{text}\x1b[0m" if colour and text else text


def colour_wanted(choice: str, stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Tell whether to use colours: what the option says, else NO_COLOR and FORCE_COLOR, else on a terminal only."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return environment["FORCE_COLOR"] != "0"
    return stream.isatty() and environment.get("TERM") != "dumb"


def width(stream: TextIO) -> int:
    """Return how many columns a line may have; a fixed number where the stream is no terminal."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return 120
    return columns if columns > 0 else 120


def harmless(text: str) -> str:
    """Return the text with everything replaced that a terminal does not print, such as escape sequences."""
    return text if text.isprintable() else "".join(map(_harmless, text))


def cells(line: str) -> list[tuple[str, int]]:
    """Return what to print for each character of a line, and how many columns that takes."""
    if line.isascii() and line.isprintable():
        return [(character, 1) for character in line]
    shown: list[tuple[str, int]] = []
    column = 0
    for character in line:
        if character == "\t":
            columns = _TAB - column % _TAB
            shown.append((" " * columns, columns))
        else:
            shown.append((_harmless(character), _columns(character)))
        column += shown[-1][1]
    return shown


def _harmless(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else _UNPRINTABLE


def _columns(character: str) -> int:
    if not character.isprintable():
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
