import pytest

from tests.dsl.checks import check_diagnostics, check_fix

SECRETS = """\
apiVersion: scone/5.8
kind: genservice
build: &shared {name: a, kind: python, to: b, command: c}
environment:
secrets:
  global:
    - {name: key, kind: private-key, key_type: P-384, migrate: true}
"""


@pytest.mark.parametrize(
    "secret",
    [
        "{name: a, kind: ascii, size: 3, dns: }",
        '{name: a, kind: "{{namespace}}", dns: [b], size: 3}',
        "{name: a, kind: x509, private_key: key, dns: [b], endpoint: server, common_name: c, valid_for: 1 year}",
        "{name: a, kind: x509, private_key: key, endpoint: client}",
        "{name: a, kind: config-fragment, value: b, size: 3}",
        "{name: a, kind: aad-token, tenant_id: b, client_id: c, private_key: d, certificate_thumbprint: e}",
        "{name: a, kind: aad-token, <<: *shared}",
    ],
)
def test_silence(secret: str):
    check_diagnostics(SECRETS + f"    - {secret}\n")


def test_keys_of_other_kinds():
    check_diagnostics(
        SECRETS
        + """\
    - name: ca
      kind: x509-ca
      private_key: key
      dns: [a]
#     ^^^ unsuitable-key: a secret of kind `x509-ca` has no `dns`
      endpoint: server
#     ^^^^^^^^ unsuitable-key: a secret of kind `x509-ca` has no `endpoint`
    - name: text
      kind: ascii
      private_key: nobody
#     ^^^^^^^^^^^ unsuitable-key: a secret of kind `ascii` has no `private_key`
"""
    )


def test_keys_that_exclude_each_other():
    check_diagnostics(
        SECRETS
        + """\
    - name: client
      kind: x509
      private_key: key
      dns: [a]
#     ^^^ unsuitable-key: `dns` makes no sense together with `endpoint: client`
      endpoint: "client"
    - name: bytes
      kind: binary
      size: 2
#     ^^^^ unsuitable-key: `size` makes no sense together with `value`
      value: feed
"""
    )


def test_keys_that_a_kind_needs():
    check_diagnostics(
        SECRETS
        + """\
    - name: token
      kind: aad-token
#           ^^^^^^^^^ unsuitable-key: a secret of kind `aad-token` needs `application_secret` or `private_key`
      tenant_id: b
      client_id: c
"""
    )


def test_it_is_removed():
    before = SECRETS + "    - name: text\n      kind: ascii\n      dns:\n        - a # b\n      size: 3\n"

    check_fix(before, before.replace("      dns:\n        - a # b\n", ""))


def test_it_is_removed_from_braces():
    check_fix(SECRETS + "    - {name: a, kind: ascii, dns: [b]}\n", SECRETS + "    - {name: a, kind: ascii}\n")


def test_it_is_removed_behind_a_dash():
    check_fix(
        SECRETS + "    - dns: [b]\n      name: a\n      kind: ascii\n", SECRETS + "    - name: a\n      kind: ascii\n"
    )


def test_what_is_missing_is_added():
    before = SECRETS + "    - name: a\n      kind: aad-token\n      client_id: b\n      private_key: c\n"

    check_fix(
        before,
        before.replace("token\n", "token\n      tenant_id: 11111111-2222-3333-4444-555555555555\n"),
    )
