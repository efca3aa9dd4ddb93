"""The language of test texts: YAML with marks in it, read by `parse` and written by `render`.

    <|>                  a cursor; two of them enclose a selection
    #- /mesh.yaml        starts a file; what stands before the first one is `/mesh.yaml`
    #     ^^^^ text      labels the columns under the carets in the nearest line above
    #^^^ text            the same, with the `#` as the first caret: keys at column 0
    #^ (+1:4) text       the label ends one line further down, before column 4

A fixture that begins with a line end (as a triple-quoted string does) is dedented. Marks are taken out before anything
is analysed, so they may stand where a comment could not (inside a block scalar, say); columns count code points of the
text without them. `render` is the inverse of `parse` and makes failures readable. Neither knows SCONE or YAML.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from textwrap import dedent
from typing import NamedTuple

from scone_ls.text import Span

CURSOR = "<|>"
DEFAULT_PATH = "/mesh.yaml"

_FILE_MARK = re.compile(r"#- (/\S+)\s*")
_LABEL_MARK = re.compile(
    r"(?P<indent>\s*)#(?P<gap> *)(?P<carets>\^+)(?: \(\+(?P<down>\d+):(?P<column>\d+)\))?(?: (?P<text>.*))?"
)


class Label(NamedTuple):
    """A span (code points) with the words that annotate it."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class FixtureFile:
    """One file of a fixture: its text without marks, and what the marks said (cursors are offsets)."""

    path: str
    text: str
    cursors: tuple[int, ...]
    labels: tuple[Label, ...]

    @property
    def uri(self) -> str:
        """The URI under which the file is opened."""
        return f"file://{self.path}"

    @property
    def cursor(self) -> int:
        """The offset of the only cursor."""
        (cursor,) = self.cursors
        return cursor

    @property
    def selection(self) -> Span:
        """The span between two cursors, or the empty one at the only cursor."""
        return Span(self.cursors[0], self.cursors[-1])


def parse(fixture: str) -> tuple[FixtureFile, ...]:
    """Read the files of a fixture."""
    if fixture.startswith("\n"):
        fixture = dedent(fixture[1:])
    return tuple(_file(path, lines) for path, lines in _sections(fixture.split("\n")))


def parse_one(fixture: str) -> FixtureFile:
    """Read a fixture that holds one file."""
    (file,) = parse(fixture)
    return file


def render(text: str, labels: Iterable[Label] = (), cursors: Iterable[int] = ()) -> str:
    """Write a text with its marks, so that `parse_one` reads them back, the labels in the order of their spans."""
    starts = _line_starts(text)
    lines = text.split("\n")
    below: dict[int, list[str]] = {}
    for label in sorted(labels):
        line = _line_at(starts, label.span.start)
        below.setdefault(line, []).append(_mark(starts, lines[line], label))
    for offset in sorted(cursors, reverse=True):
        line = _line_at(starts, offset)
        column = offset - starts[line]
        lines[line] = lines[line][:column] + CURSOR + lines[line][column:]
    return "\n".join(part for number, line in enumerate(lines) for part in (line, *below.get(number, ())))


def _sections(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    path, section = DEFAULT_PATH, list[str]()
    for number, line in enumerate(lines):
        if match := _FILE_MARK.fullmatch(line):
            if number:
                yield path, [*section, ""]
            path, section = match[1], []
        else:
            section.append(line)
    yield path, section


def _file(path: str, marked: list[str]) -> FixtureFile:
    lines, marks = _without_label_marks(marked)
    text, cursors = _without_cursors("\n".join(lines))
    starts = _line_starts(text)
    labels = tuple(_label(starts, line, match) for line, match in marks)
    return FixtureFile(path, text, cursors, labels)


def _without_label_marks(marked: list[str]) -> tuple[list[str], list[tuple[int, re.Match[str]]]]:
    lines: list[str] = []
    marks: list[tuple[int, re.Match[str]]] = []
    for line in marked:
        if match := _LABEL_MARK.fullmatch(line):
            marks.append((len(lines) - 1, match))
        else:
            lines.append(line)
    if marks and marks[0][0] < 0 and any(lines):
        raise ValueError(f"nothing above the label: {marks[0][1][0]}")
    return lines or [""], marks  # With nothing at all above it, a label speaks of an empty file.


def _without_cursors(marked: str) -> tuple[str, tuple[int, ...]]:
    pieces = marked.split(CURSOR)
    cursors: list[int] = []
    offset = 0
    for piece in pieces[:-1]:
        offset += len(piece)
        cursors.append(offset)
    return "".join(pieces), tuple(cursors)


def _label(starts: list[int], line: int, match: re.Match[str]) -> Label:
    first = match.start("carets") if match["gap"] else match.start("carets") - 1
    start, end = starts[line] + first, starts[line] + match.end("carets")
    if match["down"] is not None:
        end = starts[line + int(match["down"])] + int(match["column"])
    return Label(Span(start, end), match["text"] or "")


def _mark(starts: list[int], line_text: str, label: Label) -> str:
    """Write the line that labels a span; the carets stop at the end of the line, the brackets say the rest."""
    start, end = label.span
    line, last = _line_at(starts, start), _line_at(starts, end)
    column = start - starts[line]
    width = min(end - start, len(line_text) - column)
    if column < 2:  # There is no room for a `#` and a gap before the carets.
        covered = max(2, width)
        mark = " " * column + "#" + "^" * (covered - 1)
    else:
        covered = max(1, width)
        mark = "#" + " " * (column - 1) + "^" * covered
    if covered != end - start or last != line:
        mark += f" (+{last - line}:{end - starts[last]})"
    return f"{mark} {label.text}" if label.text else mark


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _line_at(starts: list[int], offset: int) -> int:
    return bisect_right(starts, offset) - 1
