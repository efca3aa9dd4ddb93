"""A mistake costs its own line, is reported where the reader must act, and its repair mends the text."""

from collections.abc import Callable

import pytest

from scone_ls.edit import Edit, apply
from scone_ls.syntax.file import parse
from scone_ls.text import Span
from tests.dsl.fixture import parse_one
from tests.dsl.trees import examples, keys

CASES = [
    (
        "a missing colon",
        """
build:
  name web
  #^^^^^^^ missing-colon
  kind: python
""",
        "build:\n  name: web\n  kind: python\n",
    ),
    (
        "a missing colon above a list",
        """
services
#^^^^^^^ missing-colon
  - name: a
""",
        "services:\n  - name: a\n",
    ),
    (
        "no blank after a colon",
        """
build:
  name:web
  #^^^^^^^ missing-colon
  kind: python
""",
        "build:\n  name: web\n  kind: python\n",
    ),
    (
        "an unclosed double quote",
        """
build:
  name: "web
  #     ^^^^ unclosed-quote
  kind: python
""",
        'build:\n  name: "web"\n  kind: python\n',
    ),
    (
        "an unclosed quote before a comment",
        """
env:
  - name: 'a   # first
  #       ^^ unclosed-quote
  - name: b
""",
        "env:\n  - name: 'a'   # first\n  - name: b\n",
    ),
    (
        "an unclosed bracket",
        """
build:
  copy: [a.py, b.py
  #     ^^^^^^^^^^^ unclosed-bracket
  kind: python
""",
        "build:\n  copy: [a.py, b.py]\n  kind: python\n",
    ),
    (
        "a tab as indentation",
        """
build:
  name: web
\tkind: python
#\x01 tab-indentation
""",
        "build:\n  name: web\n  kind: python\n",
    ),
    (
        "one blank too many",
        """
build:
  name: web
   kind: python
#^^^^^^ wrong-indentation
  to: x
""",
        "build:\n  name: web\n  kind: python\n  to: x\n",
    ),
    (
        "a dedented line in the middle",
        """
build:
  name: web
kind: python
#^^^ wrong-indentation
  to: x
""",
        "build:\n  name: web\n  kind: python\n  to: x\n",
    ),
    (
        "an indented first line",
        """
build:
   name: web
#^^^^^^ wrong-indentation
  kind: python
  to: x
""",
        "build:\n  name: web\n  kind: python\n  to: x\n",
    ),
    (
        "an item that stands one blank too far to the right",
        """
env:
  - name: a
    value: 1
   - name: b
#^^^ wrong-indentation
    value: 2
""",
        "env:\n  - name: a\n    value: 1\n  - name: b\n    value: 2\n",
    ),
    (
        "a value of an item that stands too far to the left",
        """
env:
  - name: a
   value: 1
#^^^^^^^ wrong-indentation
  - name: b
""",
        "env:\n  - name: a\n    value: 1\n  - name: b\n",
    ),
    (
        "a template without quotes",
        """
env:
  - value: {{host}}/x
  #        ^^^^^^^^^^ unquoted-template
  - value: b
""",
        'env:\n  - value: "{{host}}/x"\n  - value: b\n',
    ),
    (
        "a value that begins with a reserved character",
        """
env:
  - value: @host
  #        ^^^^^ syntax-error
""",
        'env:\n  - value: "@host"\n',
    ),
    (
        "a colon in a plain value",
        """
build:
  command: echo a: b
  #        ^^^^^^^^^ syntax-error
  kind: python
""",
        'build:\n  command: "echo a: b"\n  kind: python\n',
    ),
]


