"""Lines, columns and offsets of a text, compared with a slow and plain reading of the protocol."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scone_ls.text import Encoding, Position, Span, Text

# What shifts columns (one to four bytes, one or two units), and what other programs take for a line end.
CHARACTERS = "ab \n\r\té€😀\u2028\u2029\x85\x0b\x0c\x1c\ufeff\ud83d\x00"
strings = st.text(alphabet=CHARACTERS, max_size=40)
encodings = st.sampled_from(Encoding)


def slow_lines(string: str) -> list[str]:
    """Return the lines with their ends, as the protocol counts them."""
    lines = [""]
    for index, character in enumerate(string):
        lines[-1] += character
        if character == "\n" or (character == "\r" and string[index + 1 : index + 2] != "\n"):
            lines.append("")
    return lines


def slow_units(string: str, encoding: Encoding) -> int:
    match encoding:
        case Encoding.UTF8:
            return len(string.encode("utf-8", "surrogatepass"))
        case Encoding.UTF16:
            return sum(2 if ord(character) > 0xFFFF else 1 for character in string)
        case Encoding.UTF32:
            return len(string)


def slow_offset(string: str, position: Position, encoding: Encoding) -> int:
    lines = slow_lines(string)
    if position.line >= len(lines):
        return len(string)
    content = lines[position.line].rstrip("\r\n")
    inside = [count for count in range(len(content) + 1) if slow_units(content[:count], encoding) <= position.column]
    return len("".join(lines[: position.line])) + max(inside, default=0)


def slow_position(string: str, offset: int, encoding: Encoding) -> Position:
    lines = slow_lines(string)
    ends = [len("".join(lines[: number + 1])) for number in range(len(lines))]
    number = next((number for number, end in enumerate(ends) if offset < end), len(lines) - 1)
    return Position(number, slow_units(string[ends[number] - len(lines[number]) : offset], encoding))


def state(text: Text) -> object:
    return text.string, [text.line_span(line) for line in range(text.line_count)]


@given(strings)
def test_lines_end_where_the_protocol_says(string: str):
    text = Text.of(string)

    assert [string[slice(*text.line_span(line))] for line in range(text.line_count)] == [
        line.rstrip("\r\n") for line in slow_lines(string)
    ]


@given(strings, st.integers(0, 12), st.integers(0, 60), encodings)
def test_positions_become_the_offsets_of_the_plain_reading(string: str, line: int, column: int, encoding: Encoding):
    position = Position(line, column)

    assert Text.of(string).offset(position, encoding) == slow_offset(string, position, encoding)


@given(strings, st.data(), encodings)
def test_offsets_become_the_positions_of_the_plain_reading(string: str, data: st.DataObject, encoding: Encoding):
    offset = data.draw(st.integers(0, len(string)))

    assert Text.of(string).position(offset, encoding) == slow_position(string, offset, encoding)


@given(strings, st.data(), encodings)
def test_an_offset_comes_back(string: str, data: st.DataObject, encoding: Encoding):
    offset = data.draw(st.integers(0, len(string)))
    text = Text.of(string)
    back = text.offset(text.position(offset, encoding), encoding)
    in_line_end = string[offset - 1 : offset + 1] == "\r\n"

    assert back == (offset - 1 if in_line_end else offset)


@given(strings, st.lists(st.tuples(st.integers(-2, 50), st.integers(-2, 50), strings), max_size=6))
def test_a_changed_text_equals_a_fresh_one(string: str, changes: list[tuple[int, int, str]]):
    text = Text.of(string)
    for start, end, new in changes:
        text = text.replaced(Span(start, end), new)
        begin = min(max(0, start), len(string))
        string = string[:begin] + new + string[min(max(begin, end), len(string)) :]

        assert state(text) == state(Text.of(string))
        assert [text.line_at(offset) for offset in range(len(string) + 1)] == [
            Text.of(string).line_at(offset) for offset in range(len(string) + 1)
        ]


def test_the_version_before_a_change_stays_as_it_is():
    before = Text.of("a\nb\nc")
    shown = state(before)
    before.replaced(Span(1, 3), "\n\n\n").replaced(Span(0, 0), "x\n")

    assert state(before) == shown


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e"])
def test_what_other_programs_take_for_a_line_end_is_none(character: str):
    assert Text.of(f"a{character}b").line_count == 1


@pytest.mark.parametrize(
    ("encoding", "column"), [(Encoding.UTF8, 7), (Encoding.UTF16, 4), (Encoding.UTF32, 3)], ids=str
)
def test_a_column_counts_units_of_the_encoding(encoding: Encoding, column: int):
    assert Text.of("aé😀b").position(3, encoding) == Position(0, column)


@pytest.mark.parametrize(("encoding", "column"), [(Encoding.UTF8, 3), (Encoding.UTF16, 1)])
def test_a_column_inside_of_a_character_is_its_start(encoding: Encoding, column: int):
    assert Text.of("😀b").offset(Position(0, column), encoding) == 0


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize(
    ("line", "column", "offset"), [(0, 99, 2), (1, 99, 6), (2, 0, 7), (9, 9, 7), (-1, 0, 0), (0, -5, 0)]
)
def test_what_lies_outside_counts_as_the_nearest_place(line: int, column: int, offset: int, encoding: Encoding):
    assert Text.of("ab\r\ncd\n").offset(Position(line, column), encoding) == offset


@given(st.tuples(st.integers(0, 9), st.integers(0, 9)), st.tuples(st.integers(0, 9), st.integers(0, 9)))
def test_spans_overlap_when_they_share_a_character_or_an_empty_one_touches(
    one: tuple[int, int], other: tuple[int, int]
):
    first, second = Span(*sorted(one)), Span(*sorted(other))
    shared = set(range(*first)) & set(range(*second))
    touching = first.start <= second.end and second.start <= first.end

    assert first.overlaps(second) == (
        bool(shared) or (touching and (first.start == first.end or second.start == second.end))
    )
