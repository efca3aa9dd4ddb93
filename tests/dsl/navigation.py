"""Checks for the features that go from a name to its other places: marked texts in, an assertion out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.symbols import Located
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.edit import apply
from scone_ls.features.definition import definition
from scone_ls.features.document_links import document_links
from scone_ls.features.highlight import highlights
from scone_ls.features.inlay_hints import InlayHintOptions, inlay_hints
from scone_ls.features.references import references
from scone_ls.features.rename import Refusal, Renaming, rename, renameable
from scone_ls.features.workspace_symbols import workspace_symbols
from scone_ls.text import Span
from tests.dsl.fixture import FixtureFile, Label, parse, render

NEW_NAME = "quite_another_name"
ALL_HINTS = InlayHintOptions()
_WRITES = {"declares", "gives"}

Texts = dict[str, str]


def check_places(fixture: str) -> None:
    """The labelled places (`declares`, `imports`, `gives`, `refers`) are those of one thing, whichever one is asked.

    References, highlight and rename give exactly these, and the definition those that go with the one that was asked.
    """
    files = parse(fixture)
    workspace = _workspace(files)
    whole = _marked(files, {file.path: file.labels for file in files})
    for file in files:
        document = workspace.document(file.uri) or Document.open(file.uri, file.text)
        for label in file.labels:
            for offset in (label.span.start, (label.span.start + label.span.end) // 2, label.span.end):
                found = references(document, offset, workspace, declarations=True)
                assert _marked(files, _by_file(files, found)) == whole
                _check_without_declarations(files, document, offset, workspace)
                _check_highlights(file, document, offset, workspace)
                _check_rename_places(files, document, offset, workspace)
                _check_definition(files, file, label, offset, workspace)


def check_definition(fixture: str, targets: Mapping[str, str] | None = None) -> None:
    """The definition of the name at the cursor is at the labelled places (`target`).

    `targets` are what paths in the manifests lead to, which a label `target` at the beginning of that file stands for.
    """
    files = parse(fixture)
    (file,) = (each for each in files if each.cursors)
    workspace = _workspace(files, targets)
    found = definition(_document(workspace, file), file.cursor, workspace)
    labels: dict[str, list[Label]] = {each.path: [] for each in files}
    for target in () if found is None else found.targets:
        labels.setdefault(target.uri.removeprefix("file://"), []).append(Label(target.span, "target"))

    assert _marked(files, labels) == _marked(files, {each.path: each.labels for each in files})
    assert found is None or found.span.touches(file.cursor)


def check_rename(before: str, name: str, after: str) -> None:
    """The name at the cursor can be changed, and then all files are those of `after`."""
    files, wanted = parse(before), {file.path: file.text for file in parse(after)}
    (file,) = (each for each in files if each.cursors)
    workspace = _workspace(files)
    document = _document(workspace, file)
    prepared = renameable(document, file.cursor, workspace)
    assert prepared is not None
    assert not isinstance(prepared, Refusal), prepared.message
    found = rename(document, file.cursor, name, workspace)
    assert isinstance(found, Renaming), found

    assert _renamed(files, found) == wanted


def check_no_rename(fixture: str, message: str, name: str = NEW_NAME) -> None:
    """The name at the cursor can't be changed to that one, and the message says why."""
    files = parse(fixture)
    (file,) = (each for each in files if each.cursors)
    workspace = _workspace(files)
    found = rename(_document(workspace, file), file.cursor, name, workspace)

    assert found == Refusal(message)


def check_hints(fixture: str, options: InlayHintOptions = ALL_HINTS, span: Span | None = None) -> None:
    """Each file shows exactly the hints that stand in it as `«text»`."""
    for file, shown in zip(parse(_without_hints(fixture)), parse(fixture), strict=True):
        workspace = _workspace(parse(_without_hints(fixture)))
        text = file.text
        found = inlay_hints(_document(workspace, file), span or Span(0, len(text)), options, workspace)
        for hint in reversed(found):
            text = f"{text[: hint.offset]}«{hint.label}»{text[hint.offset :]}"

        assert text == shown.text


def check_links(fixture: str, targets: Mapping[str, str] | None = None) -> None:
    """The links of each file are the labelled ones; the labels are the paths that they lead to."""
    files = parse(fixture)
    workspace = _workspace(files, targets)
    for file in files:
        found = document_links(_document(workspace, file), workspace)
        labels = [Label(link.span, link.target.removeprefix("file://")) for link in found]

        assert render(file.text, labels) == render(file.text, file.labels)


