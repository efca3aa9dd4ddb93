"""Every feature, at every place of the official YAML cases made into manifests: an answer, and spans inside the text."""

import json
from pathlib import Path

import pytest

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.build.errors import problems_in
from scone_ls.build.locate import locate
from scone_ls.edit import apply
from scone_ls.features.code_actions import code_actions
from scone_ls.features.code_lens import code_lenses
from scone_ls.features.completion import completion
from scone_ls.features.completion.item import CompletionOptions
from scone_ls.features.diagnostics import DiagnosticSettings, diagnostics
from scone_ls.features.hover import hover
from scone_ls.features.outline import outline
from scone_ls.features.preview import as_text
from scone_ls.text import Span
from tests.dsl.trees import SHARED, examples

SETTINGS = DiagnosticSettings()
OPTIONS = CompletionOptions(snippets=True)
HEAD = "apiVersion: scone/5.8\nkind: mesh\n"


def cases() -> list[tuple[str, str]]:
    """Return name and text of the official cases; none where a user has none."""
    path = SHARED / "yaml-test-suite" / "cases.jsonl"
    if not path.exists():
        return []
    return [(case["id"], case["yaml"]) for case in map(json.loads, path.read_text().splitlines())]


def check_everywhere(text: str, step: int) -> None:
    """Ask every feature at every so many offsets."""
    document = Document.open("file:///manifest.yaml", text)
    size = len(text)
    for found in diagnostics(document, SETTINGS):
        assert 0 <= found.span.start <= found.span.end <= size, (found, text)
    for action in code_actions(document, Span(0, size), SETTINGS):
        apply(text, action.edits)
    outline(document)
    for lens in code_lenses(document, Workspace.of([document])):
        assert 0 <= lens.span.start <= lens.span.end <= size
    for manifest in document.manifests:
        as_text(manifest, {})
    for problem in problems_in(["error: no 'a' at line 3 column 4", "docker: b", "error: 'a b' is bad"], 1):
        assert 0 <= locate(problem, document).start <= locate(problem, document).end <= size
    for offset in range(0, size + 1, step):
        hovered = hover(document, offset)
        assert hovered is None or 0 <= hovered.span.start <= hovered.span.end <= size
        for item in completion(document, offset, OPTIONS):
            assert 0 <= item.span.start <= item.span.end <= size


@pytest.mark.skipif(not SHARED.exists(), reason="the official YAML cases lie beside the project")
@pytest.mark.parametrize("part", range(8))
def test_official_cases_behind_the_head_of_a_manifest(part: int) -> None:
    for _, text in cases()[part::8]:
        check_everywhere(HEAD + text, 5)
        check_everywhere(HEAD + "env:\n" + "".join(f"  {line}\n" for line in text.splitlines()), 7)
        check_everywhere(text, 5)


@pytest.mark.parametrize("path", examples(), ids=lambda path: path.stem)
def test_prefixes_of_the_examples(path: Path) -> None:
    text = path.read_text()
    for end in range(0, len(text), 23):
        check_everywhere(text[:end], max(1, end // 6))
