"""Which variables a file of settings for a shell sets."""

import os
import subprocess
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scone_ls.syntax.exports import Export, exports_in
from tests.dsl.fixture import Label, parse_one, render


def check(fixture: str) -> None:
    """Compare the variables in a text with the labels at their names: the value, `?` where it is not known."""
    file = parse_one(fixture)
    labels = [Label(export.name_span, describe(export)) for export in exports_in(file.text)]
    assert dedent(fixture).strip("\n ") == render(file.text, labels).strip("\n ")


def describe(export: Export) -> str:
    return "?" if export.value is None else repr(export.value)


def values(string: str) -> dict[str, str | None]:
    return {export.name: export.value for export in exports_in(string)}


def test_both_notations():
    check("""
        REPO=registry.example.com
        #^^^ 'registry.example.com'
        export TAG=1
        #      ^^^ '1'
    """)


def test_several_at_once():
    check("""
        export A=1 B="2 3" C
        #      ^ '1'
        #          ^ '2 3'
        #                  ^ ?
    """)


def test_quotes_and_escapes_are_those_of_a_shell():
    assert {"A": "a b", "B": 'c "d" $e', "C": "f g", "D": "x$", "E": "h'i", "F": "ab cd"} == values(
        'A=\'a b\'\nB="c \\"d\\" \\$e"\nC=f\\ g\nD="x$"\nE=h\\\'i\nF=a"b "\'cd\'\n'
    )


def test_a_value_over_several_lines():
    assert {"KEY": "one\ntwo", "B": "1"} == values('KEY="one\ntwo"\nB=1')


@pytest.mark.parametrize(
    "value",
    ["${X:-1}", "$X", '"a $X"', "$(date)", "`date`", '"`date`"', "$(a $(b) (c))", "~/x", "$'a'", '"open', "a$1", "$?"],
)
def test_what_only_running_would_tell_is_not_known(value: str):
    assert {"A": None, "B": "2"} == values(f"A={value}\nB=2")


@pytest.mark.parametrize("value", ["one two", "<<a", "http://x/?a=1&b=2", "a;b", "a(b)"])
def test_what_the_two_notations_read_differently_is_not_known(value: str):
    assert None is values(f"A={value}")["A"]


def test_a_semicolon_ends_a_command():
    assert {"A": "1", "B": "2"} == values("A=1; B=2;")


def test_comments():
    assert {"A": "b#c", "D": "e", "F": ""} == values("# X=1\nA=b#c\nD=e # f\nF= # g\n")


def test_nothing_that_is_no_variable():
    assert {} == values("echo A=1\nA\n1A=2\nset -e\nunset B\nif [ x = y ]\n./run --x=1\nexport -p\n")


def test_inside_of_blocks():
    assert {"A": "1", "B": "2"} == values("if true; then export A=1; else\n  B=2\nfi\n")


def test_texts_for_other_programs_are_no_settings():
    assert {"A": "1", "B": "2"} == values("A=1\ncat <<EOF | sort\nX=1\nEOF\ncat <<-'E'\nY=1\n\tE\nB=2")


def test_line_ends_of_windows():
    assert {"A": "1", "B": "2"} == values("A=1\r\nB=2\r\n")


def test_a_value_that_is_added_to():
    assert {"PATH": None} == values("PATH+=:/x")


def test_where_a_value_stands():
    (export,) = exports_in('export A="b" # c')

    assert '"b"' == 'export A="b" # c'[slice(*(export.value_span or (0, 0)))]


@given(st.text(st.sampled_from("AB=x \n\t'\"\\$({)}`;&#<E~\r"), max_size=40))
def test_any_text_gives_an_answer(string: str):
    for export in exports_in(string):
        assert export.name == string[slice(*export.name_span)]


SAFE = st.text(st.sampled_from("ab \n\t'\"\\#\u00e9"), max_size=12)


@given(SAFE)
def test_what_is_known_is_what_a_shell_makes_of_it(value: str):
    string = f"export A={value}\n"
    shell = Path("/bin/sh")
    if not shell.exists():
        pytest.skip("there is no /bin/sh")
    ran = subprocess.run(
        [shell, "-c", f'{string}\nprintf "%s|" "$A"'], capture_output=True, check=False, env={"PATH": os.defpath}
    )
    known = values(string).get("A")
    if ran.returncode == 0 and known is not None and not ran.stderr:
        assert f"{known}|" == ran.stdout.decode()
