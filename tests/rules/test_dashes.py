"""List items whose dash touches what follows, is another sign, or is missing: one mistake, at its line."""

import pytest

from scone_ls.analysis.document import Document
from scone_ls.features.diagnostics import DiagnosticSettings, diagnostics
from tests.dsl.checks import check_diagnostics, check_fix

HEAD = """\
apiVersion: scone/5.8
kind: genservice
build: {name: a, kind: python, to: b, command: c}
environment:
  local:
"""
ITEM = "    - name: %s\n      value: b\n"
AROUND = [("", ""), ("", ITEM % "B"), (ITEM % "B", ""), (ITEM % "B", ITEM % "C"), (ITEM % "B", "  global:\n")]


@pytest.mark.parametrize(("before", "after"), AROUND)
@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("    -name: A\n", "#   ^^^^^ syntax-error: no blank after the dash"),
        ("    \u2013 name: A\n", "#   ^ syntax-error: `\u2013` begins no list item; that is what `-` does"),
        ("    * name: A\n", "#   ^ syntax-error: `*` begins no list item; that is what `-` does"),
    ],
)
def test_a_dash_that_is_none(before: str, after: str, line: str, label: str):
    check_diagnostics(f"{HEAD}{before}{line}{label}\n      value: b\n{after}")
    check_fix(f"{HEAD}{before}{line}{label}\n      value: b\n{after}", f"{HEAD}{before}{ITEM % 'A'}{after}")


@pytest.mark.parametrize(("before", "after"), AROUND[1:])
def test_a_dash_that_is_missing(before: str, after: str):
    line = "    name: A\n#   ^^^^^^^ syntax-error: `name` begins a list item and has no dash\n      value: b\n"

    check_diagnostics(f"{HEAD}{before}{line}{after}")
    check_fix(f"{HEAD}{before}{line}{after}", f"{HEAD}{before}{ITEM % 'A'}{after}")


def test_an_item_of_words():
    text = "secrets:\n  import:\n    - one\n    -two\n#   ^^^^ syntax-error: no blank after the dash\n    - three\n"

    check_diagnostics(f"{HEAD}{text}")
    check_fix(f"{HEAD}{text}", f"{HEAD}secrets:\n  import:\n    - one\n    - two\n    - three\n")


def test_a_dash_that_is_missing_beside_the_keys_of_the_item_above():
    before, after = ITEM % "B", ITEM % "C"
    line = "      name: A\n#     ^^^^ duplicate-key: duplicate key `name`; it stands on line 6 already, and no dash begins another item\n"

    check_diagnostics(f"{HEAD}{before}{line}      value: b\n{after}")
    check_fix(f"{HEAD}{before}{line}      value: b\n{after}", f"{HEAD}{before}{ITEM % 'A'}{after}")


def test_one_key_that_stands_twice_in_an_item():
    check_diagnostics(
        f"{HEAD}{ITEM % 'A'}      value: c\n"
        "#     ^^^^^ duplicate-key: duplicate key `value`; it stands on line 7 already\n"
    )


@pytest.mark.parametrize("blanks", [5, 6])
def test_a_dash_that_was_taken_out(blanks: int):
    first = (
        f"{' ' * blanks}name: A\n#{' ' * (blanks - 1)}^^^^^^^ syntax-error: `name` begins a list item and has no dash\n"
    )

    check_diagnostics(f"{HEAD}{first}      value: b\n{ITEM % 'B'}")
    check_fix(f"{HEAD}{first}      value: b\n{ITEM % 'B'}", f"{HEAD}{ITEM % 'A'}{ITEM % 'B'}")


def test_a_dash_that_was_taken_out_between_others():
    line = "     name: A\n#    ^^^^^^^ syntax-error: `name` begins a list item and has no dash\n      value: b\n"

    check_diagnostics(f"{HEAD}{ITEM % 'B'}{line}{ITEM % 'C'}")
    check_fix(f"{HEAD}{ITEM % 'B'}{line}{ITEM % 'C'}", f"{HEAD}{ITEM % 'B'}{ITEM % 'A'}{ITEM % 'C'}")


