"""Declared names are found by their letters, in all files, read just now or long ago."""

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.workspace import Member, Workspace
from scone_ls.features.workspace_symbols import workspace_symbols
from tests.dsl.navigation import check_symbols
from tests.dsl.trees import examples

SHOP = """
    #- /mesh.yaml
    apiVersion: scone/5.8
    kind: mesh
    cas: [{name: cas}]
    env: [{service: web, env: [{name: password, value: a}]}]
    services:
      - {name: web, image: shop/web:1}
    #- /web.yaml
    apiVersion: scone/5.8
    kind: genservice
    build: {name: web-server, to: shop/web:1}
    environment: {global: [{name: PASSWORD}]}
    secrets:
      global: [{name: password}, {name: old_password}, {name: past_words}, {name: pass}]
      import: [other]
"""


def test_the_nearest_come_first():
    check_symbols(
        SHOP,
        "Password",
        "PASSWORD variable web-server",
        "password secret web-server",
        "old_password secret web-server",
    )


def test_letters_with_others_between_them():
    check_symbols(SHOP, "old pw", "old_password secret web-server")
    check_symbols(SHOP, "wsv", "web-server program web-server")


def test_containers_are_programs_and_meshes():
    check_symbols(SHOP, "web", "web service mesh", "web-server program web-server", "shop/web:1 image web-server")


def test_only_declarations_are_found():
    check_symbols(SHOP, "other")
    check_symbols(SHOP, "cas")


def test_everything_where_nothing_is_asked_for():
    found = [Document.open(path.as_uri(), path.read_text()) for path in examples()]
    opened = Workspace.of(found)
    closed = Workspace().changed({document.uri: Member.of(document) for document in found})

    assert len(workspace_symbols(opened, "")) > 50
    assert workspace_symbols(opened, "") == workspace_symbols(closed, "")


def test_an_answer_has_an_end():
    secrets = ", ".join(f"{{name: s{number}}}" for number in range(1500))
    document = Document.open(
        "file:///a", f"apiVersion: scone/5.8\nkind: genservice\nsecrets: {{global: [{secrets}]}}\n"
    )

    assert len(workspace_symbols(Workspace.of([document]), "s")) == 1000
