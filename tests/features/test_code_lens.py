"""What is offered above which words."""

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.workspace import ALONE, Workspace
from scone_ls.features.code_lens import code_lenses
from tests.dsl.fixture import parse

SERVICE = """
    #- /shop.yaml
    apiVersion: scone/5.8
    kind: genservice
    build:
      name: shop
      to: registry.example.com/shop:1
"""
MESH = """
    #- /mesh.yaml
    apiVersion: scone/5.8
    kind: mesh
    services:
      - name: shop
        image: registry.example.com/shop:1
      - name: db
        image: registry.example.com/db:1
"""


def offers(fixture: str) -> list[str]:
    """What is offered in the last file of a fixture: the word, the title, and the file that it is about."""
    documents = [Document.open(f"file://{file.path}", file.text) for file in parse(fixture)]
    string = documents[-1].text.string
    return [
        f"{string[slice(*lens.span)]}: {lens.title} {lens.uri.removeprefix('file://')}"
        for lens in code_lenses(documents[-1], Workspace.of(documents))
    ]


def test_a_service_can_be_built_where_its_build_is_described():
    assert ["build: Build /shop.yaml", "build: Check /shop.yaml", "build: Doctor /shop.yaml"] == offers(SERVICE)


def test_a_mesh_can_be_built_alone_or_with_its_services():
    assert [
        "kind: Build /mesh.yaml",
        "kind: Build with its services /mesh.yaml",
        "kind: Check /mesh.yaml",
        "kind: Doctor /mesh.yaml",
    ] == offers(MESH)


def test_a_service_can_be_built_from_its_mesh_where_its_manifest_is_known():
    assert ["shop: Build /shop.yaml", "shop: Check /shop.yaml", "shop: Doctor /shop.yaml"] == offers(SERVICE + MESH)[4:]


def test_a_service_that_two_manifests_build_is_not_guessed():
    assert 4 == len(offers(SERVICE + SERVICE.replace("/shop.yaml", "/other.yaml") + MESH))


def test_files_of_other_tools_offer_nothing():
    assert [] == offers("#- /pod.yaml\napiVersion: v1\nkind: Pod\nbuild:\n")


def test_a_text_that_is_no_tree_offers_nothing():
    assert () == code_lenses(Document.open("file:///x.yaml", "kind: genservice\n- a\n"), ALONE)
