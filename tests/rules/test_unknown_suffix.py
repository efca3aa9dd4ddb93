import pytest

from tests.dsl.checks import check_diagnostics, check_fix

USE = """\
apiVersion: scone/5.8
kind: genservice
build: {name: a, kind: python, to: b, command: c}
environment:
  local:
    - name: A
      value: "%s"
secrets:
  global:
    - name: text
      kind: ascii
    - name: bytes
      kind: binary
    - name: key
      kind: private-key
    - name: certificate
      kind: x509
      private_key: key
    - name: odd
      kind: "{{namespace}}"
"""
SHOP = """
        #- /shop.yaml
        apiVersion: scone/5.8
        kind: genservice
        build: {name: shop, kind: python, to: shop:1, command: c}
        environment:
          local:
            - name: A
              value: $$SCONE::store_ca:chain$$ $$SCONE::elsewhere:chain$$ $$SCONE::store_ca:chian$$
        #                                                                                  ^^^^^^ unknown-suffix: a secret of kind `x509-ca` has no form `:chian`; did you mean `:chain`?
        secrets:
          import: [store_ca, elsewhere]
        #- /store.yaml
        apiVersion: scone/5.8
        kind: genservice
        build: {name: store, kind: python, to: store:1, command: c}
        environment:
        secrets:
          global:
            - {name: store_ca, kind: x509-ca, value: "{{namespace}}"}
        #- /mesh.yaml
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - {name: cas, alias: [image, security, access, attestation], cas_url: a}
        policy: {namespace: a}
        env:
          - service: shop
            env:
              - name: CHAIN # scone-ls: ignore[unneeded-value]
                value: $$SCONE::store_ca:chain$$ $$SCONE::store_ca:hex$$
        #                                                         ^^^^ unknown-suffix: a secret of kind `x509-ca` has no form `:hex`
        services:
          - {name: shop, image: shop:1}
          - {name: store, image: store:1}
          - {name: third, image: third:1}
    """


@pytest.mark.parametrize(
    "placeholder",
    [
        "$$SCONE::text|escape(json)$$",
        "$$SCONE::bytes:base32nopad$$",
        "$$SCONE::bytes.hex$$",
        "$$SCONE::key:pkcs8:der$$",
        "$$SCONE::certificate.crt$$ $$SCONE::certificate.key$$ $$SCONE::certificate.chain$$",
        "$$SCONE::certificate:privatekey:pkcs8:pem$$",
        "$$SCONE::odd.crt$$",
        "$$SCONE::text$$.crt",
        "$$SCONE::self::software_identity$$",
    ],
)
def test_silence(placeholder: str):
    check_diagnostics(USE % placeholder)


def test_the_kind_of_an_import_is_not_known():
    check_diagnostics(USE.replace("secrets:", "secrets:\n  import: [other]") % "$$SCONE::other.odd$$")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("$$SCONE::text.crt$$", "$$SCONE::text$$"),
        ("$$SCONE::bytes:hxe$$", "$$SCONE::bytes:hex$$"),
        ("$$SCONE::certificate:cert$$", "$$SCONE::certificate:crt$$"),
        ("$$SCONE::certificate:private_key$$", "$$SCONE::certificate:privatekey$$"),
        ("$$SCONE::text|escape(jsn)$$", "$$SCONE::text|escape(json)$$"),
        ("$$SCONE::text|quote$$", "$$SCONE::text$$"),
    ],
)
def test_fixes(before: str, after: str):
    check_fix(USE % before, USE % after)


def test_the_workspace_knows_kinds_of_imports():
    check_diagnostics(SHOP)
