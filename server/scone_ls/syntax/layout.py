r"""Text for insertion that looks like the rest of the document: indentation, list style, line ends, quotes.

Everything here makes plain text or edits; what is to be inserted, and whether it makes sense, is the caller's business.
A *block* is text without a line end at its end, written as if it stood at column 0; its lines end with `\n`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from scone_ls.edit import Edit
from scone_ls.syntax import tree
from scone_ls.syntax.lines import line_end, line_start
from scone_ls.text import Span

_SPECIAL = r"[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"  # to be escaped
_SAMPLE = 20_000  # code points from which the layout is read,
_ENOUGH = 24  # and keys with lines below them
_STEP = re.compile(
    r"(?m)^( *)(?:- +)*[\w\"'$.-]+:[ \t]*(?:#[^\n]*)?\r?\n(?=(?:[ \t]*(?:#[^\n]*)?\r?\n)*( *)(- )?[^\s#])"
)
_NEEDS_QUOTES = re.compile(
    r"\A\Z|\A(?:[\s,\[\]{}#&*!|>'\"%@`]|[-?:](?=\s|\Z)|(?:---|\.\.\.)(?=\s|\Z))"
    rf"|:(?=\s|\Z)|\s#|\s\Z|{_SPECIAL}"
)
_FLOW_NEEDS_QUOTES = re.compile(r"\A\?|[,\[\]{}]|:(?=[,\[\]{}])")
_OTHER_TYPE = re.compile(
    r"[-+]?(?:0|[1-9][0-9_]*|0o?[0-7_]+|0x[0-9A-Fa-f_]+|0b[01_]+)"
    r"|[-+]?(?:\.[0-9_]+|[0-9][0-9_]*\.[0-9_]*)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\s].*)?"
    r"|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|<<|="
)
_ESCAPED = re.compile(rf'[\\"]|{_SPECIAL}')


@dataclass(frozen=True, slots=True)
class Layout:
    r"""How a document is written.

    `unit` is the number of blanks by which a mapping is indented, `dash` the number by which the dashes of a list are
    indented below its key (0 in the compact style), `line_end` one of `\n`, `\r\n`, `\r`.
    """

    unit: int
    dash: int
    line_end: str


def layout_of(string: str) -> Layout:
    """Return the layout that prevails at the beginning of a text; two blanks where nothing shows it."""
    return _layout_of(string[:_SAMPLE])


@lru_cache(maxsize=16)
def _layout_of(string: str) -> Layout:
    units: list[int] = []
    dashes: list[int] = []
    for match in islice(_STEP.finditer(string), _ENOUGH):
        keys = len(match[0].partition(":")[0]) - len(match[0].partition(":")[0].lstrip(" -"))
        step = len(match[2]) - keys
        if match[3] and step >= 0:
            dashes.append(step)
        elif not match[3] and step > 0:
            units.append(step)
    positive = [step for step in dashes if step]
    unit = _most(units) or _most(positive) or 2
    first = re.search(r"\r\n|\n|\r", string)
    return Layout(unit, _most(dashes) if dashes else unit, first[0] if first else "\n")


def reads_as_other(text: str) -> bool:
    """Tell whether YAML reads a plain scalar with this text as something else than a string."""
    return _OTHER_TYPE.fullmatch(text) is not None


def quoted(text: str, *, flow: bool = False, string: bool = True) -> str:
    """Return a scalar in one line that YAML reads as the text, in quotes only where it needs them.

    `flow` says that it will stand in a flow collection, `string` that it must not be read as a number or the like.
    """
    plain = not _NEEDS_QUOTES.search(text) and not (flow and _FLOW_NEEDS_QUOTES.search(text))
    if plain and not (string and reads_as_other(text)):
        return text
    return in_quotes(text, '"')


def in_quotes(text: str, quote: str) -> str:
    """Return the text in quotes; single ones give way to double ones where they can't hold it."""
    return f"{quote}{escaped(text, quote)}{quote}" if _can_hold(text, quote) else f'"{escaped(text, chr(34))}"'


def escaped(text: str, quote: str) -> str:
    """Return the text as it has to be written between these quotes."""
    if quote == "'":
        return text.replace("'", "''")
    return _ESCAPED.sub(_escape, text)


def indented(block: str, column: int, layout: Layout) -> str:
    """Return the block with the indentation of its second and further lines for a first line at the column."""
    first, *others = block.split("\n")
    return layout.line_end.join((first, *(" " * column + line if line else line for line in others)))


def reindented(string: str, span: Span, distance: int) -> Edit:
    """Return an edit that moves all lines which begin in the span by so many blanks, never beyond column 0."""
    start = line_start(string, span.start)
    lines = string[start : span.end].split("\n")
    moved = [_moved(line, distance) if line.strip() else line for line in lines]
    return Edit(Span(start, span.end), "\n".join(moved))


def insert_pair(string: str, mapping: tree.Mapping, block: str, after: tree.Pair | None = None) -> Edit:
    """Return an edit that adds a pair to a mapping: behind one of its pairs, or at its end.

    In a flow mapping the block has to be one line.
    """
    pairs = mapping.pairs
    if mapping.flow:
        return _insert_in_flow(mapping.span, (after or pairs[-1]).span.end if pairs else None, block)
    column = _column(string, pairs[0].span.start)
    last = after or pairs[-1]
    return _insert_below(string, last.span, block, column)


def insert_item(string: str, sequence: tree.Sequence, block: str) -> Edit:
    """Return an edit that adds an item (without its dash) to the end of a sequence."""
    items = sequence.items
    if sequence.flow:
        return _insert_in_flow(sequence.span, items[-1].span.end if items else None, block)
    column = _column(string, items[0].span.start)
    return _insert_below(string, items[-1].span, "- " + block.replace("\n", "\n  "), column)


def insert_value(string: str, pair: tree.Pair, block: str, *, item: bool = False) -> Edit:
    """Return an edit that gives a pair without a value one below its key: a mapping's block, or a list's first item."""
    layout = layout_of(string)
    column = _column(string, pair.span.start)
    column += layout.dash if item else layout.unit
    block = "- " + block.replace("\n", "\n  ") if item else block
    return _insert_below(string, pair.span, block, column)


def _most(steps: list[int]) -> int:
    return max(steps, key=steps.count) if steps else 0


def _can_hold(text: str, quote: str) -> bool:
    return quote == '"' or not re.search(_SPECIAL, text)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in '\\"':
        return "\\" + character
    named = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return named.get(character) or f"\\u{ord(character):04x}"


def _moved(line: str, distance: int) -> str:
    if distance >= 0:
        return " " * distance + line
    blanks = len(line) - len(line.lstrip(" "))
    return line[min(blanks, -distance) :]


def _column(string: str, offset: int) -> int:
    return offset - line_start(string, offset)


def _insert_below(string: str, span: Span, block: str, column: int) -> Edit:
    """Insert a block below the last line of a span; a block scalar's span may end with its line end."""
    end = span.end
    while end > span.start and string[end - 1] in "\r\n":
        end -= 1
    place = line_end(string, end)
    layout = layout_of(string)
    return Edit(Span(place, place), layout.line_end + " " * column + indented(block, column, layout))


def _insert_in_flow(span: Span, behind: int | None, block: str) -> Edit:
    if behind is not None:
        return Edit(Span(behind, behind), f", {block}")
    return Edit(Span(span.start + 1, max(span.start + 1, span.end - 1)), block)
