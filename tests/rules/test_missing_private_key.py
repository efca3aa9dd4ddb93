import pytest

from tests.dsl.checks import check_diagnostics, check_fix, check_fix_titles

HEAD = (
    "apiVersion: scone/5.8\nkind: genservice\nbuild: &shared {name: a, kind: python, to: b, command: c}\nenvironment:\n"
)
SECRETS = HEAD + "secrets:\n  global:\n"


@pytest.mark.parametrize(
    "secret",
    [
        "{name: a, kind: ascii}",
        '{name: a, kind: x509, private_key: "{{namespace}}"}',
        '{name: a, kind: x509-ca, value: "{{namespace}}"}',
        "{name: a, kind: aad-token, tenant_id: b, client_id: c, application_secret: d}",
        '{name: a, kind: "{{namespace}}"}',
        "{<<: *shared, name: a, kind: x509}",
    ],
)
def test_silence(secret: str):
    check_diagnostics(SECRETS + f"    - {secret}\n")


def test_a_misspelt_key_stands_for_it():
    check_diagnostics(
        SECRETS
        + "    - name: a\n      kind: x509\n      privatekey: a_key\n"
        + "#     ^^^^^^^^^^ unknown-key: unknown key `privatekey`; did you mean `private_key`?\n"
    )


def test_an_empty_key_is_none():
    check_diagnostics(
        SECRETS
        + "    - name: a\n      kind: x509-ca\n"
        + "#           ^^^^^^^ missing-private-key: a secret of kind `x509-ca` needs `private_key` or `value`\n"
        + "      issuer:\n"
    )


def test_all_ways_out():
    text = SECRETS + "    - {name: ca_key, kind: private-key}\n    - {name: web, kind: x509}\n"

    check_fix_titles(text, "name `ca_key`", "declare `web_key` and name it")
    check_fix(text, text.replace("x509", "x509, private_key: ca_key"))


def test_the_one_with_a_similar_name():
    keys = "    - {name: ca_key, kind: private-key}\n    - {name: web_key, kind: private-key}\n"

    check_fix(
        SECRETS + keys + "    - {name: web, kind: x509}\n",
        SECRETS + keys + "    - {name: web, kind: x509, private_key: web_key}\n",
    )


def test_none_is_near():
    keys = "    - {name: a, kind: private-key}\n    - {name: b, kind: private-key}\n"

    check_fix_titles(SECRETS + keys + "    - {name: web, kind: x509}\n", "declare `web_key` and name it")


def test_a_new_one_is_declared():
    check_fix(
        SECRETS + "    - name: web\n      kind: x509 # for the front\n      dns: [a]\n",
        SECRETS + "    - name: web\n      kind: x509 # for the front\n      private_key: web_key\n      dns: [a]\n"
        "    - name: web_key\n      kind: private-key\n",
    )


def test_a_new_one_is_declared_at_the_end():
    check_fix(
        SECRETS + "    - name: web\n      kind: x509\n",
        SECRETS + "    - name: web\n      kind: x509\n      private_key: web_key\n"
        "    - name: web_key\n      kind: private-key\n",
    )


def test_the_name_of_a_new_one_is_free():
    check_fix_titles(
        HEAD + "secrets:\n  import: [web_key, web_key2]\n  global:\n    - {name: web, kind: x509}\n",
        "declare `web_key3` and name it",
    )


def test_an_empty_key_is_filled_in():
    keys = (
        "    - name: web\n      kind: x509\n      private_key:%s # which?\n    - {name: web_key, kind: private-key}\n"
    )

    check_fix(SECRETS + keys % "", SECRETS + keys % " web_key")
    check_fix(SECRETS + keys % " ~", SECRETS + keys % " web_key")
