"""Which known word somebody may have meant."""

import pytest

from scone_ls.spec import spelling

KNOWN = ("name", "kind", "command", "requirements", "injection_files", "to", "size", "x509-ca")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("nmae", "name"),
        ("nam", "name"),
        ("Kind", "kind"),
        ("comand", "command"),
        ("requirement", "requirements"),
        ("reqiurement", "requirements"),
        ("injection-files", "injection_files"),
        ("x509_ca", "x509-ca"),
        ("tp", None),
        ("potato", None),
        ("", None),
    ],
)
def test_nearest(word: str, meant: str | None):
    assert spelling.nearest(word, KNOWN) == meant


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("", "", 0),
        ("abc", "abc", 0),
        ("abc", "", 3),
        ("abc", "acb", 1),
        ("abc", "abcd", 1),
        ("abc", "xbc", 1),
        ("ca", "abc", 3),
    ],
)
def test_distance(one: str, other: str, slips: int):
    assert spelling.distance(one, other) == slips
    assert spelling.distance(other, one) == slips
