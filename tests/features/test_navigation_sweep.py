"""Every question about names, at every place of the examples and of broken pieces of them: an answer, and spans inside."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.symbols import places, symbol_at
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.edit import apply
from scone_ls.features.definition import definition
from scone_ls.features.document_links import document_links
from scone_ls.features.highlight import highlights
from scone_ls.features.inlay_hints import InlayHintOptions, inlay_hints
from scone_ls.features.references import references
from scone_ls.features.rename import Refusal, Renameable, Renaming, rename, renameable
from scone_ls.features.workspace_symbols import workspace_symbols
from scone_ls.text import Span
from tests.dsl.navigation import NEW_NAME
from tests.dsl.trees import ROOT, corpus

FOLDERS = sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir())


def check_everywhere(workspace: Workspace, document: Document, offsets: Iterable[int]) -> None:
    """Ask everything at some offsets, and compare the answers with each other."""
    sizes = {uri: len(member.string) for uri, member in workspace.members.items()} | {document.uri: len(document.text)}
    whole = Span(0, len(document.text))
    for link in document_links(document, workspace):
        assert _is_inside(link.span, whole)
    for hint in inlay_hints(document, whole, InlayHintOptions(), workspace):
        assert 0 <= hint.offset <= whole.end
    for offset in offsets:
        found = references(document, offset, workspace, declarations=True)
        asked = symbol_at(document, offset)
        assert (asked is None) == (found == ())
        assert asked is None or found == places(workspace, document, asked)
        assert all(_is_inside(one.occurrence.span, Span(0, sizes[one.uri])) for one in found)
        here = [one.occurrence.span for one in found if one.uri == document.uri]
        assert [each.span for each in highlights(document, offset, workspace)] == here
        leads = definition(document, offset, workspace)
        assert leads is None or all(target.span.end <= sizes.get(target.uri, 0) for target in leads.targets)
        _check_rename(workspace, document, offset, [(one.uri, one.occurrence.span) for one in found])


def _check_rename(workspace: Workspace, document: Document, offset: int, found: list[tuple[str, Span]]) -> None:
    prepared, renamed = renameable(document, offset, workspace), rename(document, offset, NEW_NAME, workspace)
    assert (prepared is None) == (found == []) == (renamed is None)
    if isinstance(prepared, Renameable):
        assert isinstance(renamed, Renaming)
        assert document.text.string[slice(*prepared.span)] or prepared.name == ""
        assert set(renamed.edits) == {uri for uri, _ in found}
        for uri, edits in renamed.edits.items():
            other = document if uri == document.uri else workspace.document(uri)
            assert other is not None
            apply(other.text.string, edits)
            spans = [span for place, span in found if place == uri]
            pairs = zip(sorted(edits), spans, strict=True)
            assert all(edit.span.start <= span.start <= span.end <= edit.span.end for edit, span in pairs)
    elif prepared is not None:
        assert isinstance(renamed, Refusal)
        assert renamed == prepared


def _is_inside(span: Span, whole: Span) -> bool:
    return whole.start <= span.start <= span.end <= whole.end


def _workspace(folder: Path) -> Workspace:
    paths = sorted(path for pattern in ("*.yaml", "*.template") for path in folder.glob(pattern))
    workspace = Workspace.of(Document.open(path.as_uri(), path.read_text()) for path in paths)
    files = {(path.as_uri(), other.name): other.as_uri() for path in paths for other in folder.iterdir()}
    return replace(workspace, files=files)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_place_of_the_examples(folder: Path):
    workspace = _workspace(folder)
    for uri in workspace.members:
        document = workspace.document(uri)
        assert document is not None
        check_everywhere(workspace, document, range(0, len(document.text) + 1, 2))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_broken_pieces_of_the_examples(folder: Path):
    """What is asked is newer than what the workspace has of it."""
    workspace = _workspace(folder)
    for uri, member in workspace.members.items():
        for end in range(0, len(member.string), 97):
            text = member.string[:end]
            document = Document.open(uri, text)
            check_everywhere(workspace, document, range(max(0, end - 97), end + 1, 7))


@pytest.mark.parametrize("path", corpus()[::19], ids=lambda path: path.stem)
def test_every_place_of_real_manifests(path: Path):
    document = Document.open(path.as_uri(), path.read_text())
    check_everywhere(Workspace.of([document]), document, range(0, len(document.text) + 1, 5))


@pytest.mark.parametrize("query", ["", "a", "SCONE", "\U0001f512", "[", "x" * 10_000])
def test_any_query(query: str):
    for folder in FOLDERS:
        workspace = _workspace(folder)
        for symbol in workspace_symbols(workspace, query):
            text = workspace.members[symbol.uri].string

            assert 0 <= symbol.listed.start <= symbol.listed.end <= len(text)