def check_symbols(fixture: str, query: str, *expected: str) -> None:
    """The query finds exactly these symbols, in this order, each as `name kind container`."""
    documents = [Document.open(file.uri, file.text) for file in parse(fixture)]
    found = workspace_symbols(Workspace.of(documents), query)

    assert tuple(f"{one.listed.name} {one.listed.kind.value} {one.listed.container}" for one in found) == expected


class Renamed(NamedTuple):
    """Texts by their URIs after a name in one of them was changed, and where it stands now."""

    texts: Texts
    offset: int


def renamed(texts: Texts, uri: str, offset: int, name: str) -> Renamed | Refusal | None:
    """Change a name in one of several texts, or return why it can't be changed."""
    documents = [Document.open(each, text) for each, text in texts.items()]
    workspace = Workspace.of(documents)
    document = workspace.document(uri)
    assert document is not None
    found = rename(document, offset, name, workspace)
    if not isinstance(found, Renaming):
        return found
    edits = sorted(found.edits.get(uri, ()))
    before = [edit for edit in edits if edit.span.end < offset]
    moved = offset + sum(len(edit.new_text) - (edit.span.end - edit.span.start) for edit in before)
    changed = {each: apply(text, found.edits.get(each, ())) for each, text in texts.items()}
    return Renamed(changed, moved)


def _check_without_declarations(
    files: tuple[FixtureFile, ...], document: Document, offset: int, workspace: Workspace
) -> None:
    found = references(document, offset, workspace, declarations=False)
    wanted = {file.path: [label for label in file.labels if label.text != "declares"] for file in files}

    assert _marked(files, _by_file(files, found)) == _marked(files, wanted)


def _check_highlights(file: FixtureFile, document: Document, offset: int, workspace: Workspace) -> None:
    found = [Label(each.span, each.kind.value) for each in highlights(document, offset, workspace)]
    wanted = [Label(label.span, "write" if label.text in _WRITES else "read") for label in file.labels]

    assert render(file.text, found) == render(file.text, wanted)


def _check_rename_places(files: tuple[FixtureFile, ...], document: Document, offset: int, workspace: Workspace) -> None:
    found = rename(document, offset, NEW_NAME, workspace)
    assert isinstance(found, Renaming), found
    wanted = {file.path: _replaced(file, NEW_NAME) for file in files}

    assert _renamed(files, found) == wanted


def _check_definition(
    files: tuple[FixtureFile, ...], file: FixtureFile, label: Label, offset: int, workspace: Workspace
) -> None:
    found = definition(_document(workspace, file), offset, workspace)
    assert found is not None
    targets = {(target.uri, target.span) for target in found.targets}
    places = {(each.uri, one.span): one.text for each in files for one in each.labels}
    roles = {places[target] for target in targets}
    if label.text == "declares":
        beyond = {place for place, role in places.items() if role in {"imports", "gives"}}
        assert targets == beyond or (not beyond and roles == {"declares"})
    elif "declares" in places.values():
        assert roles == {"declares"}
    else:
        assert len(roles) == 1


def _workspace(files: tuple[FixtureFile, ...], targets: Mapping[str, str] | None = None) -> Workspace:
    workspace = Workspace.of([Document.open(file.uri, file.text) for file in files])
    known = {(file.uri, name): f"file://{path}" for file in files for name, path in (targets or {}).items()}
    return replace(workspace, files=known)


def _document(workspace: Workspace, file: FixtureFile) -> Document:
    return workspace.document(file.uri) or Document.open(file.uri, file.text)


def _by_file(files: tuple[FixtureFile, ...], found: Iterable[Located]) -> dict[str, list[Label]]:
    labels: dict[str, list[Label]] = {file.path: [] for file in files}
    for uri, occurrence in found:
        labels[uri.removeprefix("file://")].append(Label(occurrence.span, occurrence.role.value))
    return labels


def _marked(files: tuple[FixtureFile, ...], labels: Mapping[str, Iterable[Label]]) -> Texts:
    return {file.path: render(file.text, labels.get(file.path, ())) for file in files}


def _renamed(files: tuple[FixtureFile, ...], found: Renaming) -> Texts:
    return {file.path: apply(file.text, found.edits.get(file.uri, ())) for file in files}


def _replaced(file: FixtureFile, name: str) -> str:
    text = file.text
    for label in sorted(file.labels, reverse=True):
        text = text[: label.span.start] + name + text[label.span.end :]
    return text


def _without_hints(fixture: str) -> str:
    return re.sub("«[^»]*»", "", fixture)
