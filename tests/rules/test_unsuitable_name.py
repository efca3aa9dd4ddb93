import pytest

from tests.dsl.checks import check_diagnostics, check_fix, check_no_fix, check_severity

SERVICE = (
    "apiVersion: scone/5.8\nkind: genservice\nbuild: {name: %s, kind: python, to: b, command: c}\nenvironment:\n"
    "  global: [{name: %s}]\n  local:\n    - {name: %s, value: 1}\nsecrets:\n  global:\n    - {name: %s, kind: ascii}\n"
)


@pytest.mark.parametrize(
    "names",
    [
        ("a", "b", "C", "d"),
        ("shop-2", "_x", "X_1", "shop-Password_1"),
        ("'{{x}}-a b'", "x", "'{{x}} y'", "'{{x}}.y'"),
    ],
)
def test_silence(names: tuple[str, str, str, str]):
    check_diagnostics(SERVICE % names)


def test_each_sort_of_name():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: genservice
        build: {name: Shop, kind: python, to: b, command: c}
        #             ^^^^ unsuitable-name: `Shop` is no name for Kubernetes, which takes small letters, digits and hyphens; did you mean `shop`?
        environment:
          global:
            - name: api.port
        #           ^^^^^^^^ unsuitable-name: `api.port` is no name for an environment variable, which takes letters, digits and `_`; did you mean `api_port`?
          local:
            - {name: 2ND, value: 1}
        #            ^^^ unsuitable-name: `2ND` is no name for an environment variable, which takes letters, digits and `_`
        secrets:
          global:
            - {name: "the password", kind: ascii}
        #             ^^^^^^^^^^^^ unsuitable-name: `the password` is no name for a secret, which takes letters, digits, `_` and `-`; did you mean `the_password`?
    """)


def test_variables_may_have_other_names_in_some_programs():
    check_severity(SERVICE % ("a", "b.c", "D", "e"), "information")


def test_a_service_is_renamed_wherever_the_mesh_speaks_of_it():
    before = """
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - cas_url: a
        policy: {namespace: a}
        env:
          - service: "python_app"
            env: []
        services:
          - name: python_app
            image: a
    """

    check_fix(before, before.replace("python_app", "python-app"))


def test_what_others_know_too_is_not_renamed():
    check_no_fix(SERVICE % ("a", "b", "C", "<|>d.e"))
    check_no_fix(SERVICE % ("a", "<|>b-c", "D", "e"))


def test_a_name_that_is_taken():
    check_no_fix(SERVICE.replace("local:", "local:\n    - {name: A_B, value: 1}") % ("a", "b", "<|>A-B", "e"))


def test_a_name_that_is_too_long():
    name = 64 * "a"

    check_diagnostics(
        f"apiVersion: scone/5.8\nkind: genservice\nbuild:\n  name: {name}\n"
        f"#       {'^' * 64} unsuitable-name: `{name}` has 64 characters; Kubernetes takes 63\n"
        "  kind: python\n  to: b\n  command: c\nenvironment:\n"
    )
