"""Conversions that need no server: URIs, Markdown, whole texts."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scone_ls.edit import apply, difference
from scone_ls.lsp import convert
from scone_ls.lsp.open_document import OpenDocument

texts = st.text(alphabet="ab\n\r😀\u2028", max_size=12)


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///srv/a%20b.yaml", "/srv/a b.yaml"),
        ("file:/srv/x.yaml", "/srv/x.yaml"),
        ("FILE://localhost/srv/%C3%A4.yaml", "/srv/ä.yaml"),
        ("untitled:x", None),
        ("http://host/x", None),
        ("file:", None),
        ("", None),
        ("file:///srv/a%00.yaml", None),
        ("file:///srv/\ud83d.yaml", None),
        ("file:///srv/%FF.yaml", "/srv/\udcff.yaml"),
    ],
)
def test_paths_of_uris(uri: str, path: str | None):
    assert convert.path(uri, windows=False) == (None if path is None else PurePosixPath(path))


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///c%3A/Users/x.yaml", "c:/Users/x.yaml"),
        ("file:///C:/Users/x.yaml", "C:/Users/x.yaml"),
        ("file://server/share/x.yaml", "//server/share/x.yaml"),
        ("untitled:x", None),
    ],
)
def test_paths_of_uris_on_windows(uri: str, path: str | None):
    assert convert.path(uri, windows=True) == (None if path is None else PureWindowsPath(path))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("file:///c%3A/a%20b.yaml", "file:///C:/a b.yaml", True),
        ("file:///c:/A.yaml", "FILE:///c:/a.yaml", True),
        ("file:///srv/A.yaml", "file:///srv/a.yaml", False),
        ("untitled:A", "untitled:a", False),
        ("untitled:x", "file:x", False),
    ],
)
def test_spellings_of_one_uri(one: str, other: str, same: bool):  # noqa: FBT001 -- A column of a table.
    assert (convert.key(one) == convert.key(other)) == same


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("**Bold** · `code`", "Bold · code"),
        ("see [the page](https://example.com/x)", "see the page (https://example.com/x)"),
        ("```yaml\na: '*b*'\n```\n\nend", "a: '*b*'\n\nend"),
        ("# Title\n\ntext # no title", "Title\n\ntext # no title"),
        ("", ""),
    ],
)
def test_markdown_as_plain_text(markdown: str, plain: str):
    assert convert.plain(markdown) == plain


@given(texts, texts)
def test_a_whole_text_is_the_smallest_edit(old: str, new: str):
    edit = difference(old, new)

    assert apply(old, [edit]) == new
    assert edit.new_text == "" or edit.span.start == edit.span.end or edit.new_text[0] != old[edit.span.start]


@given(texts, st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), texts, st.booleans()), max_size=20))
def test_an_open_document_is_what_the_changes_make_of_it(string: str, changes: list[tuple[int, int, str, bool]]):
    """Also when many changes are worked in at once, and when some are answered in between."""
    opened = OpenDocument("untitled:x", 1, string)
    for version, (start, end, new, is_asked) in enumerate(changes, start=2):
        begin, finish = sorted((min(start, len(string)), min(end, len(string))))
        opened.change(version, convert.Span(begin, finish), new)
        string = string[:begin] + new + string[finish:]
        assert opened.text.string == string
        if is_asked:
            assert opened.document is not None
            assert (opened.document.text.string, opened.document.version) == (string, version)
    assert opened.document is not None
    assert opened.document.text.string == string
