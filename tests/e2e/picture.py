"""A picture of a terminal: reads what `tmux capture-pane -e -p -N` prints, writes SVG.

It knows what a screen holds after tmux has drawn it: text, colours and styles, no movements of the cursor.
usage: picture.py TITLE <SCREEN >PICTURE
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import Any

WIDTH, HEIGHT = 8, 17  # Pixels of a character.
MARGIN = 10  # Pixels around the screen.
BACKGROUND, FOREGROUND = "#1c1c1c", "#d4d7e0"
DARK = ("#1e1e2e", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#c8ccd4")
BRIGHT = ("#6b7280", "#ff8b92", "#b5e08c", "#ffd68a", "#8cc8ff", "#dd9bf0", "#7fd6e0", "#ffffff")
LEVELS = (0, 95, 135, 175, 215, 255)
SWITCHES: dict[int, dict[str, Any]] = {
    1: {"bold": True},
    2: {"dim": True},
    3: {"italic": True},
    7: {"reverse": True},
    22: {"bold": False, "dim": False},
    23: {"italic": False},
    24: {"underlined": False, "wavy": False},
    27: {"reverse": False},
    39: {"text": None},
    49: {"behind": None},
    59: {"line": None},
}
PALETTES = {3: ("text", DARK), 4: ("behind", DARK), 9: ("text", BRIGHT), 10: ("behind", BRIGHT)}


@dataclass(frozen=True, slots=True)
class Look:
    """How characters look; a colour of `None` is the terminal's own."""

    text: str | None = None
    behind: str | None = None
    line: str | None = None
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underlined: bool = False
    wavy: bool = False
    reverse: bool = False


def picture(screen: str, title: str) -> str:
    """Draw a screen."""
    lines = screen.rstrip("\n").split("\n")
    runs = list(_runs(lines))
    columns = max(sum(len(text) for text, _ in line) for line in runs)
    width, height = columns * WIDTH + 2 * MARGIN, len(lines) * HEIGHT + 2 * MARGIN
    drawn = "\n".join(shape for row, line in enumerate(runs) for shape in _line(row, line))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="13">\n<title>{escape(title)}</title>\n'
        f'<rect width="{width}" height="{height}" rx="6" fill="{BACKGROUND}"/>\n{drawn}\n</svg>\n'
    )


def _runs(lines: list[str]) -> Iterator[list[tuple[str, Look]]]:
    """Yield the pieces of each line that look the same; how a line ends is how the next one begins."""
    look = Look()
    for line in lines:
        pieces: list[tuple[str, Look]] = []
        for piece in re.split(r"(\x1b\[[0-9;:]*m|\x0e|\x0f)", line):
            if piece.startswith("\x1b"):
                look = _changed(look, piece[2:-1])
            elif piece and piece not in "\x0e\x0f":
                pieces.append((piece, look))
        yield pieces


def _changed(look: Look, sequence: str) -> Look:
    """Apply a sequence of "select graphic rendition" (ECMA-48 8.3.117, with the colours of xterm)."""
    codes = iter(sequence.split(";"))
    for code in codes:
        head, *details = code.split(":")
        number = int(head or 0)
        if number in (38, 48, 58):
            colour = _colour(details or _taken(codes))
            look = replace(look, **{{38: "text", 48: "behind", 58: "line"}[number]: colour})
        elif number == 4:
            style = details[0] if details else "1"
            look = replace(look, underlined=style in "12", wavy=style in "345")
        else:
            look = _plainly_changed(look, number)
    return look


def _taken(codes: Iterator[str]) -> list[str]:
    """Take the details of a colour that follow as codes of their own."""
    manner = next(codes)
    return [manner, *(next(codes) for _ in range(3 if manner == "2" else 1))]


def _colour(details: list[str]) -> str:
    numbers = [int(each) for each in details if each]
    if numbers[0] == 2:
        red, green, blue = numbers[-3:]
        return f"#{red:02x}{green:02x}{blue:02x}"
    return _indexed(numbers[1])


def _indexed(index: int) -> str:
    if index < 16:
        return (*DARK, *BRIGHT)[index]
    if index < 232:
        red, green, blue = (LEVELS[(index - 16) // step % 6] for step in (36, 6, 1))
        return f"#{red:02x}{green:02x}{blue:02x}"
    grey = 8 + (index - 232) * 10
    return f"#{grey:02x}{grey:02x}{grey:02x}"


def _plainly_changed(look: Look, number: int) -> Look:
    if number == 0:
        return Look()
    if number in SWITCHES:
        return replace(look, **SWITCHES[number])
    tens, colour = divmod(number, 10)
    if tens in PALETTES and colour < 8:
        where, palette = PALETTES[tens]
        return replace(look, **{where: palette[colour]})
    return look


def _line(row: int, runs: list[tuple[str, Look]]) -> Iterator[str]:
    """Yield the shapes of a line: what is behind the text, the text, what is under it."""
    column = 0
    top = MARGIN + row * HEIGHT
    for text, look in runs:
        left, width = MARGIN + column * WIDTH, len(text) * WIDTH
        column += len(text)
        front, behind = look.text or FOREGROUND, look.behind
        if look.reverse:
            front, behind = behind or BACKGROUND, front
        if behind:
            yield f'<rect x="{left}" y="{top}" width="{width}" height="{HEIGHT}" fill="{behind}"/>'
        if text.strip():
            yield _text(text, left, top, f'fill="{front}"{_style(look)}')
        if look.underlined:
            yield f'<path d="M{left} {top + 15}h{width}" stroke="{look.line or front}"/>'
        if look.wavy:
            wave = "".join("q2 -3 4 0t4 0" for _ in text)
            yield f'<path d="M{left} {top + 15}{wave}" fill="none" stroke="{look.line or front}"/>'


def _text(text: str, left: int, top: int, attributes: str) -> str:
    """Draw a run at its columns, whatever font there is."""
    indented = text.lstrip(" ")
    left += (len(text) - len(indented)) * WIDTH
    shown = indented.rstrip(" ")
    return (
        f'<text x="{left}" y="{top + 13}" textLength="{len(shown) * WIDTH}" xml:space="preserve" {attributes}>'
        f"{escape(shown)}</text>"
    )


def _style(look: Look) -> str:
    style = ' font-weight="bold"' if look.bold else ""
    style += ' font-style="italic"' if look.italic else ""
    return style + (' opacity="0.65"' if look.dim else "")


if __name__ == "__main__":
    sys.stdout.write(picture(sys.stdin.read(), sys.argv[1]))
