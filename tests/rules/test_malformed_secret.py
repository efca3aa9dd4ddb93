import pytest

from tests.dsl.checks import check_diagnostics, check_fix, check_no_fix

BYTES = """\
apiVersion: scone/5.8
kind: genservice
build: {name: a, kind: python, to: b, command: c}
environment:
secrets:
  global:
    - name: a
      kind: binary
      value: %s
"""


@pytest.mark.parametrize(
    "value", ["feedFEED00", "'00'", "12345678", "''", '"{{namespace}}"', '"fe{{namespace}}"', "|\n        feed", "~"]
)
def test_silence(value: str):
    check_diagnostics(BYTES % value)


def test_other_kinds_take_any_text():
    check_diagnostics((BYTES % "|\n        a b\n        c").replace("binary", "ascii"))


def test_half_a_byte_is_missing():
    check_diagnostics(
        BYTES % "feed0"
        + "#            ^^^^^ malformed-secret: the value of a `binary` secret is written in pairs of hexadecimal digits\n"
    )
    check_no_fix(BYTES % "feed0")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("fe ed", "feed"),
        ("fe:ed:00", "feed00"),
        ("'0xFEED'", "'FEED'"),
        ("'\\xfe\\xed'", "'feed'"),
        ("|\n        feed\n        beef", "feedbeef"),
    ],
)
def test_the_digits_are_left(before: str, after: str):
    check_fix(BYTES % before, BYTES % after)
