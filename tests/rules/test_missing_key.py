from tests.dsl.checks import check_diagnostics, check_fix, check_severity

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


def test_an_empty_section_is_there():
    check_diagnostics(SERVICE)


def test_a_merge_key_may_bring_it():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: genservice
        build: {name: a, kind: python, to: b, command: c}
        environment:
          local:
            - &one {name: A, value: b}
            - <<: *one
    """)


def test_a_line_that_does_not_parse_may_bring_it():
    check_diagnostics(SERVICE.replace("  to: b\n", "  to b\n# ^^^^ missing-colon: `to` has no colon\n"))


def test_a_misspelt_key_stands_for_it():
    check_diagnostics(
        SERVICE.replace(
            "  command: c\n", "  comand: c\n# ^^^^^^ unknown-key: unknown key `comand`; did you mean `command`?\n"
        )
    )


def test_at_the_top_the_kind_is_marked():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: genservice
        #^^^ missing-key: missing key `environment`
        build: {name: a, kind: python, to: b, command: c}
    """)


def test_in_a_section_its_key_is_marked():
    check_diagnostics(
        SERVICE.replace("build:\n", "build:\n#^^^^ missing-key: missing key `to` in `build`\n").replace("  to: b\n", "")
    )


def test_in_a_flow_mapping():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: genservice
        build: {name: a, kind: python, to: b, command: c}
        environment:
          global: [{value: a}]
        #          ^^^^^^^^^^ missing-key: missing key `name` in this entry of `global`
    """)


def test_a_manifest_that_does_not_say_what_it_is():
    check_diagnostics("""
        apiVersion: scone/5.8
        #^^^^^^^^^ missing-key: missing key `kind`
        unheard: of
    """)


def test_the_schema_says_how_bad_it_is():
    check_severity("apiVersion: scone/5.8\nkind: mesh\ncas:\npolicy: {}\nenv:\nservices:\n", "warning")


def test_it_is_added_where_it_usually_stands():
    check_fix(SERVICE.replace("  kind: python\n", ""), SERVICE)


def test_it_is_added_first():
    check_fix(SERVICE.replace("apiVersion: scone/5.8\n", ""), SERVICE)


def test_it_is_added_with_all_that_has_to_stand_below():
    check_fix(
        "apiVersion: scone/5.8\nkind: mesh\ncas:\n    - cas_url: a\nenv:\nservices:\n",
        "apiVersion: scone/5.8\nkind: mesh\ncas:\n    - cas_url: a\npolicy:\n    namespace: orders-production\nenv:\nservices:\n",
    )


def test_it_is_added_in_braces():
    check_fix(
        "apiVersion: scone/5.8\nkind: mesh\ncas:\npolicy: {}\nenv:\nservices: [{name: a}]\n",
        "apiVersion: scone/5.8\nkind: mesh\ncas:\npolicy: {namespace: orders-production}\nenv:\nservices: [{name: a}]\n",
    )


def test_what_nothing_would_fill_in_is_not_added():
    text = SERVICE.replace("  to: b\n", "").replace("build:", "bui<|>ld:")

    check_fix("#- /service.yaml\n" + text, SERVICE.replace("to: b", "to: registry.example.com/orders:1"))
    check_fix("#- /service.yaml.template\n" + text, SERVICE.replace("to: b", "to: $APP_IMAGE_REPO/orders:1"))
