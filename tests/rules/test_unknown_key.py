from tests.dsl.checks import check_diagnostics, check_fix, check_fix_titles, check_no_fix

SERVICE = """\
apiVersion: scone/5.8
kind: genservice
build:
  name: a
  kind: python
  to: b
  command: c
environment:
"""


def test_all_of_a_template_is_known():
    check_diagnostics("#- /mesh.yaml.template\n" + SERVICE.replace("name: a", "name: $NAME") + "secrets: $SECRETS\n")


def test_parts_that_are_free_have_any_key():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas: []
        policy: {namespace: a}
        env: []
        services: []
        helm_extra_values:
          what: {ever: you, like: it}
    """)


def test_a_key_half_typed():
    check_diagnostics(SERVICE + "inj:\n#^^ unknown-key: unknown key `inj`; did you mean `injection_files`?\n")


def test_two_letters_swapped_in_a_key_that_has_to_be_there():
    check_diagnostics(SERVICE.replace("  to: b\n", "  ot: b\n# ^^ unknown-key: unknown key `ot`; did you mean `to`?\n"))


def test_what_people_write_instead():
    check_fix(
        SERVICE.replace("kind: python", "cmd: python").replace("command", "kind"),
        SERVICE.replace("kind: python", "command: python").replace("command: c", "kind: c"),
    )


def test_no_name_is_proposed_that_is_there_already():
    check_no_fix(SERVICE.replace("environment:", "  comand<|>: d\nenvironment:"))


def test_nothing_is_like_it():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: genservice
        build: {name: a, kind: python, to: b, command: c}
        environment:
          local:
            - name: A
              value: b
              fruit: apple
        #     ^^^^^ unknown-key: unknown key `fruit`; `name` and `value` can stand here
    """)


def test_a_key_in_quotes_keeps_them():
    check_fix(SERVICE.replace("  kind", "  'knid'"), SERVICE.replace("  kind", "  'kind'"))


# Keys at the wrong place.


def test_a_key_that_belongs_into_a_section():
    check_diagnostics(
        SERVICE
        + "requirements: all.txt\n#^^^^^^^^^^^ unknown-key: unknown key `requirements`; it belongs under `build`\n"
    )
    check_fix(
        SERVICE + "requirements: all.txt\n",
        SERVICE.replace("  command: c\n", "  command: c\n  requirements: all.txt\n"),
    )


def test_a_key_with_lines_of_its_own_moves_with_them():
    check_fix(
        SERVICE + "copy:\n  - a.py # first\n\n  - b.py\nsecrets:\n",
        SERVICE.replace("  command: c\n", "  command: c\n  copy:\n    - a.py # first\n\n    - b.py\n") + "secrets:\n",
    )


def test_a_key_that_slipped_to_the_left():
    check_fix(SERVICE.replace("  command", "command"), SERVICE)


def test_a_key_that_slipped_to_the_right():
    check_fix(
        SERVICE.replace("command: c", "command: c\n  signature:\n    sign: true\n    pwd: /a"),
        SERVICE.replace("command: c", "command: c\n  signature:\n    sign: true\n  pwd: /a"),
    )


def test_a_section_that_slipped_to_the_right_is_one_mistake():
    before = """
        apiVersion: scone/5.8
        kind: genservice
        environment:
          global:
            - name: a
          build:
        # ^^^^^ unknown-key: unknown key `build`; it belongs at the top level
          name: a
          kind: python
          to: b
          command: c
    """

    check_diagnostics(before)
    check_fix_titles(before, "move it to the top level")


def test_the_first_key_of_a_section_slipped():
    check_diagnostics(
        """
        apiVersion: scone/5.8
        kind: genservice
        environment:
        build:
        name: a
        #^^^ unknown-key: unknown key `name`; it belongs under `build`
        pwd: /a
        to: b
        command: c
    """
    )


def test_a_name_that_stands_in_many_places_is_claimed_by_none():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: genservice
        build: {name: a, kind: python, to: b, command: c}
        environment: {}
        secrets: {}
        path: a
        #^^^ unknown-key: unknown key `path`
    """)


def test_another_word_for_a_key_that_has_to_be_there():
    check_diagnostics(
        SERVICE.replace(
            "  kind: python\n", "  type: python\n# ^^^^ unknown-key: unknown key `type`; did you mean `kind`?\n"
        )
    )
    check_diagnostics(
        f"{SERVICE}  local:\n    - key: A\n#     ^^^ unknown-key: unknown key `key`; did you mean `name`?\n      value: b\n"
    )


def test_a_lost_colon_in_braces_is_one_mistake():
    for written in ("name A", "name:A", "name=A"):
        label = f"unknown-key: unknown key `{written}`; did you mean `name: A`?"
        text = f"{SERVICE}  local:\n    - {{{written}, value: b}}\n#      {'^' * len(written)} {label}\n"

        check_diagnostics(text)
        check_fix(text, f"{SERVICE}  local:\n    - {{name: A, value: b}}\n")
