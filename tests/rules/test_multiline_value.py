import pytest

from tests.dsl.checks import check_diagnostics

MESH = (
    "apiVersion: scone/5.8\nkind: mesh\ncas:\n  - cas_url: a\npolicy: {namespace: a}\nenv:\n  - service: global\n"
    "    env:\n      - name: text\n        value: %s\nservices:\n  - image: a\n"
)


@pytest.mark.parametrize(
    "value",
    [
        "one line",
        "|\n          one line",
        "|\n\n          one line\n\n",
        ">\n          two\n          lines that become one",
        "|\n          |\n              two\n              lines",
        "|\n          >-\n              two\n              lines",
        '"|\\n  two\\n  lines"',
        "plain\n          text",
    ],
)
def test_silence(value: str):
    check_diagnostics(MESH % value)


def test_quotes_have_lines_as_well():
    check_diagnostics(
        (MESH % '"two\\nlines"').replace(
            "\nservices",
            "\n#              ^^^^^^^^^^^^ multiline-value: this value has several lines and is pasted into YAML;"
            " it needs a first line ` |` of its own\nservices",
        )
    )


def test_a_service_may_have_lines():
    check_diagnostics(
        "apiVersion: scone/5.8\nkind: genservice\nbuild: {name: a, kind: python, to: b, command: c}\nenvironment:\n"
        "  local:\n    - name: A\n      value: |\n        two\n        lines\n"
    )