def test_a_key_at_the_top_that_stands_too_deep():
    label = "#^^^^^^^^^ wrong-indentation: indented with 2 blanks where 0 would fit"
    head = (
        "apiVersion: scone/5.8\nkind: mesh\ncas: []\npolicy: {namespace: a}\nenv:\n  - service: global\n    env: []\n"
    )

    check_diagnostics(f"{head}  services:\n{label}\n  - image: a\n  - image: b\n")


def test_a_star_is_no_value():
    head = "apiVersion: scone/5.8\nkind: mesh\ncas: []\nenv:\nservices: []\npolicy:\n  namespace: a\n  tolerate: outdated-tcb\n"
    text = f"{head}  ignore_advisories: *\n#                    ^ syntax-error: a plain value can't begin with `*`\n"

    check_diagnostics(text)
    check_fix(text, f'{head}  ignore_advisories: "*"\n')


@pytest.mark.parametrize(
    ("written", "meant"),
    [("\u00a0 name: a", "  name: a"), ("  name:\u00a0a", "  name: a"), ("  name:\u00a0 a", "  name:  a")],
)
def test_no_break_spaces(written: str, meant: str):
    head = "apiVersion: scone/5.8\nkind: genservice\nenvironment:\nbuild:\n  kind: python\n  to: b\n%s\n  command: c\n"
    (found,) = diagnostics(Document.open("file:///a.yaml", head % written), DiagnosticSettings())

    assert found.message == "a no-break space where YAML wants a blank"
    check_fix(head % written, head % meant)


def test_a_sign_before_the_header_of_a_block():
    item = "    - name: A\n      value: %s%s\n          one\n           - two # three\n           - four\n"
    label = "\n#            ^^^ syntax-error: `8|+` begins no block of text; what belongs to the `|` stands behind it"

    check_diagnostics(f"{HEAD}{item % ('8|+', label)}{ITEM % 'B'}")
    check_fix(f"{HEAD}{item % ('8|+', label)}{ITEM % 'B'}", f"{HEAD}{item % ('|+', '')}{ITEM % 'B'}")


def test_a_dash_at_the_margin():
    head = "apiVersion: scone/5.8\nkind: mesh\nenv: []\nservices: []\npolicy: {namespace: a}\ncas:\n"
    text = f"{head}-cas_url: a\n#^^^^^^^ syntax-error: no blank after the dash\n  name: cas\n  alias: [image, security, access, attestation]\n"

    check_diagnostics(text)
    check_fix(text, f"{head}- cas_url: a\n  name: cas\n  alias: [image, security, access, attestation]\n")


def test_a_dash_that_is_missing_beside_the_key_of_its_list():
    head = "apiVersion: scone/5.8\nkind: mesh\ncas: []\nservices: []\npolicy: {namespace: a}\nenv:\n- service: global\n  env:\n"
    first = "  - name: A\n    value: b\n"

    check_fix(f"{head}{first}  name: B\n    value: b\n", f"{head}{first}  - name: B\n    value: b\n")


MESH = """\
apiVersion: scone/5.8
kind: mesh
policy:
  namespace: a
cas:
  - name: cas
%s
    cas_url: cas.example
env: []
services: []
"""


def test_a_further_key_with_a_lost_quote_lacks_no_dash():
    check_fix(
        MESH % '    alias: ["i<|>mage, "security", "access", "attestation"]',
        MESH % '    alias: ["image", "security", "access", "attestation"]',
    )


def test_a_further_key_too_far_to_the_left_lacks_no_dash():
    check_fix(
        MESH % "  al<|>ias: [image, security, access, attestation]",
        MESH % "    alias: [image, security, access, attestation]",
    )
