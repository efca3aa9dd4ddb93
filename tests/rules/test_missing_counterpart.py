import pytest

from tests.dsl.checks import check_diagnostics, check_fix, check_no_fix, check_severity

MESH = (
    "apiVersion: scone/5.8\nkind: mesh\ncas:\n  - cas_url: a\n    mode: %s\npolicy:\n  namespace: a\n%senv:\nservices:\n"
    "  - image: a\n"
)
KEY = "    cas_encryption_key: " + 32 * "0f"
MAA = "  maa: https://a.b.attest.azure.net\n"


@pytest.mark.parametrize(
    ("mode", "policy"),
    [
        ("SignedManifest", ""),
        (f"EncryptedOnly\n{KEY}", ""),
        ("EncryptedOnly\n    <<: {}", ""),
        ("'{{mode}}'", ""),
        ("", "  tolerate: outdated-tcb\n"),
        ("", "  tolerate: outdated-tcb\n  ignore_advisories: INTEL-SA-00615\n"),
        ("", "  ignore_advisories:\n"),
        ("", MAA + "  tolerate: outdated-tcb,maa-managed-tcb\n"),
        ("", MAA + "  tolerate: '{{risks}}'\n"),
        ("", "  maa:\n"),
    ],
)
def test_silence(mode: str, policy: str):
    check_diagnostics(MESH % (mode, policy))


def test_a_converted_image_is_made_from_one():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: genservice
        build:
          name: a
          kind: sconify_image
        #       ^^^^^^^^^^^^^ missing-counterpart: `kind: sconify_image` needs `from` as well
          to: b
          command: c
        environment:
    """)


def test_an_encrypted_policy_without_a_key():
    check_severity(MESH % ("EncryptedManifest", ""), "warning")
    check_no_fix(MESH % ("EncryptedManifest", ""))


def test_a_template_has_the_usual_variable():
    template = "#- /mesh.yaml.template\n" + MESH
    check_fix(
        template % ("EncryptedManifest", ""),
        template % ("EncryptedManifest\n    cas_encryption_key: $CAS_SESSION_ENCRYPTION_KEY", ""),
    )


def test_ignoring_advisories_does_nothing_alone():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - cas_url: a
        policy:
          namespace: a
          ignore_advisories: INTEL-SA-00615
        # ^^^^^^^^^^^^^^^^^ missing-counterpart: `ignore_advisories` does nothing without `tolerate`
        env:
        services:
          - image: a
    """)


def test_a_toleration_of_another_service():
    check_severity(MESH % ("", "  tolerate: maa-managed-tcb\n"), "information")


def test_the_toleration_is_added():
    check_fix(MESH % ("", f"{MAA}"), MESH % ("", f"{MAA}  tolerate: maa-managed-tcb\n"))
    check_fix(
        MESH % ("", f"{MAA}  tolerate: 'outdated-tcb'\n"),
        MESH % ("", f"{MAA}  tolerate: 'outdated-tcb, maa-managed-tcb'\n"),
    )


def test_a_misspelt_counterpart_is_not_missing():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - cas_url: a
            mode: EncryptedManifest
            cas_encription_key: $KEY
        #   ^^^^^^^^^^^^^^^^^^ unknown-key: unknown key `cas_encription_key`; did you mean `cas_encryption_key`?
        policy:
          namespace: a
          tolerates: outdated-tcb
        # ^^^^^^^^^ unknown-key: unknown key `tolerates`; did you mean `tolerate`?
          ignore_advisories: INTEL-SA-00615
        env:
        services:
          - image: a
    """)


def test_a_misspelt_toleration_is_not_missing():
    label = "#           ^^^^^^^^^^^^^^^ unknown-tolerance: unknown risk `maa-managed-tbc` under `tolerate`; did you mean `maa-managed-tcb`?"

    check_diagnostics(MESH % ("", f"{MAA}  tolerate: maa-managed-tbc\n{label}\n"))
