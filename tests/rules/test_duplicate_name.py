from tests.dsl.checks import check_diagnostics, check_fix, check_fix_titles, check_no_fix

HEAD = "apiVersion: scone/5.8\nkind: genservice\nbuild: {name: a, kind: python, to: b, command: c}\n"
MESH = """\
apiVersion: scone/5.8
kind: mesh
cas:
  - {name: cas, alias: [image, security, access, attestation], cas_url: a}
policy: {namespace: a}
"""


def test_names_of_different_things():
    check_diagnostics(
        HEAD
        + """\
environment:
  local:
    - {name: a, value: $$SCONE::a$$}
  global:
    - name: b
injection_files:
  - {path: /a, content: b}
secrets:
  import: [b]
  global:
    - {name: a, kind: ascii}
"""
    )


def test_groups_of_a_mesh_give_the_same_variable():
    check_diagnostics(
        MESH
        + """\
env:
  - service: global
    env:
      - {name: a, value: 1}
  - service: shop
    env:
      - {name: a, value: 2}
  - service: store
    env:
      - {name: a, value: 3}
services:
  - {name: shop, image: a}
  - {name: store, image: b}
"""
    )


def test_groups_that_do_not_say_for_whom_they_are():
    check_diagnostics(
        MESH
        + """\
env:
  - env:
#   ^^^ missing-key: missing key `service` in this entry of `env`
      - {name: a, value: 1}
  - env:
#   ^^^ missing-key: missing key `service` in this entry of `env`
      - {name: a, value: 2}
services:
"""
    )


def test_secrets():
    check_diagnostics(
        HEAD
        + """\
environment:
secrets:
  import: [b, a, a]
#             ^ duplicate-name: secret `a` is imported, and declared on line 8
#                ^ duplicate-name: import `a` stands on line 6 already
#                ^ duplicate-name: secret `a` is imported, and declared on line 8
  global:
    - {name: a, kind: ascii}
    - {name: a, kind: binary}
#            ^ duplicate-name: secret `a` stands on line 8 already
"""
    )


def test_variables_in_both_lists():
    check_diagnostics(
        HEAD
        + """\
environment:
  global:
    - name: A
  local:
    - {name: A, value: b}
#            ^ duplicate-name: variable `A` stands on line 6 already
    - {name: A, value: c}
#            ^ duplicate-name: variable `A` stands on line 6 already
"""
    )


def test_variables_of_one_group_and_of_the_old_form():
    check_diagnostics(
        MESH
        + """\
env:
  - service: global
    env:
      - {name: a, value: 1}
      - {name: a, value: 2}
#              ^ duplicate-name: variable `a` stands on line 9 already
services:
"""
    )
    check_diagnostics(
        MESH
        + """\
env:
  - {name: a, value: 1} # scone-ls: ignore[deprecated-form]
  - {name: a, value: 2}
#          ^ duplicate-name: variable `a` stands on line 7 already
services:
"""
    )


def test_services_roles_volumes_and_files():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - {name: cas, alias: [image, security, access, attestation, cas], cas_url: a}
        #                                                             ^^^ duplicate-name: role `cas` stands on line 4 already
        policy: {namespace: a}
        env:
        services:
          - {name: shop, image: a}
          - {name: shop, image: b}
        #          ^^^^ duplicate-name: service `shop` stands on line 8 already
    """)
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: genservice
        build:
          name: a
          kind: python
          to: b
          command: c
          volumes:
            - {name: data, path: /a}
            - {name: data, path: /b}
        #            ^^^^ duplicate-name: volume `data` stands on line 9 already
        environment:
        injection_files:
          - {path: /a, content: b}
          - {path: "/a", content: c}
        #           ^^ duplicate-name: injected file `/a` stands on line 13 already
    """)


def test_the_very_same_text_is_removed():
    twice = HEAD + "environment:\n  local:\n    - name: A\n      value: b\n    - name: A\n      value: b\n"

    check_fix(twice, HEAD + "environment:\n  local:\n    - name: A\n      value: b\n")


def test_which_value_is_right_nobody_knows():
    check_no_fix(HEAD + "environment:\n  local:\n    - {name: A, value: b}\n    - {name: A, value: c}\n")


def test_a_role_or_an_import_can_be_removed():
    check_fix(
        MESH.replace("attestation]", "attestation, cas]") + "env:\nservices:\n",
        MESH + "env:\nservices:\n",
        "remove this one",
    )
    check_fix_titles(
        HEAD + "environment:\nsecrets:\n  import: [<|>a]\n  global:\n    - {name: a, kind: ascii}\n", "remove this one"
    )


def test_a_key_that_stands_twice_is_one_mistake():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - cas_url: a
            name: cas
            alias: [image, security, access, attestation]
            alias: [image, security, access, attestation]
        #   ^^^^^ duplicate-key: duplicate key `alias`; it stands on line 6 already
        policy: {namespace: a}
        env:
        services: []
    """)
