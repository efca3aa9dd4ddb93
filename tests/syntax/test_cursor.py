"""What can be typed at a place, in texts that are whole and in texts that are half-typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scone_ls.syntax.cursor import slot_at
from scone_ls.syntax.file import parse
from scone_ls.syntax.slots import ItemSlot, KeySlot, ValueSlot
from tests.dsl.fixture import parse_one


def described(fixture: str) -> str:
    """Say in a line what can be typed at the cursor of a fixture, and which text that replaces."""
    file = parse_one(fixture)
    slot = slot_at(parse(file.text), file.cursor)
    match slot:
        case None:
            return "nothing"
        case KeySlot():
            sort = "anything" if slot.is_open else "key"
            others = " ".join(sibling.name for sibling in slot.siblings)
            rest = f" beside {others}" if others else ""
            follows = " before a colon" if slot.colon else ""
        case ValueSlot():
            sort = f"value in {slot.quote}" if slot.quote else "value"
            rest, follows = "", "" if slot.closed else " (open)"
        case ItemSlot():
            sort, rest, follows = "item", "", ""
    path = "".join("[]" if isinstance(step, int) else f"/{step}" for step in slot.path) or "/"
    lead = f" after {len(slot.lead)} blanks" if slot.lead else ""
    return f"{sort} of {path} for `{file.text[slice(*slot.span)]}`{lead}{follows}{rest}"


@pytest.mark.parametrize(
    ("fixture", "expected"),
    [
        ("<|>", "key of / for ``"),
        ("ki<|>", "key of / for `ki`"),
        ("a: 1\n<|>", "key of / for `` beside a"),
        ("a: 1\nki<|>\nb: 2", "key of / for `ki` beside a b"),
        ("a: 1\n  # b\n<|>", "key of / for `` beside a"),
        ("a:\n  b: 1\n  <|>", "key of /a for `` beside b"),
        ("a:\n  b: 1\n<|>", "key of / for `` beside a"),
        ("a:\n  - b: 1\n    <|>", "key of /a[] for `` beside b"),
        ("a:\n- b: 1\n<|>", "key of / for `` beside a"),
        ("a:\n- b: 1\n  <|>", "key of /a[] for `` beside b"),
        ("a:\n  - c: 1\n    b<|>\n    d: 2", "key of /a[] for `b` beside c d"),
        ("---\na: 1\n---\nb: 2\n<|>", "key of / for `` beside b"),
    ],
)
def test_keys(fixture: str, expected: str):
    assert expected == described(fixture)


@pytest.mark.parametrize(
    ("fixture", "expected"),
    [
        ("a:\n  <|>: x\n  b: 1", "key of /a for `` before a colon beside b"),
        ("a:\n  <|>", "anything of /a for ``"),
        ("a:\n  k<|>ey: x", "key of /a for `key` before a colon"),
        ("a:\n  <|>:\n    - b: 1", "key of /a for `` before a colon"),
        ("a:\n  - <|>: x\n    b: 1", "key of /a[] for `` before a colon beside b"),
        ('a:\n  "k<|>": x', "key of /a for `k` before a colon"),
        ("a:\n  k<|>\n    - b: 1", "anything of /a for `k`"),
        ("a:\n  b: 'open\n  k<|>", "key of /a for `k` beside b"),
        ("a\n  - b: 1\n    k<|>", "key of /a[] for `k` beside b"),
        ("a:\n  b c\n  k<|>", "anything of /a for `k`"),
    ],
)
def test_keys_in_half_typed_lines(fixture: str, expected: str):
    assert expected == described(fixture)


@pytest.mark.parametrize(
    ("fixture", "expected"),
    [
        ("a:\n  b: 1\n<|>\n  c: 2", "key of /a for `` after 2 blanks beside b c"),
        ("a:\n  b: 1\n    <|>", "key of /a for `  ` beside b"),
        ("a:\n<|>\n  b: 1", "key of /a for `` after 2 blanks beside b"),
        ("a:\n  b:\n<|>\n    - c", "item of /a/b for `` after 4 blanks"),
        ("a:\n  - b: 1\n   <|>", "key of /a[] for `` after 1 blanks beside b"),
    ],
)
def test_a_blank_line_takes_the_indentation_of_its_neighbours(fixture: str, expected: str):
    assert expected == described(fixture)


@pytest.mark.parametrize(
    ("fixture", "expected"),
    [
        ("a:\n  - <|>", "anything of /a[] for ``"),
        ("a:\n  -<|>", "anything of /a[] for `` after 1 blanks"),
        ("a:\n  - b<|>", "anything of /a[] for `b`"),
        ("a:\n  - b: 1\n  <|>", "item of /a for ``"),
        ("a:\n  - b\n  c<|>\n", "item of /a for `c`"),
        ("a:\n  - <|>\n    b: 1", "key of /a[] for `` beside b"),
        ("- - <|>", "anything of [][] for ``"),
        ("-\n  - <|>", "anything of [][] for ``"),
    ],
)
def test_items(fixture: str, expected: str):
    assert expected == described(fixture)


@pytest.mark.parametrize(
    ("fixture", "expected"),
    [
        ("a: <|>", "value of /a for ``"),
        ("a:<|>", "value of /a for `` after 1 blanks"),
        ("a: b<|>c", "value of /a for `bc`"),
        ("a: &x b<|>", "value of /a for `b`"),
        ("a: b<|> # why", "value of /a for `b`"),
        ("a: b, <|>", "value of /a for `b, `"),
        ("a: 'b<|>'", "value in ' of /a for `b`"),
        ('a: "b<|>', 'value in " of /a for `b` (open)'),
        ("a:\n  - b: <|>", "value of /a[]/b for ``"),
        ("a:\n  - 'b<|>'", "value in ' of /a[] for `b`"),
    ],
)
def test_values(fixture: str, expected: str):
    assert expected == described(fixture)


@pytest.mark.parametrize(
    ("fixture", "expected"),
    [
        ("a: [<|>]", "value of /a[] for ``"),
        ("a: [b, <|>", "value of /a[] for ``"),
        ("a: [b,<|>]", "value of /a[] for `` after 1 blanks"),
        ("a: [b, c<|>\nd: 1", "value of /a[] for `c`"),
        ("a: [\n  b,\n  <|>\n]", "value of /a[] for ``"),
        ("a: {b: 1, <|>}", "key of /a for `` beside b"),
        ("a: {b: 1, <|>: 2}", "key of /a for `` before a colon beside b"),
        ("a: {b: <|>}", "value of /a/b for ``"),
        ("a: {b: [<|>]}", "value of /a/b[] for ``"),
        ("a: [{b: 1, c<|>}]", "key of /a[] for `c` beside b"),
        ('{"a": 1, "<|>": 2}', "key of / for `` before a colon beside a"),
        ("{'a<|>", "key of / for `a`"),
        ('{"a": "<|>"}', 'value in " of /a for ``'),
    ],
)
def test_flow_collections(fixture: str, expected: str):
    assert expected == described(fixture)


@pytest.mark.parametrize(
    "fixture",
    [
        "# a<|>",
        "a: 1 # <|>",
        "a: |\n  tex<|>t\nb: 1",
        "a: |\n  text\n  <|>\n  more",
        "a: |\n  text\n\n  <|>",
        "a:\n  - b: >-\n      tex<|>t",
        "a: 'b\n  c<|>'",
        "a: b\n  c<|>",
        "a: *b<|>",
        "a: |<|>",
        "-<|>--",
        "%YAML<|> 1.2\n---\n",
        "  <|>  a: 1",
        "a: <|>\n  b: 1",
        "a: 'b'<|>",
        "'a'<|>: b",
        "{'a'<|>: b}",
        "{'a'<|>",
        "a:\n  b: text\n    - <|>",
    ],
)
def test_nothing_can_stand_here(fixture: str):
    assert "nothing" == described(fixture)


def test_what_stands_as_the_value():
    slot = slot_at(parse("a:\n  : x # y\n"), 5)
    assert isinstance(slot, KeySlot)
    assert "x" == slot.value.text

    slot = slot_at(parse("a:\n  :\n    - name: x\n      value: y\n"), 5)
    assert isinstance(slot, KeySlot)
    assert ("name", "value") == slot.value.keys


def test_what_stands_beside_a_value():
    slot = slot_at(parse("- name: x\n  value: \n"), 19)
    assert isinstance(slot, ValueSlot)
    assert [("name", "x")] == [(sibling.name, sibling.value) for sibling in slot.siblings]


def test_other_items_of_the_list():
    for text in ("a:\n  - b\n  - \n  - c\n", "a: [b, , c]"):
        slot = slot_at(parse(text), 13 if "\n" in text else 7)
        assert isinstance(slot, KeySlot | ValueSlot)
        assert ("b", "c") == slot.items


def test_beyond_the_lines_that_are_looked_at_the_tree_answers():
    items = "".join(f"    - name: n{number}\n      value: v\n" for number in range(500))
    text = f"a:\n  b: 1\n  list:\n{items}"

    inside = slot_at(parse(text + "      k"), len(text) + 7)
    assert isinstance(inside, KeySlot)
    assert ("a", "list", 0) == inside.path

    new = slot_at(parse(text + "    - "), len(text) + 6)
    assert isinstance(new, KeySlot)
    assert ("a", "list", 0) == new.path

    beside = slot_at(parse(text + "  k"), len(text) + 3)
    assert isinstance(beside, KeySlot)
    assert (("a",), ["b", "list"]) == (beside.path, [sibling.name for sibling in beside.siblings])

    top = slot_at(parse(text + "k"), len(text) + 1)
    assert isinstance(top, KeySlot)
    assert ["a"] == [sibling.name for sibling in top.siblings]


_PIECES = st.sampled_from(
    ["a", "b: ", "- ", ":", "\n", "  ", "    ", "'", '"', "[", "]", "{", "}", ",", "#", "|", ">", "&x ", "*x", "\t"]
)
_RARE_PIECES = st.sampled_from(["\r\n", "---\n", "? ", "!t ", "\u2028", "name", "{{x}}", "%", "é😀"])


@given(st.lists(_PIECES | _RARE_PIECES, max_size=24).map("".join), st.integers(0, 60))
def test_every_place_of_every_text_has_an_answer(text: str, offset: int):
    slot = slot_at(parse(text), offset)

    if slot is not None:
        offset = min(offset, len(text))
        assert text.rfind("\n", 0, offset) < slot.span.start <= offset <= slot.span.end <= len(text)
        assert "\n" not in text[slice(*slot.span)]
