"""The parser agrees with ruamel.yaml where that accepts a text, finds a fault where it does not, and after an edit says
what a fresh parse says."""

import json
import random
from typing import Any

import pytest

from scone_ls.edit import Edit
from scone_ls.syntax import tree
from scone_ls.syntax.compose import Composed, Problem, compose
from scone_ls.syntax.file import File, parse
from scone_ls.text import Span
from tests.dsl.trees import SHARED, corpus, examples, plain, snapshot

TEXTS = [path.read_text() for path in (*examples(), *corpus())]
PIECES = [
    *"a: -#'\"{}[]|>&*!%@\t,?$x1",
    "\n",
    "\n  ",
    "\n- ",
    "\n    ",
    "key: ",
    "\n---\n",
    "# note\n",
    "\n\n",
    "\r\n",
    "\r",
    "  ",
]


def whole(text: str) -> Any:
    """What ruamel.yaml makes of the whole text in one piece."""
    composed = compose(text, 0)
    return plain(tree.view(composed.node, 0)) if isinstance(composed, Composed) and composed.node else composed


def edits(text: str, generator: random.Random) -> Edit:
    """Return one small edit of a text."""
    start = generator.randrange(len(text) + 1)
    chance = generator.random()
    end = min(len(text), start + generator.choice([1, 1, 1, 2, 5, 20])) if chance < 0.55 else start
    return Edit(Span(start, end), "" if chance < 0.45 else generator.choice(PIECES))


def excerpt(generator: random.Random) -> str:
    """Return a text, or some lines of it."""
    text = generator.choice(TEXTS)
    if generator.random() < 0.5:
        return text
    lines = text.splitlines(keepends=True)
    start = generator.randrange(len(lines))
    return "".join(lines[start : start + generator.randrange(5, 40)])


def check_against_ruamel(text: str, file: File) -> None:
    """Compare a parse with ruamel.yaml's; texts of several documents are not its business here."""
    expected = whole(text)
    if len(file.documents) > 1 or (isinstance(expected, Problem) and "single document" in expected.message):
        return
    undefined = [fault for fault in file.faults if fault.message.startswith("no anchor")]
    if isinstance(expected, Problem):
        assert file.faults, (text, expected)
    else:
        assert len(file.faults) == len(undefined), (text, file.faults)
        assert plain(file.documents[0].root if file.documents else None) == (
            None if isinstance(expected, Composed) else expected
        ), text


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_read_as_ruamel_reads_it(text: str) -> None:
    check_against_ruamel(text, parse(text))


@pytest.mark.parametrize("seed", range(40))
def test_an_edit_gives_what_a_fresh_parse_gives(seed: int) -> None:
    generator = random.Random(seed)
    for _ in range(6):
        file = parse(excerpt(generator))
        for _ in range(4):
            edit = edits(file.string, generator)
            before, file = file, file.edited(edit)
            fresh = parse(file.string)
            assert snapshot(file) == snapshot(fresh), (before.string, edit)
            check_against_ruamel(file.string, fresh)
            for fault in file.faults:
                assert 0 <= fault.start < fault.end <= len(file.string), (file.string, fault)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('cas:\n  - name:x for all\n    alias: ["a", ||"b"]\n    c: d\n', '"'),
        ("cas:\n  - na- x for all\n    alias: [a]\n    key: $A||\n    c: d\n", "- name: a\n    value: b\n"),
        ("files:\n  - path:4 /a\n    content: $a:b$\n  - |path:| /b\n    content: $a:c$\n  - path: /c\n", "-"),
    ],
)
def test_a_second_mistake_shows_a_first_one_in_another_light(before: str, after: str) -> None:
    head, edited, tail = before.split("|")
    file = parse(head + edited + tail).edited(Edit(Span(len(head), len(head + edited)), after))

    assert snapshot(file) == snapshot(parse(file.string))


