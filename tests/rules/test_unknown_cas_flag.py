import pytest

from tests.dsl.checks import check_diagnostics, check_fix

MESH = (
    "%sapiVersion: scone/5.8\nkind: mesh\ncas:\n  - cas_url: a\n    tolerance: %s\n"
    "policy:\n  namespace: a\nenv:\nservices:\n  - image: a\n"
)


@pytest.mark.parametrize(
    "options",
    [
        "-G -S -C",
        "-GSC",
        "-c abc -s def",
        "-cabc",
        "--mrenclave 00ff --isvsvn=3",
        "--nonce --retries",
        '"--accept-group-out-of-date  --retries 3"',
        "--software-hardening-needed --insecure-configuration",
        "'{{tolerance}} -G'",
        "none",
        "",
    ],
)
def test_silence(options: str):
    check_diagnostics(MESH % ("", options))


def test_options_with_templates():
    check_diagnostics(MESH % ("#- /mesh.yaml.template\n", "$CAS_TOLERANCE --$MORE"))


def test_each_option_at_its_place():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - cas_url: a
            tolerance: "-X --mrsigned=00 --retries 3 -GX"
        #               ^^ unknown-cas-flag: unknown option `-X`
        #                  ^^^^^^^^^^ unknown-cas-flag: unknown option `--mrsigned`; did you mean `--mrsigner`?
        #                                            ^^^ unknown-cas-flag: unknown option `-GX`
        policy:
          namespace: a
        env:
        services:
          - image: a
    """)


def test_the_argument_stays():
    check_fix(MESH % ("", "-G --mrsigned=00"), MESH % ("", "-G --mrsigner=00"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("G", "-G"),
        ("--G", "-G"),
        ("\u2014G", "-G"),
        ("-G,", "-G"),
        ("---retries", "--retries"),
        ("accept-group-out-of-date", "--accept-group-out-of-date"),
    ],
)
def test_the_wrong_dashes(written: str, meant: str):
    label = (
        f"#               {'^' * len(written)} unknown-cas-flag: unknown option `{written}`; did you mean `{meant}`?"
    )

    check_diagnostics(MESH % ("", f"'{written} -S'\n{label}"))
    check_fix(MESH % ("", f"'{written} -S'"), MESH % ("", f"'{meant} -S'"))
