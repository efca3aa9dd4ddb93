"""Links lead to files that are there, and from images to the manifests that build them."""

from tests.dsl.navigation import check_links


def test_files_that_are_there():
    check_links(
        """
        #- /service.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          requirements: "requirements.txt"
        #                ^^^^^^^^^^^^^^^^ /src/requirements.txt
          copy:
            - serve.py
        #     ^^^^^^^^ /src/serve.py
            - other.py
            - $NAME.py
        """,
        {"requirements.txt": "/src/requirements.txt", "serve.py": "/src/serve.py"},
    )


def test_images_that_a_manifest_builds():
    check_links("""
        #- /mesh.yaml
        apiVersion: scone/5.8
        kind: mesh
        services:
          - image: $REPO/web:1
        #          ^^^^^^^^^^^ /web.yaml
          - image: bought:1
        #- /web.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: $REPO/web:1
          stable: bought:0
    """)


def test_other_documents_have_none():
    check_links("kind: Pod\nimage: a\n", {"a": "/a"})
