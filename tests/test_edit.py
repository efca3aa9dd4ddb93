"""Edits are applied at once, in any order; overlapping ones are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scone_ls.edit import Edit, apply, difference
from scone_ls.text import Span


def test_spans_speak_of_the_text_as_it_was():
    edits = [Edit(Span(4, 5), "FIVE"), Edit(Span(0, 1), ""), Edit(Span(2, 2), "-")]

    assert apply("abcdef", edits) == "b-cdFIVEf"


def test_without_edits_the_text_stays():
    assert apply("abc", []) == "abc"


def test_edits_that_touch_do_not_overlap():
    assert apply("abcd", [Edit(Span(0, 2), "x"), Edit(Span(2, 4), "y")]) == "xy"


def test_insertions_at_one_place_keep_their_order():
    assert apply("ab", [Edit(Span(1, 1), "1"), Edit(Span(1, 1), "2")]) == "a12b"


def test_edits_that_overlap_are_refused():
    with pytest.raises(ValueError, match="edits overlap at offset 1"):
        apply("abc", [Edit(Span(0, 2), "x"), Edit(Span(1, 3), "y")])


@given(st.text(max_size=30), st.data())
def test_one_edit_replaces_its_span(string: str, data: st.DataObject):
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(string)), st.integers(0, len(string)))))
    new = data.draw(st.text(max_size=5))

    assert apply(string, [Edit(Span(start, end), new)]) == string[:start] + new + string[end:]


@given(st.text("ab", max_size=8), st.text("ab", max_size=8))
def test_the_difference_of_two_texts_makes_one_of_the_other(old: str, new: str):
    edit = difference(old, new)

    assert new == apply(old, [edit])
    assert (edit == Edit(Span(edit.span.start, edit.span.start), "")) == (old == new)
