import pytest

from tests.dsl.checks import check_diagnostics, check_fix, check_no_fix

SECRETS = """\
apiVersion: scone/5.8
kind: genservice
build: {name: a, kind: python, to: b, command: c}
environment:
secrets:
  global:
"""


@pytest.mark.parametrize(
    "secret",
    [
        "{name: a, kind: ascii}",
        '{name: a, kind: ascii, value: "{{namespace}}"}',
        "{name: a, kind: ascii, value: ''}",
        '{name: a, kind: ascii, value: "two\\nlines"}',
        "{name: a, kind: binary, value: feed}",
        "{name: a, kind: public-key, value: b, export_public: true}",
        "{name: a, kind: x509-ca, value: b, export_public: true}",
        "{name: a, kind: private-key, export_public: false}",
        '{name: a, kind: "{{namespace}}", value: b}',
    ],
)
def test_silence(secret: str):
    check_diagnostics(SECRETS + f"    - {secret}\n")


def test_a_private_key():
    check_diagnostics(
        SECRETS
        + """\
    - name: key
      kind: private-key
      value: |
#     ^^^^^ exposed-secret: whoever reads the manifest reads this private key
        -----BEGIN PRIVATE KEY-----
        AAAA
        -----END PRIVATE KEY-----
"""
    )


def test_the_whole_world():
    check_diagnostics(
        SECRETS
        + """\
    - name: a
      kind: ascii
      export_public: 'true'
#                    ^^^^^^ exposed-secret: `export_public` lets the whole world read this secret of kind `ascii`
"""
    )


def test_the_switch_is_removed():
    check_fix(
        SECRETS + "    - name: a\n      kind: private-key\n      export_public: true\n",
        SECRETS + "    - name: a\n      kind: private-key\n",
    )


def test_a_certificate_needs_its_value():
    check_no_fix(
        SECRETS
        + "    - name: a\n      kind: x509\n      value: |\n        -----BEGIN EC PRIVATE KEY-----\n        A\n"
        + "        -----END EC PRIVATE KEY-----\n"
    )
