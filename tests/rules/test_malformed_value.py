import re

import pytest

from tests.dsl.checks import check_diagnostics, check_fix, check_no_fix

TOP = "apiVersion: scone/5.8\nkind: genservice\nbuild:\n  name: a\n  kind: python\n  to: b\n  command: c\n"
END = "environment:\n"


@pytest.mark.parametrize(
    "line", ["pwd: /srv", "pwd: $HOME", 'pwd: "{{namespace}}/a"', "pwd:", "signature: {sign: True}"]
)
def test_silence(line: str):
    check_diagnostics(f"#- /mesh.yaml.template\n{TOP}  {line}\n{END}")


def test_a_slash_is_missing():
    check_fix(f"{TOP}  pwd: 'srv'\n{END}", f"{TOP}  pwd: '/srv'\n{END}")


def test_a_path_from_here():
    check_fix(f"{TOP}  host_paths: [./etc]\n{END}", f"{TOP}  host_paths: [/etc]\n{END}")


def test_another_word_for_true():
    check_fix(f"{TOP}  signature: {{sign: yes}}\n{END}", f"{TOP}  signature: {{sign: true}}\n{END}")


def test_a_misspelt_word():
    check_fix(f"{TOP}  signature: {{sign: ture}}\n{END}", f"{TOP}  signature: {{sign: true}}\n{END}")


def test_nobody_knows_what_is_meant():
    text = f"{TOP}{END}secrets:\n  global:\n    - name: a\n      kind: ascii\n      size: big\n"
    label = "#           ^^^ malformed-value: `big` is not a positive whole number\n"

    check_diagnostics(text + label)
    check_no_fix(text)


def test_of_a_long_value_the_beginning_is_told():
    check_diagnostics(
        f"{TOP}  pwd: |\n#      ^ (+2:7) malformed-value: `one…` is not an absolute path\n    one\n    two\n{END}"
    )


@pytest.mark.parametrize("size", ["10", '"10"', "+5", "0x10", "010", "~", "$SIZE"])
def test_sizes(size: str):
    check_diagnostics(
        f"#- /a.yaml.template\n{TOP}{END}secrets:\n  global:\n    - name: a\n      kind: ascii\n      size: {size}\n"
    )


@pytest.mark.parametrize("size", ["0", "1.5", "true", "1e3"])
def test_numbers_are_judged_by_their_text(size: str):
    carets = "^" * len(size)

    check_diagnostics(
        f"{TOP}{END}secrets:\n  global:\n    - name: a\n      kind: ascii\n      size: {size}\n"
        f"#           {carets} malformed-value: `{size}` is not a positive whole number\n"
    )


@pytest.mark.parametrize("path", ["~/app", ".", "C:/app", "C:\\app"])
def test_no_root_is_put_before_what_is_no_path(path: str):
    check_no_fix(f"{TOP}  pwd: {path}\n{END}")


@pytest.mark.parametrize(
    ("lines", "meant"),
    [
        ("cas: [{cas_url: https://cas.example.com}]\npolicy: {namespace: a}\n", "cas_url: cas.example.com"),
        (
            "cas: [{cas_url: a}]\npolicy: {namespace: a, tolerate: maa-managed-tcb, maa: http://a.b.attest.azure.net}\n",
            "maa: https://a.b.attest.azure.net",
        ),
    ],
)
def test_addresses(lines: str, meant: str):
    mesh = "apiVersion: scone/5.8\nkind: mesh\n%senv:\nservices: []\n"
    key = meant.partition(":")[0]

    check_fix(mesh % lines, mesh % re.sub(rf"{key}: \S+?(?=[}}])", meant, lines))
