from tests.dsl.checks import check_diagnostics, check_fix, check_no_fix

TOP = """\
apiVersion: scone/5.8
kind: genservice
build:
  name: a
  kind: python
  to: b
  command: c
"""


def test_a_lone_variable_passes_everywhere():
    check_diagnostics(
        "#- /mesh.yaml.template\n"
        + TOP
        + "environment: $ENVIRONMENT\nsecrets:\n  global: ${SECRETS}\n  import: ['$ONE']\n"
    )


def test_a_variable_with_more_does_not():
    check_diagnostics(
        "#- /mesh.yaml.template\n"
        + TOP
        + "environment: $ENV and more\n#            ^^^^^^^^^^^^^ wrong-type: `environment` is text; it has to be a mapping\n"
    )


def test_an_alias_is_not_judged():
    check_diagnostics(TOP + "environment: &e {}\nsecrets: *e\n")


def test_a_tag_of_ones_own_is_not_judged():
    check_diagnostics(TOP + "environment: !ours text\n")


def test_any_scalar_is_a_scalar():
    check_diagnostics(TOP.replace("name: a", "name: 5").replace("to: b", "to: true") + "environment:\n")


def test_a_key_without_a_value_is_marked_itself():
    check_diagnostics(
        TOP.replace("to: b\n", "to:\n# ^^ wrong-type: `to` is empty; it has to be a single value\n") + "environment:\n"
    )


def test_an_empty_entry():
    check_diagnostics(
        TOP
        + "environment:\n  global:\n    - name: a\n    -\n#   ^ wrong-type: this entry of `global` is empty; it has to be a mapping\n"
    )


def test_of_a_block_only_the_beginning_is_marked():
    check_diagnostics(
        TOP.replace(
            "to: b\n",
            "to:\n    one: 1\n#   ^^^ wrong-type: `to` is a mapping; it has to be a single value\n    two: 2\n",
        )
        + "environment:\n"
    )


def test_true_or_false():
    check_diagnostics(
        TOP
        + "  signature: {sign: 5}\n#                   ^ wrong-type: `sign` is a number; it has to be `true` or `false`\nenvironment:\n"
    )


# Mending.


def test_a_value_becomes_a_list_in_the_style_of_the_document():
    check_fix(
        TOP + "  copy: a.py # all\nenvironment:\n  global:\n  - name: a\n",
        TOP + "  copy:\n  - a.py # all\nenvironment:\n  global:\n  - name: a\n",
    )


def test_a_value_in_braces_becomes_a_list():
    check_fix(TOP + "environment:\nsecrets: {import: a}\n", TOP + "environment:\nsecrets: {import: [a]}\n")


def test_a_list_of_one_becomes_its_entry():
    check_fix(
        TOP.replace("command: c", "command: [python3 a.py]") + "environment:\n",
        TOP.replace("command: c", "command: python3 a.py") + "environment:\n",
    )


def test_a_block_list_of_one_becomes_its_entry():
    check_fix(
        TOP.replace("command: c", "command:\n    - c") + "environment:\n",
        TOP.replace("command: c", "command:\n    c") + "environment:\n",
    )


def test_a_list_of_several_is_left_alone():
    check_no_fix(TOP.replace("command: c", "command: [python3, a.py]") + "environment:\n")


def test_a_mapping_becomes_the_entry_of_a_list():
    check_fix(
        TOP + "environment:\n  global:\n    name: a\n    value: b\n",
        TOP + "environment:\n  global:\n    - name: a\n      value: b\n",
    )


def test_the_dashes_come_off_a_mapping():
    check_fix(
        TOP + "environment:\n  - local:\n      - name: A\n        value: b\n  - global:\n      - name: c\n",
        TOP + "environment:\n    local:\n      - name: A\n        value: b\n    global:\n      - name: c\n",
    )


def test_a_colon_is_missing_in_an_entry():
    check_fix(TOP + "environment:\n  global:\n    - name a\n", TOP + "environment:\n  global:\n    - name: a\n")


def test_a_blank_is_missing_behind_a_colon():
    check_fix(TOP + "environment:\n  global:\n    - name:a\n", TOP + "environment:\n  global:\n    - name: a\n")


def test_an_entry_that_is_only_a_name():
    check_fix(TOP + "environment:\n  global:\n    - a\n", TOP + "environment:\n  global:\n    - name: a\n")


def test_a_mapping_of_one_pair_becomes_its_value():
    check_fix(
        TOP + "environment:\nsecrets:\n  import:\n    - name: a\n", TOP + "environment:\nsecrets:\n  import:\n    - a\n"
    )


def test_names_and_values_become_a_list():
    head = "apiVersion: scone/5.8\nkind: genservice\nbuild: {name: a, kind: python, to: b, command: c}\nenvironment:\n"

    check_fix(
        f"{head}  local:\n    ONE: 1 # one\n    TWO: 'two'\n",
        f"{head}  local:\n    - name: ONE\n      value: 1 # one\n    - name: TWO\n      value: 'two'\n",
    )


def test_what_are_no_items_becomes_no_list():
    head = "apiVersion: scone/5.8\nkind: mesh\ncas: []\npolicy: {namespace: a}\nenv:\n"

    check_no_fix(f"{head}services:\n  web:\n    image: a\n")
    check_no_fix(f"{head}  - A=b\nservices: []\n")


def test_dashes_that_touch_what_follows():
    head = "apiVersion: scone/5.8\nkind: genservice\nenvironment:\nbuild:\n  name: a\n  kind: python\n  to: b\n  command: c\n"

    check_fix(f"{head}  copy:\n    -a.py\n    -b.py\n", f"{head}  copy:\n    - a.py\n    - b.py\n")


def test_a_text_with_commas_becomes_several_items():
    check_fix(
        TOP + "  copy: a.py, b.py # all\nenvironment:\n",
        TOP + "  copy: [a.py, b.py] # all\nenvironment:\n",
    )
    check_fix(
        TOP + "  run: echo a, b\nenvironment:\n",
        TOP + "  run:\n    - echo a, b\nenvironment:\n",
    )
