import pytest

from tests.dsl.checks import check_diagnostics, check_fix

TOP = "apiVersion: scone/5.8\nkind: genservice\nbuild: {name: a, kind: python, to: b, command: c}\nenvironment:\n  local:\n    - name: A\n      value: "


@pytest.mark.parametrize(
    "value",
    [
        '"{{namespace}}"',
        "'{{session}} b'",
        "http://{{image_name}}",
        "$$SCONE::self::software_identity$$",
        "a {{session}}",
    ],
)
def test_silence(value: str):
    check_diagnostics(f"{TOP}{value}\n")


@pytest.mark.parametrize("value", ["{{a}}", "{{ a }}", "{{a}}/b", "{{a}}:{{b}}", "{{a}} b # c"])
def test_the_value_gets_quotes(value: str):
    plain, _, comment = value.partition(" #")
    check_fix(f"{TOP}{value}\n", f'{TOP}"{plain}"{" #" + comment if comment else ""}\n')


def test_in_a_list():
    check_fix(f"{TOP}b\nsecrets:\n  import:\n    - {{{{a}}}}\n", f'{TOP}b\nsecrets:\n  import:\n    - "{{{{a}}}}"\n')


def test_where_anything_may_stand():
    mesh = "apiVersion: scone/5.8\nkind: mesh\ncas: []\npolicy: {namespace: a}\nenv:\nservices:\nhelm_extra_values:\n  a: {b: %s}\n"

    check_fix(mesh % "{{c}}", mesh % '"{{c}}"')


def test_a_mapping_in_a_mapping_is_none():
    check_diagnostics(
        f"{TOP}{{a: {{b: c}}}}\n#            ^^^^^^^^^^^ wrong-type: `value` is a mapping; it has to be a single value\n"
    )
