"""What scripts of a workspace export."""

import os
from pathlib import Path

import pytest

from scone_ls.files.exports import exported, exports_of


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("export A=1\n", {"A": "1"}),
        ("A=1\n", {}),
        ("A=1\nexport A\n", {"A": "1"}),
        ("  export A=1 B='two words'\n", {"A": "1", "B": "two words"}),
        ("set -e; export A=1\n", {"A": "1"}),
        ("export A=1; B=2\n", {"A": "1"}),
        ("if true; then export A=$(date); fi\n", {"A": None}),
        ("exported=1\nxexport A=1\n", {}),
    ],
)
def test_of_a_script_counts_what_it_exports(script: str, expected: dict[str, str | None]):
    assert {export.name: export.value for export in exported(script, only_variables=False)} == expected


def test_of_an_env_file_counts_all():
    found = exported("A=1\nexport B=2\n# C=3\n", only_variables=True)

    assert {export.name: export.value for export in found} == {"A": "1", "B": "2"}


def test_a_script_that_is_none_is_passed_over(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.sh")
    (tmp_path / "binary.sh").write_bytes(b"export A=1\n\xff")
    (tmp_path / "long.sh").write_text("export A=1\n" * 10_000, encoding="utf-8")

    assert [exports_of(str(tmp_path / name)) for name in ("pipe.sh", "binary.sh", "long.sh", "gone.sh")] == [()] * 4
