import pytest

from tests.dsl.checks import check_diagnostics, check_fix

MESH = "apiVersion: scone/5.8\nkind: mesh\ncas:\n%s\npolicy:\n  namespace: a\nenv:\nservices:\n  - image: a\n"
ONE = "  - name: cas\n%s    cas_url: a"


@pytest.mark.parametrize(
    "cas",
    [
        "  - cas_url: a",
        "  - cas_url: a\n    alias: [image]",
        "  - name:\n    cas_url: a",
        ONE % "    alias: [attestation, image, security, access, more]\n",
        ONE % "    alias: [attestation, image]\n" + "\n  - name: security\n    cas_url: b\n    alias: [access]",
        ONE % '    alias: ["{{role}}"]\n',
        (ONE % "    alias: *all\n").replace("name: ", "name: &all "),
    ],
)
def test_silence(cas: str):
    check_diagnostics(MESH % cas)


def test_a_variable_may_be_any_role():
    check_diagnostics("#- /mesh.yaml.template\n" + MESH % (ONE % "    alias: $ALIASES\n"))


def test_no_other_role():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - name: cas
        #         ^^^ missing-cas-role: no CAS has the roles `image`, `security`, `access`, `attestation`
            cas_url: a
        policy:
          namespace: a
        env:
        services:
          - image: a
    """)


def test_a_misspelt_role_is_not_missing_as_well():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - name: cas
            alias: [image, security, acess, attestation]
        #                            ^^^^^ missing-cas-role: unknown role `acess`; did you mean `access`?
            cas_url: a
        policy:
          namespace: a
        env:
        services:
          - image: a
    """)


def test_a_misspelt_role_is_renamed():
    before = MESH % (ONE % "    alias: [image, security, 'acess', attestation]\n")

    check_fix(before, before.replace("acess", "access"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "    alias: [image, security, access, attestation]\n"),
        ("    alias:\n", "    alias: [image, security, access, attestation]\n"),
        ("    alias: []\n", "    alias: [image, security, access, attestation]\n"),
        (
            "    alias:\n      - image\n      - access\n",
            "    alias:\n      - image\n      - access\n      - security\n      - attestation\n",
        ),
    ],
)
def test_roles_are_added(before: str, after: str):
    check_fix(MESH % (ONE % before), MESH % (ONE % after))


def test_no_comma_between_roles():
    text = (
        "apiVersion: scone/5.8\nkind: mesh\npolicy: {namespace: a}\nenv: []\nservices: []\n"
        "cas:\n  - cas_url: a\n    name: cas\n    alias: [%s, access, attestation]\n"
    )
    label = (
        "#           ^^^^^^^^^^^^^^ missing-cas-role: `image security` is one role; did you mean `image, security`?\n"
    )

    check_diagnostics(text % "image security" + label)
    check_fix(text % "image security", text % "image, security")
