"""What counts as a change of a document, and what is passed over."""

from typing import Any

import pytest

from scone_ls.lsp.changing import Change, Changing, Place, changing

RANGE = {"start": {"line": 1, "character": 2}, "end": {"line": 1, "character": 4}}
DOCUMENT = {"uri": "file:///a.yaml", "version": 7}


def test_changes_keep_their_order():
    changes = [{"range": RANGE, "rangeLength": 2, "text": "x"}, {"text": "all"}, {"range": None, "text": ""}]
    expected = (Change((Place(1, 2), Place(1, 4)), "x"), Change(None, "all"), Change(None, ""))

    assert changing({"textDocument": DOCUMENT, "contentChanges": changes}) == Changing("file:///a.yaml", 7, expected)


def test_a_document_without_a_number():
    params: Any = {"textDocument": {"uri": "a:b", "version": None}, "contentChanges": []}

    assert changing(params) == Changing("a:b", None, ())


@pytest.mark.parametrize(
    "changes",
    [
        None,
        {},
        [None],
        [{}],
        [{"text": None}],
        [{"range": {}, "text": "x"}],
        [{"range": {"start": {"line": 0}, "end": {"line": 0, "character": 1}}, "text": "x"}],
        [{"text": "x"}, {"range": RANGE}],
    ],
)
def test_one_bad_change_spoils_all(changes: Any):
    assert changing({"textDocument": DOCUMENT, "contentChanges": changes}) is None


@pytest.mark.parametrize(
    "document", [None, {}, {"uri": "a:b"}, {"uri": 1, "version": 1}, {"uri": "a:b", "version": "1"}]
)
def test_a_document_that_is_none(document: Any):
    assert changing({"textDocument": document, "contentChanges": [{"text": "x"}]}) is None
