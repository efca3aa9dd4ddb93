import pytest

from tests.dsl.checks import check_diagnostics, check_fix, check_fix_titles, check_no_fix

HEAD = "apiVersion: scone/5.8\nkind: genservice\nbuild: {name: a, kind: python, to: b, command: c}\n"
USE = HEAD + "environment:\n  local:\n    - name: A\n      value: %s\n"


@pytest.mark.parametrize(
    "value",
    [
        '"{{namespace}}"',
        '"{{cas.security.cas_key}}"',
        '"{{cas_cas_cas_url}}"',
        '"{{ .Values.port }}"',
        '"{{default x}}"',
        '"{{#if namespace}}a{{else}}{{this}}{{/if}}"',
        '"{{#each hosts}}{{port}} {{/each}}"',
        '"{{@index}}"',
        "a {{por",
        '"{{hosts.first}}"',
    ],
)
def test_what_needs_no_declaration(value: str):
    check_diagnostics(USE % value)


def test_a_declaration_without_value_is_one():
    check_diagnostics(USE % '"{{ port }}{{{port}}}"' + "  global:\n    - name: port\n")


def test_a_mesh_may_use_what_it_likes():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - {name: cas, alias: [image, security, access, attestation], cas_url: a}
        policy: {namespace: a}
        env:
          - service: global
            env:
              - name: url
                value: "{{host}}"
        services:
    """)


@pytest.mark.parametrize(
    "declared", ["  global: $GLOBAL\n", "  global:\n    - name: $NAME\n", "  global:\n    - *port\n"]
)
def test_silence_while_there_may_be_more_declarations(declared: str):
    anchor = HEAD.replace("name: a,", "name: &port a,")
    check_diagnostics("#- /mesh.yaml.template\n" + (USE % '"{{port}}"').replace(HEAD, anchor) + declared)


def test_a_local_variable_is_none_for_the_mesh():
    check_diagnostics(
        USE % '"{{A}}"'
        + "#               ^ undeclared-variable: variable `A` is not declared under `environment.global`\n"
    )


def test_facts_about_a_cas_are_known():
    check_fix(USE % '"{{cas.cas.cas_uri}}"', USE % '"{{cas.cas.cas_url}}"')


def test_in_an_injected_file():
    check_diagnostics(
        HEAD
        + """\
environment:
injection_files:
  - path: /a
    content: |
      {"host": "{{api_host}}", "port": {{ api_port }}}
#                 ^^^^^^^^ undeclared-variable: variable `api_host` is not declared under `environment.global`
#                                         ^^^^^^^^ undeclared-variable: variable `api_port` is not declared under `environment.global`
"""
    )


def test_all_ways_out():
    check_fix_titles(
        USE % '"{{prot}}"' + "  global:\n    - name: port\n",
        "change it to `port`",
        "declare it under `environment.global`",
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "  global:\n    - name: port\n"),
        ("  global:\n", "  global:\n    - name: port\n"),
        ("  global: []\n", "  global: [{name: port}]\n"),
        ("  global:\n  - name: a\n", "  global:\n  - name: a\n  - name: port\n"),
    ],
)
def test_it_is_declared(before: str, after: str):
    check_fix(USE % '"{{port}}"' + before, USE % '"{{port}}"' + after)


def test_no_name_is_declared_twice():
    check_no_fix(
        "apiVersion: scone/5.8\nkind: genservice\nbuild: {name: a, kind: python, to: b, command: 'c {{LOCAL<|>}}'}\n"
        "environment:\n  local:\n    - {name: LOCAL, value: 1}\n"
    )
