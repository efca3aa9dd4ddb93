"""One check for each sort of question: marked texts in, an assertion out. Only here do tests call the features.

The expected and the actual answer are both written as texts, so that pytest shows the difference of two manifests.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.analysis.workspace.workspace import ALONE, Workspace
from scone_ls.edit import Edit, apply
from scone_ls.features.code_actions import IGNORE, QUICK_FIX, CodeAction, code_actions
from scone_ls.features.completion import Completion, CompletionOptions, completion
from scone_ls.features.diagnostics import Diagnostic, DiagnosticSettings, diagnostics
from scone_ls.features.hover import hover
from scone_ls.features.outline import OutlineItem, outline
from scone_ls.text import Span
from tests.dsl.fixture import FixtureFile, Label, parse, parse_one, render

_MANIFESTS = (".yaml", ".template")

SETTINGS = DiagnosticSettings()
PLAIN = CompletionOptions(snippets=False)
SNIPPETS = CompletionOptions(snippets=True)

_STOP = re.compile(r"\\(?P<escaped>.)|\$\{\d+(?:\|(?P<choices>(?:\\.|[^\\|])*)\||:(?P<text>(?:\\.|[^\\}])*))?\}|\$\d+")


class Accepted(NamedTuple):
    """A text after accepting a completion, and the offset where one goes on typing."""

    text: str
    cursor: int


def check_diagnostics(fixture: str, settings: DiagnosticSettings = SETTINGS) -> None:
    """Exactly the labelled diagnostics (`code: message`) are given, each over exactly its span.

    Several files are a whole workspace; of one alone nothing is known but itself.
    """
    files = parse(fixture)
    workspace = workspace_of(files)
    for file in files:
        found = diagnostics(_document(file), settings, workspace)
        actual = [Label(item.span, f"{item.code}: {item.message}") for item in found]

        assert render(file.text, actual) == render(file.text, file.labels)


def check_severity(fixture: str, severity: str, settings: DiagnosticSettings = SETTINGS) -> None:
    """There is one diagnostic, of this severity (`error`, `warning`, `information`, `hint`)."""
    (found,) = diagnostics(_document(parse_one(fixture)), settings)

    assert found.severity.value == severity


def check_fix(before: str, after: str, title: str | None = None) -> None:
    """The first quick fix at the cursor (or the one of that title) gives the text `after`, and its diagnostic is gone.

    Without a cursor the whole text is asked about. Labels are for the reader only.
    """
    file, wanted = parse_one(before), parse_one(after).text
    found = _actions(file, QUICK_FIX)
    chosen = [action for action in found if title is None or action.title == title]
    assert chosen, f"no quick fix {title or ''} here; there are: {[action.title for action in found]}"

    _check_applied(file, chosen[0], wanted)


def check_fix_across(before: str, after: str, title: str | None = None) -> None:
    """The first quick fix at the cursor (or the one of that title) turns all files of a workspace into those of `after`.

    Without a cursor the first file with a label is asked about. The diagnostic is gone.
    """
    files, wanted = parse(before), {file.path: file.text for file in parse(after)}
    file = next((file for file in files if file.cursors), None) or next(file for file in files if file.labels)
    workspace = workspace_of(files)
    span = file.selection if file.cursors else Span(0, len(file.text))
    found = code_actions(_document(file), span, SETTINGS, workspace)
    chosen = [each for each in found if each.kind == QUICK_FIX and title in (None, each.title)]
    assert chosen, f"no quick fix {title or ''} here; there are: {[action.title for action in found]}"

    edits = {file.uri: chosen[0].edits, **dict(chosen[0].elsewhere)}
    actual = {each.path: apply(each.text, edits.get(each.uri, ())) for each in files}

    assert actual == wanted
    changed = [Document.open(each.uri, actual[each.path]) for each in files]
    (document,) = (each for each in changed if each.uri == file.uri)
    left = {_key(each, document.file.string) for each in diagnostics(document, SETTINGS, Workspace.of(changed))}
    assert chosen[0].diagnostic is None or _key(chosen[0].diagnostic, file.text) not in left


def workspace_of(files: Iterable[FixtureFile]) -> Workspace:
    """Return the workspace of several files; one file alone is in none.

    Where one of them is no manifest, they are all files that there are; else nothing is known of the disk.
    """
    documents = {file.path: _document(file) for file in files}
    if len(documents) < 2:
        return ALONE
    workspace = Workspace.of(documents.values())
    if all(path.endswith(_MANIFESTS) for path in documents):
        return workspace
    found = {
        (document.uri, name): next((f"file://{path}" for path in documents if _is_at(path, name)), None)
        for document in documents.values()
        for names in document.names
        for name in names.by_name(NameKind.FILE, Role.REFERS)
    }
    return replace(workspace, files=found)


def _is_at(path: str, name: str) -> bool:
    """Tell whether a file of a fixture is, or is below, what a manifest at the top names."""
    return f"{path}/".startswith(f"/{name.removeprefix('./').rstrip('/')}/")


def check_fix_titles(fixture: str, *titles: str) -> None:
    """The quick fixes at the cursor have these titles, in this order."""
    assert tuple(action.title for action in _actions(parse_one(fixture), QUICK_FIX)) == titles


def check_no_fix(fixture: str) -> None:
    """No quick fix is offered at the cursor (silencing a diagnostic is none)."""
    check_fix_titles(fixture)


def check_ignoring(before: str, after: str) -> None:
    """The first action at the cursor that silences a diagnostic gives the text `after`."""
    file = parse_one(before)
    found = _actions(file, IGNORE)
    assert found, "nothing to silence here"

    _check_applied(file, found[0], parse_one(after).text)


def check_completion(before: str, label: str, after: str, options: CompletionOptions = PLAIN) -> None:
    """The item is offered at the cursor, and accepting it gives the text `after`.

    A `<|>` in `after` says where one goes on typing; it may be left out.
    """
    wanted = parse_one(after)
    file, offered = _completions(before, options)
    chosen = [item for item in offered if item.label == label]
    assert chosen, f"`{label}` is not offered here; there are: {[item.label for item in offered]}"

    actual = accepted(file.text, chosen[0])

    assert render(actual.text, (), [actual.cursor] * len(wanted.cursors)) == render(wanted.text, (), wanted.cursors)


def check_completions(fixture: str, *labels: str, options: CompletionOptions = PLAIN) -> None:
    """Exactly these items are offered at the cursor, in this order."""
    assert tuple(item.label for item in _completions(fixture, options)[1]) == labels


def check_first_completions(fixture: str, *labels: str, options: CompletionOptions = PLAIN) -> None:
    """These items are offered at the cursor before any other, in this order."""
    offered = tuple(item.label for item in _completions(fixture, options)[1])

    assert offered[: len(labels)] == labels


def check_no_completion(fixture: str) -> None:
    """Nothing is offered at the cursor."""
    check_completions(fixture)


def accepted(text: str, item: Completion) -> Accepted:
    """Return the text after accepting an item; places to fill in keep what stands in them at first."""
    if item.snippet is None:
        new_text, stop = item.new_text, len(item.new_text)
    else:
        new_text, stop = _expanded(item.snippet)
    return Accepted(apply(text, [Edit(item.span, new_text)]), item.span.start + stop)


def check_hover(fixture: str, *parts: str) -> None:
    """The hover at the cursor lies over exactly the labelled span (if there is a label) and holds these parts of text.

    Of several files, the one with the cursor is asked about.
    """
    files = parse(fixture)
    (file,) = (file for file in files if file.cursors)
    found = hover(_document(file), file.cursor, workspace_of(files))
    assert found is not None, "no hover here"

    assert [part for part in parts if part not in found.markdown] == [], found.markdown
    for label in file.labels:
        assert render(file.text, [Label(found.span, label.text)]) == render(file.text, [label])


def check_no_hover(fixture: str) -> None:
    """There is nothing to say at the cursor."""
    file = parse_one(fixture)

    assert hover(_document(file), file.cursor) is None


def check_outline(fixture: str, expected: str) -> None:
    """The outline is this indented list of `name` or `name · detail`."""
    file = parse_one(fixture)

    assert "".join(f"{line}\n" for line in _outline_lines(outline(_document(file)))) == parse_one(expected).text


def _expanded(snippet: str) -> tuple[str, int]:
    """Return the plain text of an LSP snippet and the offset in it of the first place to fill in, else of its end."""
    text, first, end = "", None, 0
    for match in _STOP.finditer(snippet):
        text += snippet[end : match.start()]
        end = match.end()
        if match["escaped"] is not None:
            text += match["escaped"]
            continue
        first = len(text) if first is None else first
        content = re.split(r"(?<!\\),", match["choices"])[0] if match["choices"] else match["text"] or ""
        text += re.sub(r"\\(.)", r"\1", content)
    text += snippet[end:]
    return text, len(text) if first is None else first


def _outline_lines(items: Iterable[OutlineItem], depth: int = 0) -> Iterator[str]:
    for item in items:
        yield "  " * depth + " · ".join(part for part in (item.name, item.detail) if part)
        yield from _outline_lines(item.children, depth + 1)


def _completions(fixture: str, options: CompletionOptions) -> tuple[FixtureFile, list[Completion]]:
    """Return the file with the cursor and what is offered there."""
    files = parse(fixture)
    (file,) = (file for file in files if file.cursors)
    offered = completion(_document(file), file.cursor, options, workspace_of(files))
    return file, sorted(offered, key=lambda item: item.rank)


def _check_applied(file: FixtureFile, action: CodeAction, wanted: str) -> None:
    actual = apply(file.text, action.edits)

    assert actual == wanted
    assert action.diagnostic is None or _key(action.diagnostic, file.text) not in _keys(file.uri, actual)


def _keys(uri: str, text: str) -> set[tuple[str, str, str]]:
    return {_key(diagnostic, text) for diagnostic in diagnostics(Document.open(uri, text), SETTINGS)}


def _key(diagnostic: Diagnostic, text: str) -> tuple[str, str, str]:
    """What makes a diagnostic the same one after an edit has moved it."""
    return diagnostic.code, diagnostic.message, text[slice(*diagnostic.span)]


def _document(file: FixtureFile) -> Document:
    return Document.open(file.uri, file.text)


def _actions(file: FixtureFile, kind: str) -> list[CodeAction]:
    span = file.selection if file.cursors else Span(0, len(file.text))
    return [action for action in code_actions(_document(file), span, SETTINGS) if action.kind == kind]