@pytest.mark.parametrize("text", [path.read_text() for path in examples()])
def test_typing_a_text_gives_at_each_character_what_a_fresh_parse_gives(text: str) -> None:
    file = parse("")
    for offset, character in enumerate(text[:1500]):
        file = file.edited(Edit(Span(offset, offset), character))
        if offset % 7 == 0:
            assert snapshot(file) == snapshot(parse(file.string)), file.string
    assert snapshot(file) == snapshot(parse(file.string))


@pytest.mark.parametrize("text", [path.read_text() for path in examples()])
def test_a_deleted_line_gives_what_a_fresh_parse_gives(text: str) -> None:
    file = parse(text)
    start = 0
    for line in text.splitlines(keepends=True):
        edited = file.edited(Edit(Span(start, start + len(line)), ""))
        assert snapshot(edited) == snapshot(parse(edited.string)), line
        start += len(line)


def test_a_line_end_inside_the_blanks_before_a_key() -> None:
    file = parse("a:\n  b: 1\n  c: 2\n  d: 3\n").edited(Edit(Span(12, 12), "\n  "))

    assert file.faults == ()
    assert snapshot(file) == snapshot(parse(file.string))


@pytest.mark.skipif(not SHARED.exists(), reason="the official YAML cases lie beside the project")
def test_the_official_cases_are_judged_no_worse_than_by_ruamel() -> None:
    worse: list[str] = []
    for line in (SHARED / "yaml-test-suite" / "cases.jsonl").read_text().splitlines():
        case = json.loads(line)
        file = parse(case["yaml"])
        is_right = bool(file.faults) == case["error"]
        composed = compose(case["yaml"], 0)
        several = isinstance(composed, Problem) and "single document" in composed.message
        ruamel_is_right = isinstance(composed, Problem) == case["error"]
        if ruamel_is_right and not is_right and not several:
            worse.append(case["id"])

    assert worse == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "#",
        "\ufeff",
        "\ufeffkind: mesh\n",
        "\0",
        "a: \x07\n",
        "---\n---\n...\n---\n",
        "%YAML 1.2\n---\na: 1\n",
        "%YAML 1.2\n",
        "a: &x 1\nb: *x\n",
        "&a : *a\n",
        "? a\n: b\n? c\n",
        "a:\r  b: 1\r  c: 2\r",
        "a:\r\n  b: 1\r\n  c: 2\r\n",
        "a: |\n  x\n\n\nb: >-\n  y\n",
        "a: b\u2028c: d\n",
        "\ud800: \udfff\n",
        "- - - a\n    - b\n",
        "a: {b: [c, {d: e}]}\n",
        "x" * 100_000,
        "a: [" * 50,
    ],
)
def test_odd_texts_have_a_tree_and_faults_inside_the_text(text: str) -> None:
    file = parse(text)

    for fault in file.faults:
        assert 0 <= fault.start <= fault.end <= len(text)
    for document in file.documents:
        if document.root is not None:
            for node in tree.walk(document.root):
                assert 0 <= node.span.start <= node.span.end <= len(text)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "{"])
@pytest.mark.parametrize("depth", [201, 5_000, 100_000])
def test_nesting_beyond_the_limit_is_a_fault_and_no_crash(opening: str, depth: int) -> None:
    file = parse("a: 1\nb:\n  " + opening * depth)

    assert any("nested" in fault.message for fault in file.faults)


def test_nested_lines_beyond_the_limit_are_a_fault() -> None:
    text = "".join(f"{' ' * depth}k:\n" for depth in range(400))

    assert any("nested" in fault.message for fault in parse(text).faults)


def test_nesting_up_to_the_limit_is_read() -> None:
    assert parse("a: " + "[" * 190 + "]" * 190 + "\n").faults == ()
    assert parse("".join(f"{' ' * depth}k:\n" for depth in range(190))).faults == ()


def test_a_long_line_of_flow_text_is_a_fault() -> None:
    (fault,) = parse("a: [" + "x, " * 100_000 + "]\n").faults

    assert "256 kB" in fault.message


def test_an_alias_is_not_expanded() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))

    assert parse(bomb).faults == ()
