import pytest

from tests.dsl.checks import check_diagnostics, check_fix, check_no_fix, check_severity

TOP = "apiVersion: scone/5.8\nkind: genservice\nbuild: {name: a, kind: python, to: b, command: c}\nenvironment:\n"
MESH = (
    "apiVersion: scone/5.8\nkind: mesh\ncas:\n  - cas_url: a\n    mode: %s\npolicy: {namespace: a}\nenv:\nservices:\n"
)


@pytest.mark.parametrize("value", ["$KIND", "'java${VERSION}'", '"{{namespace}}"', "java21-ubuntu"])
def test_silence(value: str):
    check_diagnostics("#- /mesh.yaml.template\n" + TOP.replace("python", value))


def test_an_empty_value_may_be_left_out():
    check_diagnostics(MESH % "")


def test_capitals_count():
    check_fix(MESH % "upload", MESH % "Upload")


def test_what_people_write_instead():
    check_fix(MESH % "Encrypted # for now", MESH % "EncryptedManifest # for now")


def test_half_a_word():
    check_fix(TOP.replace("python", "sconify"), TOP.replace("python", "sconify_image"))


def test_quotes_stay():
    check_fix(TOP.replace("python", "'pyhton'"), TOP.replace("python", "'python'"))


def test_a_number():
    check_diagnostics(
        TOP.replace("python", "5").replace(
            "\nenv", "\n#                      ^ unknown-value: unknown value `5` for `kind`\nenv"
        )
    )


def test_a_short_list_is_told():
    check_diagnostics(
        MESH.replace(
            "mode: %s",
            "mode: None5\n#         ^^^^^ unknown-value: unknown value `None5` for `mode`; it takes `Upload`, `SignedManifest`, `EncryptedManifest`, `NoUpload`, `EncryptedOnly` or `SignOnline`",
        )
    )
    check_no_fix(MESH % "None5")


def test_how_bad_it_is_depends():
    check_severity(MESH % "upload", "error")
    check_severity(TOP.replace("python", "perl"), "warning")
