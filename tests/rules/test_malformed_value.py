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
