from tests.dsl.checks import check_diagnostics, check_fix, check_fix_titles

TOP = """\
apiVersion: scone/5.8
kind: genservice
build: {name: a, kind: python, to: b, command: c}
"""


def test_the_same_key_in_two_mappings():
    check_diagnostics(TOP + "environment:\n  global:\n    - name: a\n    - name: b\n")


def test_merge_keys_may_stand_twice():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas: []
        policy: {namespace: a}
        env: []
        services: []
        helm_extra_values:
          a: &a {}
          b:
            <<: *a
            <<: *a
    """)


def test_also_where_anything_may_stand():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas: []
        policy: {namespace: a}
        env: []
        services: []
        helm_extra_values:
          one:
            - deep: 1
              other: 2
              "deep": 3
        #     ^^^^^^ duplicate-key: duplicate key `deep`; it stands on line 9 already
    """)


def test_nothing_is_said_about_the_value_of_the_later_one():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: genservice
        build: {name: a, kind: python, to: b, command: c}
        environment:
        environment: text
        #^^^^^^^^^^ duplicate-key: duplicate key `environment`; it stands on line 4 already
    """)


def test_three_times():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: genservice
        build: {name: a, kind: python, to: b, command: c, name: d, name: e}
        #                                                 ^^^^ duplicate-key: duplicate key `name`; it stands on line 3 already
        #                                                          ^^^^ duplicate-key: duplicate key `name`; it stands on line 3 already
        environment:
    """)


def test_the_later_one_goes_or_the_first_one():
    check_fix_titles(
        TOP + "environment:\nenvironment:\n", "remove this `environment`", "remove the first `environment`"
    )


def test_the_first_one_goes_with_all_that_belongs_to_it():
    check_fix(
        TOP + "environment:\n  global:\n    - name: a\n\nenvironment:\n",
        TOP + "\nenvironment:\n",
        "remove the first `environment`",
    )


def test_no_blank_lines_pile_up():
    check_fix(TOP + "\nenvironment:\n\nenvironment:\n\nsecrets:\n", TOP + "\nenvironment:\n\nsecrets:\n")


def test_at_the_end_of_a_text_without_a_line_end():
    check_fix(TOP + "environment:\nenvironment:", TOP + "environment:")


def test_in_braces():
    check_fix(TOP.replace("c}", "c, name: d}") + "environment:\n", TOP + "environment:\n", "remove this `name`")


def test_behind_a_dash():
    check_fix(
        TOP + "environment:\n  global:\n    - name: a\n      name: b\n",
        TOP + "environment:\n  global:\n    - name: b\n",
        "remove the first `name`",
    )
