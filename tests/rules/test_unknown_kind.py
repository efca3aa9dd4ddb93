from tests.dsl.checks import check_diagnostics, check_fix, check_fix_titles

BODY = "build: {name: a, kind: python, to: b, command: c}\nenvironment:\n"


def test_a_variable_may_become_any_kind():
    check_diagnostics(f"#- /mesh.yaml.template\napiVersion: scone/5.8\nkind: $KIND\n{BODY}")


def test_a_kind_of_other_tools():
    check_diagnostics("apiVersion: v1\nkind: Service\n")


def test_a_misspelt_kind():
    check_diagnostics(
        f"apiVersion: scone/5.8\nkind: genservce\n#     ^^^^^^^^^ unknown-kind: unknown kind `genservce`; did you mean `genservice`?\n{BODY}"
    )
    check_fix(f"apiVersion: scone/5.8\nkind: genservce\n{BODY}", f"apiVersion: scone/5.8\nkind: genservice\n{BODY}")


def test_a_kind_half_typed():
    check_diagnostics(
        f"apiVersion: scone/5.8\nkind: gen\n#     ^^^ unknown-kind: unknown kind `gen`; did you mean `genservice`?\n{BODY}"
    )


def test_the_other_keys_tell_which_is_meant():
    check_diagnostics(
        f"apiVersion: scone/5.8\nkind: potato\n#     ^^^^^^ unknown-kind: unknown kind `potato`; it is `genservice` or `mesh`\n{BODY}"
    )
    check_fix_titles(f"apiVersion: scone/5.8\nkind: potato\n{BODY}", "change it to `genservice`")


def test_nothing_tells_which_is_meant():
    check_fix_titles("apiVersion: scone/5.8\nkind: potato\n", "change it to `genservice`", "change it to `mesh`")


def test_no_kind_yet():
    check_diagnostics(
        "apiVersion: scone/5.8\nkind:\n#^^^ unknown-kind: `kind` has no value; it is `genservice` or `mesh`\n"
    )


def test_of_two_kinds_the_first_one_counts():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: genservice
        build: {name: a, kind: python, to: b, command: c}
        environment:
        kind: mesh
        #^^^ duplicate-key: duplicate key `kind`; it stands on line 2 already
    """)


def test_the_keys_of_another_kind():
    body = "build: {name: a, kind: python, to: b, command: c}\nenvironment:\n"

    check_diagnostics(
        f"apiVersion: scone/5.8\nkind: mesh\n#     ^^^^ unknown-kind: kind `mesh`, and the keys of a `genservice`\n{body}"
    )
    check_fix(f"apiVersion: scone/5.8\nkind: mesh\n{body}", f"apiVersion: scone/5.8\nkind: genservice\n{body}")


def test_keys_of_both_kinds():
    check_diagnostics(
        "apiVersion: scone/5.8\nkind: mesh\ncas: []\npolicy: {namespace: a}\nenv:\nservices: []\n"
        "build: {}\n#^^^^ unknown-key: unknown key `build`\n"
        "secrets: {}\n#^^^^^^ unknown-key: unknown key `secrets`\n"
    )
