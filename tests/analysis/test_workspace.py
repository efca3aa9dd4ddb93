"""A workspace after any changes is the one that a fresh look would give."""

import random

import pytest

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.links import builders, meshes, services
from scone_ls.analysis.workspace.workspace import ALONE, Member, Workspace

IMAGES = ("a", "b", "c")


def opened(uri: str, text: str) -> Document:
    return Document.open(uri, text)


def mesh(*images: str) -> str:
    listed = "".join(f"  - {{name: of-{image}, image: {image}}}\n" for image in images)
    return f"apiVersion: scone/5.8\nkind: mesh\nservices:\n{listed}"


def service(image: str) -> str:
    return f"apiVersion: scone/5.8\nkind: genservice\nbuild: {{to: {image}}}\n"


def everything(workspace: Workspace) -> object:
    """Return what can be asked of a workspace."""
    return (
        {uri: member.interfaces for uri, member in workspace.members.items()},
        {image: tuple(member.uri for member in workspace.with_image(image)) for image in IMAGES},
        {uri: workspace.neighbours(uri) for uri in workspace.members},
    )


@pytest.mark.parametrize("seed", range(40))
def test_after_any_changes_it_is_as_if_made_anew(seed: int):
    chance = random.Random(seed)
    texts: dict[str, str] = {}
    workspace = Workspace()
    for _ in range(12):
        uri = f"file:///{chance.randrange(5)}"
        text = chance.choice([mesh(*chance.sample(IMAGES, 2)), service(chance.choice(IMAGES)), "kind: Pod\n", None])
        if text is None:
            texts.pop(uri, None)
            workspace = workspace.changed({uri: None})
        else:
            texts[uri] = text
            workspace = workspace.changed({uri: Member.of(opened(uri, text), is_open=chance.random() < 0.5)})
        fresh = Workspace.of(opened(each, one) for each, one in texts.items())

        assert everything(workspace) == everything(fresh)


def test_what_belongs_together():
    workspace = Workspace.of(
        [
            opened("file:///one", mesh("a", "b")),
            opened("file:///two", mesh("b", "c")),
            opened("file:///a", service("a")),
            opened("file:///b", f"{service('b')}---\n{service('c')}"),
            opened("file:///alone", service("d")),
        ]
    )
    interface = workspace.members["file:///one"].interfaces[0]

    assert [part[:2] for part in builders(workspace, "c")] == [("file:///b", 1)]
    assert [len(linked.builders) for linked in services(workspace, interface)] == [1, 1]
    assert [part.uri for part in meshes(workspace, workspace.members["file:///b"].interfaces[0])] == [
        "file:///one",
        "file:///two",
    ]
    assert workspace.neighbours("file:///a") >= {"file:///one", "file:///b"}
    assert workspace.neighbours("file:///alone") == frozenset()
    assert workspace.neighbours("file:///unknown") == frozenset()


def test_an_older_workspace_stays_as_it_was():
    before = Workspace.of([opened("file:///a", service("a"))])
    before.changed({"file:///a": None, "file:///b": Member.of(opened("file:///b", service("a")))})

    assert [member.uri for member in before.with_image("a")] == ["file:///a"]


def test_what_is_not_open_is_read_when_it_is_needed():
    workspace = Workspace().changed({"file:///a": Member.of(opened("file:///a", service("a")))})
    document = workspace.document("file:///a")

    assert document is not None
    assert document.text.string == service("a")
    assert workspace.document("file:///b") is None


def test_nothing_is_known_alone():
    assert not ALONE.is_complete
    assert not ALONE.members
    assert ALONE.with_image("a") == ()
