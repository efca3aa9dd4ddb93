from hypothesis import given
from hypothesis import strategies as st

from scone_ls.text import Span
from tests.dsl.fixture import Label, parse, parse_one, render

YAML_LIKE = st.text(alphabet="ab: -é😀\n", max_size=60).filter(lambda text: not text.startswith("\n"))


def test_a_fixture_without_marks_is_its_text():
    file = parse_one("kind: mesh\n")

    assert (file.path, file.text, file.cursors, file.labels) == ("/mesh.yaml", "kind: mesh\n", (), ())


def test_a_fixture_that_begins_with_a_line_end_is_dedented():
    assert parse_one("\n    kind: mesh\n      a: b\n    ").text == "kind: mesh\n  a: b\n"


def test_a_fixture_on_one_line_keeps_its_indentation():
    assert parse_one("  - service: <|>").text == "  - service: "


def test_a_cursor():
    file = parse_one("ki<|>nd: mesh")

    assert (file.text, file.cursor) == ("kind: mesh", 2)


def test_two_cursors_are_a_selection():
    assert parse_one("<|>kind<|>: mesh").selection == Span(0, 4)


def test_a_label_under_its_columns():
    file = parse_one("""
        kind: mesh
        #     ^^^^ a word
    """)

    assert file.labels == (Label(Span(6, 10), "a word"),)
    assert file.text == "kind: mesh\n"


def test_an_attached_label_starts_at_its_hash():
    assert parse_one("kind: mesh\n#^^^ key\n").labels == (Label(Span(0, 4), "key"),)


def test_an_indented_attached_label():
    assert parse_one("a:\n  kind: b\n  #^^^ key").labels == (Label(Span(5, 9), "key"),)


def test_a_label_counts_columns_without_cursors():
    assert parse_one("ki<|>nd: mesh\n#^^^").labels == (Label(Span(0, 4), ""),)


def test_two_labels_of_one_line():
    assert [label.text for label in parse_one("kind: mesh\n#^^^ key\n#     ^^^^ value\n").labels] == ["key", "value"]


def test_a_label_that_ends_on_a_later_line():
    assert parse_one("abc: def\n#^^ (+1:2) both\nghi: j\n").labels == (Label(Span(0, 11), "both"),)


def test_a_label_inside_a_block_scalar_is_taken_out():
    file = parse_one("a: |\n  text\n  #^^^ here\n  more\n")

    assert file.text == "a: |\n  text\n  more\n"


def test_files():
    files = parse("""
        kind: mesh
        #- /service.yaml
        kind: genservice
        #- /empty.yaml
    """)

    assert [(file.path, file.text) for file in files] == [
        ("/mesh.yaml", "kind: mesh\n"),
        ("/service.yaml", "kind: genservice\n"),
        ("/empty.yaml", ""),
    ]


def test_a_first_file_may_be_named():
    assert [file.path for file in parse("#- /service.yaml\nkind: genservice")] == ["/service.yaml"]


def test_render_puts_a_label_below_its_line():
    assert render("kind: mesh\na: b\n", [Label(Span(6, 10), "word")]) == "kind: mesh\n#     ^^^^ word\na: b\n"


def test_render_of_an_empty_span_and_of_columns_zero_and_one():
    labels = [Label(Span(0, 0), ""), Label(Span(0, 1), "x"), Label(Span(1, 2), "y"), Label(Span(5, 5), "z")]

    assert parse_one(render("a: bcd", labels)).labels == tuple(labels)


@given(st.data())
def test_parse_reads_what_render_writes(data: st.DataObject):
    text = data.draw(YAML_LIKE)
    offsets = st.integers(0, len(text))
    spans = st.tuples(offsets, offsets).map(lambda pair: Span(min(pair), max(pair)))
    labels = sorted(
        data.draw(st.lists(st.builds(Label, spans, st.sampled_from(["", "word", "two words"])), max_size=4))
    )
    cursors = sorted(data.draw(st.lists(offsets, max_size=2)))

    file = parse_one(render(text, labels, cursors))

    assert (file.text, list(file.labels), list(file.cursors)) == (text, labels, cursors)
