from tests.dsl.checks import check_diagnostics, check_fix, check_no_fix

HEAD = "apiVersion: scone/5.8\nkind: mesh\ncas: []\npolicy: {namespace: a}\n"
TAIL = "services: []\n"
FLAT = "this entry of `env` has an old form; write an entry `service: global` whose `env` holds the variable"


def test_groups_are_the_form_of_today():
    check_diagnostics(f"{HEAD}env:\n  - service: global\n    env: [{{name: a, value: b}}]\n  - service: a\n{TAIL}")


def test_one_report_for_a_whole_list():
    check_diagnostics(
        f"{HEAD}env:\n  - name: a\n#   ^^^^ deprecated-form: {FLAT}\n    value: b\n  - name: c\n    value: d\n{TAIL}"
    )


def test_other_mistakes_in_the_old_form_are_found_as_well():
    check_diagnostics(
        f"{HEAD}env:\n  - name: a\n#   ^^^^ deprecated-form: {FLAT}\n#   ^^^^ missing-key: missing key `value` in this entry of `env`\n{TAIL}"
    )


def test_grouping_in_a_compact_list():
    check_fix(
        f"{HEAD}env:\n- name: a # one\n  value: b\n\n- name: c\n  value: |\n    d\n{TAIL}",
        f"{HEAD}env:\n- service: global\n  env:\n  - name: a # one\n    value: b\n\n  - name: c\n    value: |\n      d\n{TAIL}",
    )


def test_the_oldest_form_gets_new_names_too():
    check_fix(
        f"{HEAD}env:\n  - key: a\n    value: b\n  - value: d\n    key: c\n{TAIL}",
        f"{HEAD}env:\n  - service: global\n    env:\n      - name: a\n        value: b\n      - value: d\n        name: c\n{TAIL}",
    )


def test_groups_between_stay():
    check_fix(
        f"{HEAD}env:\n  - name: a\n    value: b\n  - service: x\n  - name: c\n    value: d\n{TAIL}",
        f"{HEAD}env:\n  - service: global\n    env:\n      - name: a\n        value: b\n  - service: x\n"
        f"  - service: global\n    env:\n      - name: c\n        value: d\n{TAIL}",
    )


def test_an_old_key():
    text = f"{HEAD}env:\n{TAIL}helm:\n  - a=b\n"

    check_diagnostics(
        text.replace(
            "helm:\n", "helm:\n#^^^ deprecated-form: `helm` is an old key; write `helm_extra_values` instead\n"
        )
    )
    check_no_fix(text)
