"""Lines that are read without a YAML reader mean what ruamel.yaml says they mean, and become nodes only on demand."""

import random

import pytest

from scone_ls.syntax import green, tree
from scone_ls.syntax.compose import Composed, compose
from scone_ls.syntax.file import parse
from tests.dsl.trees import plain

INDENTS = ["", "", "  ", "  ", "    ", "      "]
STARTS = ["", "", "", "- ", "-   ", "- - ", "-"]
KEYS = [
    "a:",
    "b: ",
    "key: ",
    "key:   ",
    "k.e-y_1: ",
    "null: ",
    "true: ",
    "'k': ",
    "k y: ",
    "? ",
    "a:b: ",
    "",
    "",
    "<<: ",
]
VALUES = [
    *(
        "x",
        "1",
        "1.5",
        "0x1F",
        "true",
        "No",
        "~",
        "null",
        ".inf",
        "2024-01-01",
        "-",
        "/a/b-c",
        "a:b",
        "a::b c",
        "a b  c",
    ),
    *(
        "$$SCONE::x$$",
        "'q'",
        "'it''s'",
        '"d: e"',
        '"\\n"',
        "''",
        "[a]",
        "{a: b}",
        "&x y",
        "*x",
        "|",
        "a: b",
        "a#b",
        "a :b",
    ),
    *("é", "a,b", "@x", "x:", "", "", ""),
]
TAILS = [
    "\n",
    "\n",
    "\n",
    "\n",
    "\r\n",
    " \n",
    "  # c\n",
    " #c: d\n",
    "#c\n",
    "\n\n",
    "\n# c\n",
    "\n      # c\n",
    "",
    "\t\n",
]


def text_of(generator: random.Random) -> str:
    """Return a few lines that are plain, or nearly so."""
    lines = [
        "".join(generator.choice(parts) for parts in (INDENTS, STARTS, KEYS, VALUES, TAILS))
        for _ in range(generator.randrange(1, 6))
    ]
    return "".join(lines)


def entries_of(text: str) -> tuple[green.Entry, ...]:
    """Return the entries at the top of the only document."""
    entries = green.entries_of(parse(text).documents[0].entry)
    return () if entries is None else entries.entries


@pytest.mark.parametrize("seed", range(12))
def test_lines_that_look_plain_are_read_as_ruamel_reads_them(seed: int) -> None:
    generator = random.Random(seed)
    for _ in range(250):
        text = text_of(generator)
        composed = compose(text, 0)
        file = parse(text)
        if isinstance(composed, Composed) and composed.node is not None and len(file.documents) == 1:
            assert all(fault.message.startswith("no anchor") for fault in file.faults), text
            assert plain(file.documents[0].root) == plain(tree.view(composed.node, 0)), text


def test_an_entry_is_read_among_many_others_as_it_is_alone() -> None:
    generator = random.Random(1)
    values = ["x", "1", "'q'", '"d: e"', "[a]", "~", "# c", "x  # c", ""]
    items = [f"- name: n{generator.randrange(99)}\n  value: {generator.choice(values)}\n" for _ in range(2_500)]
    read = entries_of("".join(items))

    assert [entry.child for entry in read] == [entries_of(item)[0].child for item in items]


def test_nodes_are_made_when_somebody_asks_for_them() -> None:
    first, second, _ = entries_of("- name: a\n  value: 1\n- name: bc\n  value: '2'\n- c\n")

    assert first.unmade is not None
    assert second.unmade is not None
    assert first.unmade.mould is second.unmade.mould
    assert second.is_item
    assert isinstance(second.child, green.Item)
    assert second.child is second.child
    assert second.child == second.unmade.mould.cast(second.unmade.values)


def test_an_entry_with_a_line_of_another_sort_is_made_at_once() -> None:
    first, second, _ = entries_of("- name: a\n  value: [1]\n- name: a\n  value: 1\n- c\n")

    assert first.unmade is None
    assert second.unmade is not None
