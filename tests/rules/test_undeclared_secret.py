import pytest

from tests.dsl.checks import check_diagnostics, check_fix, check_fix_titles

HEAD = "apiVersion: scone/5.8\nkind: genservice\nbuild: {name: a, kind: python, to: b, command: c}\n"
USE = HEAD + "environment:\n  local:\n    - name: A\n      value: %s\n"
PASSWORD = USE % "$$SCONE::password$$"
MISSING = "secret `password` is neither declared nor imported"


@pytest.mark.parametrize(
    "value", ["$$SCONE::self::software_identity$$", '"$$SCONE::$NAME$$"', "$SCONE:a", "plain", '"$$SCONE::pre$X$$"']
)
def test_what_is_no_secret_of_ours(value: str):
    check_diagnostics(USE % value)


def test_an_import_is_enough():
    check_diagnostics(PASSWORD + "secrets:\n  import: [password]\n")


def test_a_mesh_can_declare_none():
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
                value: db://$$SCONE::password$$
        services:
    """)


def test_the_key_of_a_token_is_a_text():
    check_diagnostics(
        HEAD
        + "environment:\nsecrets:\n  global:\n"
        + "    - {name: d, kind: aad-token, tenant_id: b, client_id: c, private_key: abc}\n"
    )


@pytest.mark.parametrize(
    "secrets",
    [
        "secrets:\n  global: $SECRETS\n",
        "secrets:\n  global:\n    - name: $NAME\n      kind: ascii\n",
        "secrets:\n  global:\n    - name: pre_{{namespace}}\n      kind: ascii\n",
        "secrets:\n  import: [$A]\n",
    ],
)
def test_silence_while_there_may_be_more_declarations(secrets: str):
    check_diagnostics(
        "#- /mesh.yaml.template\n"
        + PASSWORD.replace("environment:", "environment:\n  global:\n    - name: x")
        + secrets
    )


def test_a_misspelt_section_may_hold_it():
    check_diagnostics(
        PASSWORD
        + "secrets:\n  globl:\n# ^^^^^ unknown-key: unknown key `globl`; did you mean `global`?\n"
        + "    - name: password\n      kind: ascii\n"
    )


def test_keys_refer_to_secrets_as_well():
    check_diagnostics(
        HEAD
        + """\
environment:
secrets:
  global:
    - name: web
      kind: x509
      private_key: web_key
#                  ^^^^^^^ undeclared-secret: secret `web_key` is neither declared nor imported
      issuer: ca
#             ^^ undeclared-secret: secret `ca` is neither declared nor imported
"""
    )


def test_every_place_is_reported():
    check_diagnostics(
        USE % "'$$SCONE::a$$ $$SCONE::a|escape(json)$$'"
        + "#                      ^ undeclared-secret: secret `a` is neither declared nor imported\n"
        + "#                                   ^ undeclared-secret: secret `a` is neither declared nor imported\n"
    )


def test_a_placeholder_for_nothing():
    check_diagnostics(
        USE % "$$SCONE::$$" + "#            ^^^^^^^^^^^ undeclared-secret: this placeholder names no secret\n"
    )


def test_all_ways_out():
    check_fix_titles(
        USE % "$$SCONE::pasword$$" + "secrets:\n  import: [password]\n",
        "change it to `password`",
        "declare it under `secrets.global`",
        "import it under `secrets.import`",
    )


def test_it_is_declared_in_a_new_section():
    check_fix(
        PASSWORD,
        PASSWORD + "secrets:\n  global:\n    - name: password\n      kind: ascii\n",
        "declare it under `secrets.global`",
    )


@pytest.mark.parametrize(
    ("suffix", "kind"), [(":hex", "binary"), (".crt", "x509"), (":pkcs8:der", "private-key"), (":odd", "ascii")]
)
def test_it_is_declared_with_the_kind_that_is_asked_for(suffix: str, kind: str):
    before = USE % f"$$SCONE::a{suffix}$$"

    check_fix(
        before,
        before + f"secrets:\n  global:\n    - name: a\n      kind: {kind}\n",
        "declare it under `secrets.global`",
    )


def test_a_key_says_which_kind_it_wants():
    before = HEAD + "environment:\nsecrets:\n  global:\n    - {name: a, kind: x509, private_key: b}\n"

    check_fix(before, before + "    - name: b\n      kind: private-key\n", "declare it under `secrets.global`")


def test_it_is_imported_in_brackets():
    check_fix(
        PASSWORD + "secrets: {import: [a], global: }\n",
        PASSWORD + "secrets: {import: [a, password], global: }\n",
        "import it under `secrets.import`",
    )


def test_it_is_declared_in_braces():
    check_fix(
        PASSWORD + "secrets: {import: [a]}\n",
        PASSWORD + "secrets: {import: [a], global: [{name: password, kind: ascii}]}\n",
        "declare it under `secrets.global`",
    )


def test_it_is_imported_below_an_empty_key():
    check_fix(
        PASSWORD + "secrets:\n  import: # none yet\n",
        PASSWORD + "secrets:\n  import: # none yet\n    - password\n",
        "import it under `secrets.import`",
    )


def test_other_quotes_and_names_stay():
    check_fix(
        HEAD + "environment:\nsecrets:\n  global:\n    - {name: a_key, kind: private-key}\n"
        "    - {name: a, kind: x509, private_key: 'akey'}\n",
        HEAD + "environment:\nsecrets:\n  global:\n    - {name: a_key, kind: private-key}\n"
        "    - {name: a, kind: x509, private_key: 'a_key'}\n",
    )


def test_a_certificate_is_declared_with_its_key():
    before = (
        HEAD
        + "environment:\n  local:\n    - {name: A, value: $$SCONE::web.crt$$}\nsecrets:\n  global:\n"
        + "    - name: web_key\n      kind: private-key\n"
    )

    check_fix(
        before,
        before + "    - name: web\n      kind: x509\n      private_key: web_key\n",
        "declare it under `secrets.global`",
    )


def test_a_certificate_is_declared_with_a_new_key():
    for before, after in (
        (
            "secrets:\n  global:\n    - name: pw\n      kind: ascii\n",
            "    - name: web_key\n      kind: private-key\n    - name: web\n      kind: x509\n      private_key: web_key\n",
        ),
        (
            "secrets: {global: [{name: pw, kind: ascii}]}\n",
            "secrets: {global: [{name: pw, kind: ascii}, {name: web_key, kind: private-key}, {name: web, kind: x509, private_key: web_key}]}\n",
        ),
    ):
        head = HEAD + "environment:\n  local:\n    - {name: A, value: $$SCONE::web.crt$$}\n"

        check_fix(
            head + before,
            head + (after if after.startswith("secrets") else before + after),
            "declare it under `secrets.global`",
        )
