"""Text that is inserted looks like the text around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scone_ls.edit import apply
from scone_ls.syntax import layout, tree
from scone_ls.syntax.file import parse
from scone_ls.text import Span
from tests.dsl.fixture import parse_one


def text_of(fixture: str) -> str:
    return parse_one(fixture).text


def root_of(text: str) -> tree.Mapping:
    (document,) = parse(text).documents
    assert isinstance(document.root, tree.Mapping)
    return document.root


@pytest.mark.parametrize(
    ("text", "unit", "dash"),
    [
        ("", 2, 2),
        ("a: 1\n", 2, 2),
        ("a:\n  b: 1\n", 2, 2),
        ("a:\n    b: 1\n", 4, 4),
        ("a:\n    b:\n    - c\n", 4, 0),
        ("a:\n- b: 1\n  c:\n  - d\n", 2, 0),
        ("a:\n- b: 1\n  c:\n      d: 1\n", 4, 0),
        ("a:\n  - b:\n      - c\n", 2, 2),
        ("a: # why\n\n   # because\n   b: 1\n", 3, 3),
    ],
)
def test_the_layout_of_a_text(text: str, unit: int, dash: int):
    assert layout.Layout(unit, dash, "\n") == layout.layout_of(text)


def test_the_line_end_of_a_text():
    assert "\r\n" == layout.layout_of("a:\r\n    b: 1\r\n").line_end
    assert 4 == layout.layout_of("a:\r\n    b: 1\r\n").unit


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain text", "plain text"),
        ("a-b", "a-b"),
        ("-a", "-a"),
        ("$$SCONE::a$$", "$$SCONE::a$$"),
        ("", '""'),
        ("1.0", '"1.0"'),
        ("true", '"true"'),
        ("~", '"~"'),
        ("*", '"*"'),
        ("# no comment", '"# no comment"'),
        ("a # b", '"a # b"'),
        ("a: b", '"a: b"'),
        ("a:", '"a:"'),
        ("- a", '"- a"'),
        ("{{x}}", '"{{x}}"'),
        (" a", '" a"'),
        ('say "so"', 'say "so"'),
        ('"so"', '"\\"so\\""'),
        ("two\nlines", '"two\\nlines"'),
    ],
)
def test_a_scalar_in_quotes_where_it_needs_them(text: str, written: str):
    assert written == layout.quoted(text)


def test_a_scalar_in_a_flow_collection():
    assert '"a,b"' == layout.quoted("a,b", flow=True)
    assert "a,b" == layout.quoted("a,b")


def test_a_number_stays_one_where_it_may():
    assert "20" == layout.quoted("20", string=False)


def test_text_between_given_quotes():
    assert "it''s" == layout.escaped("it's", "'")
    assert 'a \\"b\\"' == layout.escaped('a "b"', '"')


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), st.booleans())
def test_every_written_scalar_reads_as_its_text(text: str, flow: bool):  # noqa: FBT001  # Hypothesis passes it.
    written = layout.quoted(text, flow=flow)
    source = f"a: [{written}]\n" if flow else f"a: {written}\n"

    value = root_of(source).pairs[0].value
    if isinstance(value, tree.Sequence):
        (item,) = value.items
        value = item.value

    assert isinstance(value, tree.Scalar)
    assert (text, "tag:yaml.org,2002:str") == (value.value, value.tag)


def test_a_pair_behind_the_last_one():
    text = text_of("""
        a:
          b: 1 # one
        c: 2
    """)
    inner = root_of(text).value("a")
    assert isinstance(inner, tree.Mapping)

    edit = layout.insert_pair(text, inner, "copy:\n  - x")

    assert apply(text, [edit]) == text_of("""
        a:
          b: 1 # one
          copy:
            - x
        c: 2
    """)


def test_a_pair_behind_a_block_scalar():
    text = "a: |\n  text\n\nb: 1\n"
    root = root_of(text)

    assert "a: |\n  text\nc: 2\n\nb: 1\n" == apply(text, [layout.insert_pair(text, root, "c: 2", root.pairs[0])])


def test_a_pair_in_braces():
    for text, after in (("a: {b: 1}\n", "a: {b: 1, c: 2}\n"), ("a: {}\n", "a: {c: 2}\n"), ("a: { }\n", "a: {c: 2}\n")):
        inner = root_of(text).pairs[0].value
        assert isinstance(inner, tree.Mapping)
        assert after == apply(text, [layout.insert_pair(text, inner, "c: 2")])


def test_an_item_at_the_end_of_a_list():
    text = "a:\n- b: 1\n  c: 2\nd: 3"
    inner = root_of(text).pairs[0].value
    assert isinstance(inner, tree.Sequence)

    assert "a:\n- b: 1\n  c: 2\n- b: 5\n  c: 6\nd: 3" == apply(text, [layout.insert_item(text, inner, "b: 5\nc: 6")])


def test_a_value_for_a_key_without_one():
    text = "a:\nb:\n    c: 1\n"
    pair = root_of(text).pairs[0]

    assert "a:\n    x: 1\nb:\n    c: 1\n" == apply(text, [layout.insert_value(text, pair, "x: 1")])
    assert "a:\n    - x\nb:\n    c: 1\n" == apply(text, [layout.insert_value(text, pair, "x", item=True)])


def test_lines_moved_to_another_column():
    text = "a:\n    b: 1\n\n    c: 2\n"

    assert "a:\n  b: 1\n\n  c: 2\n" == apply(text, [layout.reindented(text, Span(7, len(text)), -2)])
    assert "a:\n      b: 1\n\n      c: 2\n" == apply(text, [layout.reindented(text, Span(7, len(text)), 2)])
