import pytest

from tests.dsl.checks import check_diagnostics, check_fix, check_no_fix

SECRETS = """\
apiVersion: scone/5.8
kind: genservice
build: {name: a, kind: python, to: b, command: c}
environment:
secrets:
  import: [other]
  global:
    - {name: key, kind: private-key}
    - {name: ca_key, kind: private-key}
    - {name: ca, kind: x509-ca, private_key: ca_key}
    - {name: odd, kind: "{{namespace}}"}
    - {name: web, kind: x509, private_key: %s, issuer: %s}
"""


@pytest.mark.parametrize(
    ("key", "issuer"), [("key", "ca"), ("other", "other"), ("odd", "odd"), ('"{{namespace}}"', "'ca'")]
)
def test_silence(key: str, issuer: str):
    check_diagnostics(SECRETS % (key, issuer))


def test_the_key_of_a_token_is_a_text():
    given = "    - {name: d, kind: aad-token, tenant_id: b, client_id: c, private_key: web}\n"

    check_diagnostics(SECRETS % ("key", "ca") + given)


def test_both_are_wrong():
    check_diagnostics(
        SECRETS % ("ca", "web")
        + "#                                          ^^ wrong-secret-kind: `ca` is a secret of kind `x509-ca`; `private_key` takes one of kind `private-key`, such as `ca_key`\n"
        + "#                                                      ^^^ wrong-secret-kind: `web` is a secret of kind `x509`; `issuer` takes one of kind `x509-ca`, such as `ca`\n"
    )


def test_the_only_one_of_its_kind():
    check_fix(SECRETS % ("key", "ca_key"), SECRETS % ("key", "ca"))


def test_nothing_fits():
    check_no_fix(SECRETS % ("web", "ca"))


def test_the_workspace_knows_kinds_of_imports():
    check_diagnostics("""
        #- /shop.yaml
        apiVersion: scone/5.8
        kind: genservice
        build: {name: shop, kind: python, to: shop:1, command: c}
        environment:
        secrets:
          import: [store_key, unknown]
          global:
            - {name: key, kind: private-key}
            - {name: web, kind: x509, private_key: key, issuer: store_key}
        #                                                       ^^^^^^^^^ wrong-secret-kind: `store_key` is a secret of kind `private-key`; `issuer` takes one of kind `x509-ca`
            - {name: api, kind: x509, private_key: key, issuer: unknown}
        #- /store.yaml
        apiVersion: scone/5.8
        kind: genservice
        build: {name: store, kind: python, to: store:1, command: c}
        environment:
        secrets:
          global:
            - {name: store_key, kind: private-key}
        #- /mesh.yaml
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - {name: cas, alias: [image, security, access, attestation], cas_url: a}
        policy: {namespace: a}
        env:
        services:
          - {name: shop, image: shop:1}
          - {name: store, image: store:1}
          - {name: third, image: third:1}
    """)
