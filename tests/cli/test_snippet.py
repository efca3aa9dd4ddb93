"""The lines of the source with carets under the very characters."""

from hypothesis import given
from hypothesis import strategies as st

from scone_ls.cli.report.snippet import snippet
from scone_ls.cli.report.terminal import Paint, cells
from scone_ls.text import Span, Text


def shown(marked: str, width: int = 120) -> str:
    """Return the snippet for the part between `«` and `»`."""
    start, end = marked.index("«"), marked.index("»") - 1
    text = marked.replace("«", "").replace("»", "")
    return "\n".join(snippet(Text.of(text), Span(start, end), Paint.ERROR, width, colour=False))


def test_one_word():
    assert "   |\n 2 |   kind: pythn\n   |         ^^^^^" == shown("build:\n  kind: «pythn»\n")


def test_an_empty_span_has_one_caret():
    assert "   |\n 1 | a: b\n   |   ^" == shown("a:«» b")
    assert "   |\n 1 | a: b\n   |     ^" == shown("a: b«»")
    assert "   |\n 1 |\n   | ^" == shown("«»")


def test_line_numbers_are_aligned():
    text = "\n" * 8 + "«a:\n  b»: c"

    assert "    |\n  9 | a:\n    | ^^\n 10 |   b: c\n    |   ^" == shown(text)


def test_several_lines_are_marked_from_their_first_character():
    assert "   |\n 1 | a: b\n   |    ^\n 2 |     c\n   |     ^" == shown("a: «b\n    c» \n")


def test_many_lines_are_cut_in_the_middle():
    text = "«one\ntwo\nthree\nfour\nfive»"

    assert "   |\n 1 | one\n   | ^^^\n 2 | two\n   | ^^^\n .\n 5 | five\n   | ^^^^" == shown(text)


def test_a_span_that_ends_with_the_line_end_stays_on_its_line():
    assert "   |\n 1 | one\n   | ^^^" == shown("«one\n»two")


def test_wide_characters_take_two_columns():
    assert "   |\n 1 | 名: 店舗 x\n   |     ^^^^" == shown("名: «店舗» x")


def test_combining_characters_take_none():
    assert "   |\n 1 | a\u0301: b\n   |    ^" == shown("a\u0301: «b»")


def test_tabs_become_spaces():
    assert "   |\n 1 | a   b:  c\n   |         ^" == shown("a\tb:\t«c»")
    assert "   |\n 1 |     a\n   | ^^^^" == shown("«\t»a")


def test_what_a_terminal_would_obey_is_shown_instead():
    assert "   |\n 1 | a: ␛[2J\ufffd\ufffdb\n   |          ^" == shown("a: \x1b[2J\u202e\xa0«b»")


def test_line_ends_of_every_sort():
    assert "   |\n 2 | b\n   | ^" == shown("a\r\n«b»\r\nc")
    assert "   |\n 2 | b\ufffdc\n   |   ^" == shown("a\rb\u2028«c»\rd")


def test_a_long_line_is_cut_around_the_mark():
    line = f"key: {'x' * 100}«word»{'y' * 100}"

    assert "   |\n 1 | …xxxxxxxxxxxxwordyyyyyyyyyyyy…\n   |              ^^^^" == shown(line, 35)


def test_a_long_line_is_kept_from_its_beginning_where_the_mark_is_there():
    assert "   |\n 1 | key: wordyyyyyyyyyyyyyyyyyyyy…\n   |      ^^^^" == shown(f"key: «word»{'y' * 100}", 35)


def test_a_long_line_is_kept_to_its_end_where_the_mark_is_there():
    assert "   |\n 1 | …xxxxxxxxxxxxword\n   |              ^^^^" == shown(f"key: {'x' * 100}«word»", 35)


def test_a_mark_that_is_longer_than_the_line_may_be():
    assert "   |\n 1 | …xxxxxxwwwwwwwwwwwwwwwwwwwwww…\n   |        ^^^^^^^^^^^^^^^^^^^^^^" == shown(
        f"{'x' * 100}«{'w' * 100}»", 35
    )


@given(
    st.text(alphabet="ab \t名é\u0301\u200b\x1b😀", max_size=60),
    st.integers(0, 60),
    st.integers(0, 60),
    st.integers(20, 80),
)
def test_carets_stand_under_the_very_characters(line: str, start: int, length: int, width: int):
    span = Span(min(start, len(line)), min(start + length, len(line)))
    rows = snippet(Text.of(line), span, Paint.ERROR, width, colour=False)

    assert 3 == len(rows)
    _, source, marks = (row[5:] for row in rows)
    before = sum(columns for _, columns in cells(line[: span.start]))
    within = sum(columns for _, columns in cells(line[: span.end])) - before
    if "…" not in source:
        assert " " * before + "^" * max(1, within) == marks
    assert max(columns_of(row) for row in rows) <= max(width, 20 + 5)


def columns_of(row: str) -> int:
    return sum(columns for _, columns in cells(row))


def test_a_line_of_megabytes_is_cut():
    megabyte = "x" * 1_000_000

    assert 120 >= max(map(len, shown(f"{megabyte}«word»{megabyte}").splitlines()))