@pytest.mark.parametrize(("fixture", "mended"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_fault_is_placed_and_mended(fixture: str, mended: str) -> None:
    if "\x01" in fixture:
        text = fixture.lstrip("\n").split("#\x01")[0]
        expected = [(Span(text.index("\t"), text.index("\t") + 1), "tab-indentation")]
    else:
        file = parse_one(fixture)
        text, expected = file.text, [(label.span, label.text) for label in file.labels]

    faults = parse(text).faults

    assert [(Span(fault.start, fault.end), fault.kind.value) for fault in faults] == expected
    repaired = [
        apply(text, (Edit(Span(start, end), new) for start, end, new in repair.edits)) for repair in faults[0].repairs
    ]
    assert mended in repaired
    assert parse(mended).faults == ()


def test_several_independent_faults_are_all_reported() -> None:
    text = "build:\n  name web\n  kind: 'python\n  to: a\nenv:\n  - value: @x\n\tname: y\n"

    kinds = [fault.kind.value for fault in parse(text).faults]

    assert kinds == ["missing-colon", "unclosed-quote", "syntax-error", "tab-indentation"]


def indentation(text: str, at: int) -> str:
    """Return the blanks (and the dash) at the beginning of a line, as blanks."""
    line = text[at : text.index("\n", at)]
    return " " * (len(line) - len(line.lstrip(" -")))


DAMAGE: dict[str, Callable[[str, int], str]] = {
    "half-typed key": lambda text, at: text[:at] + indentation(text, at) + "imag\n" + text[at:],
    "tab": lambda text, at: text[:at] + text[at:].replace(" ", "\t", 1),
    "open double quote": lambda text, at: text[:at] + text[at:].replace(": ", ': "', 1),
    "open single quote": lambda text, at: text[:at] + text[at:].replace(": ", ": '", 1),
    "open flow list": lambda text, at: text[:at] + text[at:].replace(": ", ": [", 1),
    "wrong dedent": lambda text, at: text[:at] + text[at:].replace("  ", " ", 1),
    "value:x": lambda text, at: text[:at] + text[at:].replace(": ", ":", 1),
    "a: b: c": lambda text, at: text[:at] + text[at:].replace(": ", ": b: ", 1),
    "reserved character": lambda text, at: text[:at] + text[at:].replace(": ", ": @", 1),
    "lost colon": lambda text, at: text[:at] + text[at:].replace(":", "", 1),
}
LONG = [path.read_text() for path in examples() if len(path.read_text().splitlines()) > 40]


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_line_costs_itself(damage: Callable[[str, int], str]) -> None:
    kept = total = 0
    for text in LONG:
        wanted = keys(parse(text))
        lines = text.splitlines(keepends=True)
        for number in range(3, len(lines), 5):
            at = sum(map(len, lines[:number]))
            if ": " not in lines[number] or "|" in lines[number] or ">" in lines[number]:
                continue
            left = list(keys(parse(damage(text, at))))
            for key in wanted:
                total += 1
                if key in left:
                    left.remove(key)
                    kept += 1

    assert kept / total >= 0.97


@pytest.mark.parametrize("typed", ["e", "en:", "env: x"])
@pytest.mark.parametrize("above", ["      kind: ascii", "    - name: b"])
def test_a_word_typed_at_the_left_edge_leaves_what_is_around_it(typed: str, above: str) -> None:
    text = "secrets:\n  global:\n" + 3 * "    - name: a\n      kind: ascii\n    - name: b\n      kind: ascii\n"
    at = text.index(above)
    found = parse(f"{text[:at]}{typed}\n{text[at:]}")

    assert len(found.faults) == (0 if above.strip()[0] == "-" and typed == "en:" else 1)
    assert [pair for pair in keys(found) if pair[0] in ("name", "kind")] == [
        pair for pair in keys(parse(text)) if pair[0] in ("name", "kind")
    ]


@pytest.mark.parametrize("typed", ["      n", "      name:", "     - x", "     x: y"])
def test_a_line_typed_too_deep_above_a_list_leaves_the_list(typed: str) -> None:
    text = "secrets:\n  global:\n" + 5 * "    - name: a\n      kind: ascii\n"
    found = parse(text.replace("global:\n", f"global:\n{typed}\n"))

    assert 1 <= len(found.faults) <= 2
    assert keys(found).count(("kind", "ascii")) == 5


@pytest.mark.parametrize(
    "mistake",
    ["{{#each}}\n", "{{#each}}\n  - a\n", "a:\n\tb: c\n", "- name: a\nvalue: b\n", "a:\n  b: c\n d: e\n"],
    ids=["braces", "braces above a list", "tab", "beside its dash", "between two columns"],
)
def test_hundreds_of_mistakes_are_read_like_a_few(mistake: str) -> None:
    head = "kind: mesh\n"
    found = parse(head + 500 * mistake).faults
    assert len(found) >= 499
    assert {fault.kind for fault in found[-9:]} == {fault.kind for fault in parse(head + 200 * mistake).faults[-9:]}
