"""The checks themselves: each passes where it should, and fails where it should."""

import pytest

from tests.dsl.checks import (
    SNIPPETS,
    check_completion,
    check_completions,
    check_diagnostics,
    check_first_completions,
    check_fix,
    check_fix_titles,
    check_hover,
    check_ignoring,
    check_no_completion,
    check_no_fix,
    check_no_hover,
    check_outline,
    check_severity,
)

FAULTY = """
    apiVersion: scone/5.8
    kind: mesh
    cas: []
    policy:
      namespce: mine
      #^^^^^^^ unknown-key: unknown key `namespce`; did you mean `namespace`?
    env: []
    services: []
"""
BETTER = """
    apiVersion: scone/5.8
    kind: mesh
    cas: []
    policy:
      namespace: mine
    env: []
    services: []
"""


def test_diagnostics_that_are_labelled():
    check_diagnostics(FAULTY)
    check_diagnostics(BETTER)


def test_a_diagnostic_without_a_label_is_a_failure():
    with pytest.raises(AssertionError):
        check_diagnostics(FAULTY.replace("unknown-key:", "unknown-value:"))


def test_a_severity():
    check_severity(FAULTY, "warning")


def test_a_fix():
    check_fix(FAULTY, BETTER)
    check_fix_titles(FAULTY, "rename it to `namespace`")
    check_no_fix(BETTER)


def test_a_fix_that_leads_elsewhere_is_a_failure():
    with pytest.raises(AssertionError):
        check_fix(FAULTY, BETTER.replace("mine", "yours"))


def test_silencing():
    ignored = FAULTY.replace("namespce: mine", "namespce: mine  # scone-ls: ignore[unknown-key]")

    check_ignoring(FAULTY, ignored)


def test_a_completion_with_the_text_after_it():
    check_completion("apiVersion: scone/5.8\nkind: me<|>\n", "mesh", "apiVersion: scone/5.8\nkind: mesh<|>\n")


def test_a_completion_with_places_to_fill_in():
    check_completion(
        "apiVersion: scone/5.8\nkind: genservice\nbuild:\n  na<|>\n",
        "name",
        "apiVersion: scone/5.8\nkind: genservice\nbuild:\n  name: <|>\n",
        SNIPPETS,
    )


def test_whole_lists_of_completions_and_their_beginnings():
    check_completions("apiVersion: scone/5.8\nkind: <|>\n", "genservice", "mesh")
    check_first_completions("apiVersion: scone/5.8\nkind: <|>\n", "genservice")
    check_no_completion("apiVersion: v1\nkind: <|>\n")


def test_a_hover():
    check_hover("apiVersion: scone/5.8\nki<|>nd: mesh\n#^^^ the key\n", "mesh")
    check_no_hover("apiVersion: v1\nki<|>nd: Pod\n")


def test_a_hover_over_another_span_is_a_failure():
    with pytest.raises(AssertionError):
        check_hover("apiVersion: scone/5.8\nki<|>nd: mesh\n#^^^^ too long\n")


def test_an_outline():
    check_outline("apiVersion: scone/5.8\nkind: mesh\n", "apiVersion · scone/5.8\nkind · mesh\n")
