"""Templates are filled in as GNU envsubst does, and what is missing is named."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML, YAMLError

from scone_ls.analysis.document import Document
from scone_ls.build.rendering import Use, render, uses_in
from scone_ls.build.variables import EnvFile, variables, why_unset
from scone_ls.features.diagnostics import DiagnosticSettings, diagnostics
from scone_ls.rules.rule import Severity
from scone_ls.text import Span

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
TEMPLATES = sorted(CORPUS.glob("*template*"))
TUTORIAL = {
    "APP_IMAGE_REPO": "registry.example.com/app",
    "RELEASE": "v1",
    "NAMESPACE": "shop",
    "CAS_URL": "cas.default",
    "UPLOAD_MODE": "SignedManifest",
}


def rendered(string: str, **values: str) -> str:
    return render(string, values).text


def envsubst(content: bytes, values: dict[str, str]) -> bytes:
    program = shutil.which("envsubst")
    if program is None:
        pytest.skip("GNU envsubst is not installed (Debian: gettext-base)")
    environment = {**values, "SCONE": "$SCONE"}
    return subprocess.run([program], input=content, capture_output=True, check=True, env=environment).stdout


def test_both_forms_are_filled_in():
    assert "a/b:1" == rendered("$REPO/${NAME}:1", REPO="a", NAME="b")


def test_placeholders_of_secrets_stay():
    assert "$$SCONE::token$$ ${SCONE_X}" == rendered("$$SCONE::token$$ ${SCONE_X}", SCONE="no", SCONE_X="${SCONE_X}")


def test_other_dollars_stay():
    text = "5$ $5 ${A:-b} ${A ${} $(date) {{x}} $-"

    assert text == rendered(text, A="a")


def test_what_is_not_set_is_named_with_its_place():
    found = render("a: $X\nb: ${Y}\n", {"X": "1"})

    assert (Use("Y", Span(9, 13)),) == found.unset
    assert "a: 1\nb: \n" == found.text


def test_a_variable_may_be_empty():
    assert () == render("$X", {"X": ""}).unset


def test_comments_need_no_variables():
    string = "# fill in $X\na: $Y # and $Z\n"

    assert ["Y"] == [use.name for use in render(string, {}, Document.open("file:///x", string).file.comments).unset]


def test_the_variables_of_a_template():
    assert ["A", "B", "A"] == [use.name for use in uses_in("$A ${B} $$SCONE::x$$ $A")]


@pytest.mark.parametrize(
    ("part", "origin"),
    [("a: ", "a: "), ("registry", "$REPO"), ("y/x", "$REPO/x"), ("/x", "/x"), ("b", "b"), ("2", "${TAG}")],
)
def test_places_of_the_result_are_traced_back(part: str, origin: str):
    string = "a: $REPO/x\nb: ${TAG}\n"
    found = render(string, {"REPO": "registry", "TAG": "12"})
    start = found.text.index(part)

    assert origin == string[slice(*found.origin_of(Span(start, start + len(part))))]


def test_later_sources_win():
    known = variables({"A": "set", "B": "set", "C": "set"}, [EnvFile(".env", "B=file\nC=file\n")], {"C": "own"}, {})

    assert {"A": "set", "B": "file", "C": "own"} == known.values
    assert "given" == variables({}, [], {"C": "own"}, {"C": "given"}).values["C"]


def test_a_value_that_only_a_shell_knows():
    known = variables({"A": "set"}, [EnvFile(".env", "# here\nA=$(date)\nB=$HOME\n")], {"B": "own"}, {})

    assert {"B": "own"} == known.values
    assert why_unset("A", known) == (
        "`A` is set in `.env:2` to what only a shell can tell; write its value there plainly, or set it in the environment"
    )
    assert "`C` is not set; set it in the environment or in the file of variables" == why_unset("C", known)


@pytest.mark.skipif(not TEMPLATES, reason="the corpus is not beside the checkout")
def test_templates_of_tutorials_are_rendered_as_by_envsubst():
    for path in TEMPLATES:
        content = path.read_bytes()
        for values in (TUTORIAL, {}):
            ours = render(content.decode(), values).text.encode()

            assert envsubst(content, values) == ours, path.name


@pytest.mark.skipif(not TEMPLATES, reason="the corpus is not beside the checkout")
def test_rendered_templates_of_tutorials_have_no_errors_but_in_what_is_no_yaml():
    for path in TEMPLATES:
        string = path.read_text(encoding="utf-8")
        values = {use.name: TUTORIAL.get(use.name, "value") for use in uses_in(string)}
        made = Document.open("file:///manifest.yaml", render(string, values).text)
        errors = [found for found in diagnostics(made, DiagnosticSettings()) if found.severity is Severity.ERROR]

        assert [] == errors or not is_yaml(made.text.string), path.name


def is_yaml(string: str) -> bool:
    try:
        list(YAML(typ="safe", pure=True).compose_all(string))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType] -- ruamel.yaml has no complete types
    except YAMLError:
        return False
    return True


NAMES = st.sampled_from(["A", "_b", "A1", "SCONE", "x"])
PIECES = st.sampled_from(
    [
        "$A",
        "${A}",
        "${_b}",
        "$_b",
        "$x",
        "$",
        "{",
        "}",
        "$$",
        "${",
        "A",
        "1",
        ":",
        " ",
        "\n",
        "\r\n",
        "é",
        "$$SCONE::a$$",
    ]
)


@settings(max_examples=1000)
@given(st.lists(PIECES, max_size=30).map("".join), st.dictionaries(NAMES, st.text("a$ {}\n", max_size=5)))
def test_any_template_is_rendered_as_by_envsubst(string: str, values: dict[str, str]):
    assert envsubst(os.fsencode(string), values) == render(string, values).text.encode()
