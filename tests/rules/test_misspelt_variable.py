import pytest

from tests.dsl.checks import check_diagnostics, check_fix, check_no_fix

SERVICE = (
    "apiVersion: scone/5.8\nkind: genservice\nbuild: {name: a, kind: python, to: b, command: c}\nenvironment:\n"
    "  local:\n    - name: %s\n      value: 1\n"
)


@pytest.mark.parametrize(
    "name",
    ["SCONE_HEAP", "SCONE_PATH", "SCONE_PWD", "scone_haep", "MY_SCONE_HAEP", "SCONE_", "'SCONE_{{x}}'", "SCONES"],
)
def test_silence(name: str):
    check_diagnostics(SERVICE.replace("environment:", "environment:\n  global: [{name: x}]") % name)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("SCONE_HAEP", "SCONE_HEAP"),
        ("'SCONE_ALOW_DLOPEN'", "'SCONE_ALLOW_DLOPEN'"),
        ("SCONE_MINHEAP", "SCONE_MIN_HEAP"),
    ],
)
def test_what_was_meant(written: str, meant: str):
    check_fix(SERVICE % written, SERVICE % meant)


def test_in_a_mesh():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - cas_url: a
        policy: {namespace: a}
        env:
          - service: global
            env:
              - name: SCONE_VERSON
        #             ^^^^^^^^^^^^ misspelt-variable: SCONE has no variable `SCONE_VERSON`; did you mean `SCONE_VERSION`?
                value: 1
        services:
          - image: a
    """)


def test_a_slip_in_the_first_word():
    head = "apiVersion: scone/5.8\nkind: genservice\nbuild: {name: a, kind: python, to: b, command: c}\nenvironment:\n  local:\n"
    label = "misspelt-variable: `SONE_HEAP` is nearly the variable `SCONE_HEAP` of SCONE; did you mean that?"

    check_diagnostics(
        f"{head}    - name: SONE_HEAP\n#           ^^^^^^^^^ {label}\n      value: 1G\n    - {{name: STONE_AGE, value: 1}}\n"
    )
    check_fix(f"{head}    - name: SONE_HEAP\n      value: 1G\n", f"{head}    - name: SCONE_HEAP\n      value: 1G\n")


def test_no_variable_is_set_twice_by_a_fix():
    head = "apiVersion: scone/5.8\nkind: genservice\nbuild: {name: a, kind: python, to: b, command: c}\nenvironment:\n  local:\n"

    check_no_fix(f"{head}    - {{name: SCONE_HEAP, value: 1G}}\n    - {{name: SCONE_HAEP<|>, value: 1G}}\n")
