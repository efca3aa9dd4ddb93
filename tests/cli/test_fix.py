"""What `--fix` mends, how it writes, and what `--diff` shows instead."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scone_ls.cli import findings
from scone_ls.cli.failure import Failure
from scone_ls.cli.fix import difference, mended, write
from scone_ls.cli.report import Checked
from scone_ls.edit import Edit, apply
from scone_ls.files.reading import read
from scone_ls.rules.rule import Severity
from scone_ls.text import Span
from tests.cli.command import MISSPELT, SERVICE, Outcome, scone_ls

EXAMPLES = Path(__file__).parents[2] / "examples"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.rglob("*.yaml"))]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(name: str, content: str | bytes) -> Path:
    path = Path(name)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_what_can_safely_be_mended_is():
    file = put("a.yaml", MISSPELT)
    report = (
        "a.yaml:7:3: fixed[unknown-key] rename it to `command`\n\nfixed 1 mistake\nfound nothing wrong in 1 manifest\n"
    )

    assert Outcome(0, report, "") == scone_ls("check", "--fix")
    assert SERVICE == file.read_text(encoding="utf-8")
    assert ["a.yaml"] == [path.name for path in Path().iterdir()]


def test_what_can_not_be_mended_is_reported():
    file = put("a.yaml", MISSPELT.replace("kind: python", "kind: [python]"))
    outcome = scone_ls("check", "--fix")

    assert 1 == outcome.code
    assert "error[wrong-type]" in outcome.out
    assert "found 1 error in 1 manifest\n" == outcome.out.splitlines(keepends=True)[-1]
    assert SERVICE.replace("kind: python", "kind: [python]") == file.read_text(encoding="utf-8")


def test_what_is_left_out_is_not_mended():
    file = put("a.yaml", MISSPELT)
    scone_ls("check", "--fix", "--ignore", "unknown-key")
    scone_ls("check", "--fix", "--severity", "error")

    assert MISSPELT == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
def test_everything_else_stays_as_it_is(mark: bytes, line_end: bytes):
    text = MISSPELT.replace("shop.py", "größe\u2028😀.py").encode().replace(b"\n", line_end)
    file = put("a.yaml", mark + text)

    assert 0 == scone_ls("check", "--fix").code
    assert mark + text.replace(b"qcommand", b"command") == file.read_bytes()


def test_the_mode_of_the_file_stays():
    file = put("a.yaml", MISSPELT)
    file.chmod(0o640)
    scone_ls("check", "--fix")

    assert 0o100640 == file.stat().st_mode


def test_a_link_stays_a_link():
    file = put("real.yaml", MISSPELT)
    Path("a.yaml").symlink_to("real.yaml")
    scone_ls("check", "--fix", "a.yaml")

    assert Path("a.yaml").is_symlink()
    assert SERVICE == file.read_text(encoding="utf-8")


def test_a_file_with_nothing_to_mend_is_not_written():
    file = put("a.yaml", SERVICE)
    before = file.stat()
    scone_ls("check", "--fix")

    assert before == file.stat()


def test_a_file_that_changed_in_the_meantime_is_left_alone():
    file = put("a.yaml", MISSPELT)
    source = read("a.yaml")
    put("a.yaml", "changed")

    with pytest.raises(Failure, match="it changed in the meantime"):
        write(source, SERVICE)
    assert "changed" == file.read_text(encoding="utf-8")


def test_a_named_pipe_is_not_written():
    os.mkfifo("a.yaml")
    put("b.yaml", MISSPELT)
    source = read("b.yaml")
    Path("a.yaml").replace("b.yaml")

    with pytest.raises(Failure, match="it is no regular file"):
        write(source, SERVICE)


def test_standard_input_is_mended_onto_standard_output():
    outcome = scone_ls("check", "--fix", "-", stdin=b"\xef\xbb\xbf" + MISSPELT.replace("\n", "\r\n").encode())

    assert (0, "\ufeff" + SERVICE.replace("\n", "\r\n")) == outcome[:2]
    assert outcome.err.endswith("fixed 1 mistake\nfound nothing wrong in 1 manifest\n")


def test_with_json_only_what_is_left_is_reported():
    put("a.yaml", MISSPELT)

    assert Outcome(0, "[]\n", "") == scone_ls("check", "--fix", "--output-format", "json")


def test_a_diff_changes_nothing():
    file = put("a.yaml", MISSPELT)
    expected = """\
--- a.yaml
+++ a.yaml
@@ -4,6 +4,6 @@
   name: shop
   kind: python
   to: registry.example.com/shop:1
-  qcommand: python3 shop.py
+  command: python3 shop.py
 environment:
"""

    assert Outcome(1, expected.replace("-4,6 +4,6", "-4,5 +4,5"), "") == scone_ls("check", "--diff")
    assert MISSPELT == file.read_text(encoding="utf-8")


def test_a_diff_of_nothing():
    put("a.yaml", SERVICE)

    assert Outcome(0, "", "") == scone_ls("check", "--diff")


def test_a_diff_of_a_last_line_without_line_end():
    lines = "".join(difference("a", "one", "two"))

    assert (
        "--- a\n+++ a\n@@ -1 +1 @@\n-one\n\\ No newline at end of file\n+two\n\\ No newline at end of file\n"
    ) == lines


def check(string: str) -> Checked:
    return findings.check("a.yaml", string, findings.settings(()), Severity.HINT)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """An example in which a few words are misspelt, doubled, taken away, or set in other signs."""
    text = draw(st.sampled_from(TEXTS))
    words = [match.span() for match in re.finditer(r"[\w{}$.\"'-]+:?|\n", text)]
    changes = draw(
        st.lists(st.tuples(st.sampled_from(words), st.sampled_from(["del", "dup", "swap", "tab", "quote"])), max_size=4)
    )
    edits = {start: Edit(Span(start, end), _changed(text[start:end], how)) for (start, end), how in changes}
    return apply(text, edits.values())


def _changed(word: str, how: str) -> str:
    match how:
        case "del":
            return ""
        case "dup":
            return word + word
        case "swap":
            return word[1:2] + word[:1] + word[2:]
        case "tab":
            return f"\t{word}"
        case _:
            return f'"{word}'


@given(damaged())
def test_mending_leaves_nothing_to_mend(text: str):
    once = mended(text, check).checked
    twice = mended(once.text.string, check)

    assert (once.text.string, ()) == (twice.checked.text.string, twice.applied)
    assert not any(found.fixable for found in once.found)
