"""The places of a thing are the same, whichever of them one begins with, in workspaces of every sort."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.workspace.given import given_values
from scone_ls.analysis.workspace.symbols import places, symbol_at
from scone_ls.analysis.workspace.workspace import ALONE, Member, Workspace
from scone_ls.edit import Edit
from scone_ls.text import Span
from tests.dsl.trees import examples

IMAGES = ("shop/a:1", "shop/b:1", "$REPO/c")
NAMES = ("one", "two", "port")


def occurrences(document: Document) -> Iterator[Occurrence]:
    for names in document.names:
        for kind in NameKind:
            yield from names.all(kind)


def check_all(workspace: Workspace) -> None:
    """Every place of a thing has the same places, among them itself."""
    for uri in workspace.members:
        document = workspace.document(uri)
        assert document is not None
        for occurrence in occurrences(document):
            found = places(workspace, document, occurrence)
            assert (uri, occurrence) in found
            for place in found:
                other = workspace.document(place.uri)
                assert other is not None
                assert places(workspace, other, place.occurrence) == found


def a_mesh(chance: random.Random) -> str:
    groups = chance.sample(["global", "helm", "a", "b", "c"], 3)
    env = "".join(
        f"  - service: {group}\n    env:\n"
        + "".join(f'      - name: {chance.choice(NAMES)}\n        value: "{_value(chance)}"\n' for _ in range(2))
        for group in groups
    )
    services = "".join(f'  - {{name: {image[-3]}, image: "{image}"}}\n' for image in chance.sample(IMAGES, 2))
    return f"apiVersion: scone/5.8\nkind: mesh\npolicy: {{namespace: '{_value(chance)}'}}\nenv:\n{env}services:\n{services}"


def a_service(chance: random.Random) -> str:
    declared, imported, variable = (chance.choice(NAMES) for _ in range(3))
    return (
        f'apiVersion: scone/5.8\nkind: genservice\nbuild: {{to: "{chance.choice(IMAGES)}", command: "{_value(chance)}"}}\n'
        f"secrets:\n  global: [{{name: {declared}, kind: ascii}}]\n  import: [{imported}]\n"
        f"environment: {{global: [{{name: {variable}}}]}}\n"
    )


def _value(chance: random.Random) -> str:
    name = chance.choice(NAMES)
    return chance.choice([f"{{{{{name}}}}}", f"$$SCONE::{name}$$", "x"])


@pytest.mark.parametrize("seed", range(60))
def test_whichever_place_is_asked(seed: int):
    chance = random.Random(seed)
    texts = [chance.choice((a_mesh, a_service, a_service))(chance) for _ in range(5)]
    # Now and then several manifests are in one file.
    if seed % 3 == 0:
        texts[:2] = ["---\n".join(texts[:2])]

    check_all(Workspace.of(Document.open(f"file:///{number}", text) for number, text in enumerate(texts)))


def test_paths_that_lead_to_the_same_file():
    head = "apiVersion: scone/5.8\nkind: genservice\n"
    documents = [
        Document.open("file:///a/one", f"{head}build: {{copy: [x.py, ./x.py, none.py, none.py]}}\n"),
        Document.open("file:///two", f"{head}build: {{copy: [a/x.py, x.py], requirements: none.py}}\n"),
    ]
    files = {
        ("file:///a/one", "x.py"): "file:///a/x.py",
        ("file:///a/one", "./x.py"): "file:///a/x.py",
        ("file:///two", "a/x.py"): "file:///a/x.py",
        ("file:///two", "x.py"): "file:///x.py",
        ("file:///two", "none.py"): None,
    }
    workspace = replace(Workspace.of(documents), files=files)
    check_all(workspace)
    counts = [len(places(workspace, documents[0], one)) for one in occurrences(documents[0])]

    assert sorted(counts) == [2, 2, 3, 3]


def test_the_examples():
    check_all(Workspace.of(Document.open(path.as_uri(), path.read_text()) for path in examples()))


def test_the_version_that_is_asked_counts():
    mesh, service = (a_mesh(random.Random(1)), a_service(random.Random(2)))
    workspace = Workspace.of([Document.open("file:///m", mesh), Document.open("file:///s", service)])
    older = workspace.document("file:///s")
    assert older is not None
    start = service.index("secrets:")
    newer = older.edited([Edit(Span(start, start), "# moved\n")])

    for occurrence in occurrences(newer):
        assert ("file:///s", occurrence) in places(workspace, newer, occurrence)
        assert set(places(ALONE, newer, occurrence)) <= set(places(workspace, newer, occurrence))


def test_files_that_are_not_open_count_the_same():
    documents = [Document.open(f"file:///{path.name}", path.read_text()) for path in examples()]
    opened = Workspace.of(documents)
    closed = Workspace().changed({document.uri: Member.of(document) for document in documents})

    for document in documents:
        for occurrence in occurrences(document):
            assert places(opened, document, occurrence) == places(closed, document, occurrence)


def test_the_smaller_name_is_meant():
    text = "apiVersion: scone/5.8\nkind: genservice\nbuild: {to: $REPO/web:1}\n"
    document = Document.open("file:///a", text)
    kinds = [found.kind if (found := symbol_at(document, text.index(word))) else None for word in ("REPO", "web", "to")]

    assert kinds == [NameKind.SHELL, NameKind.IMAGE, None]


def test_values_are_those_of_the_service():
    mesh = (
        "apiVersion: scone/5.8\nkind: mesh\nenv:\n"
        "  - {service: global, env: [{name: port, value: 1}]}\n  - {service: b, env: [{name: port, value: 2}]}\n"
        "services:\n  - {name: a, image: a}\n  - {name: b, image: b}\n  - {name: c, image: a}\n"
    )
    head, end = "apiVersion: scone/5.8\nkind: genservice\n", "environment: {global: [{name: port}]}\n"
    texts = {f"file:///{name}": f"{head}build: {{to: {name}}}\n{end}" for name in ("a", "b", "other")}
    services = [Document.open(uri, text) for uri, text in texts.items()]
    workspace = Workspace.of([Document.open("file:///mesh", mesh), *services])
    values: list[list[str | None]] = []
    for document in services:
        (declared,) = document.names[0].named(NameKind.VARIABLE, "port", Role.DECLARES)
        values.append([one.occurrence.detail for one in given_values(workspace, document, declared)])

    assert values == [["1"], ["2"], []]
