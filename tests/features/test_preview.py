"""What a build would make of a manifest, told from the manifest alone."""

from scone_ls.analysis.document import Document
from scone_ls.features.hover import hover
from scone_ls.features.preview import as_markdown, as_text, preview
from tests.dsl.fixture import parse_one

MANIFEST = """
    apiVersion: scone/5.8
    kind: genservice
    build:
      name: shop
      kind: java17-glibc
      to: $REPO/shop:1
      command: java Shop "$$SCONE::key$$"
      copy: [Shop.java, lib]
      run:
        - >
          mkdir /data
          && chown guest /data
    environment:
      local:
        - name: SCONE_HEAP
          value: 1G
      global:
        - name: title
    secrets:
      global:
        - name: key
          kind: ascii
        - name: token
          kind: ascii
          value: abc
"""


def document() -> Document:
    return Document.open("file:///shop.yaml", parse_one(MANIFEST).text)


def test_the_steps_as_text():
    assert """\
1. Base image
     the image for this kind: java17-glibc: Java 17, glibc  (the tool decides)
2. Copied into the working directory
     Shop.java  (120 B)
     lib  (2.5 MB)
3. Commands run
     RUN mkdir /data && chown guest /data
4. Programs made confidential
     the program of the command line, searched for in the image  (the tool decides)
5. Signed with the key
     `target/identity.pem`, made when it does not exist  (the tool decides)
6. Started with
     java Shop "$$SCONE::key$$"  (from CAS)
7. Environment fixed in the policy
     SCONE_HEAP: 1G
8. Environment given by the mesh
     title
9. Secrets that CAS makes
     key: ascii
10. Secrets given in the manifest
     token: ascii
11. Policy and chart of the service
     written into `target/` and into the image  (the tool decides)
12. Image, which is pushed
     $REPO/shop:1  (not filled in yet)""" == as_text(document().manifests[0], {"Shop.java": 120, "lib": 2_500_000})


def test_the_steps_as_markdown():
    markdown = as_markdown(document().manifests[0])

    assert "2. Copied into the working directory:\n   - `Shop.java`\n   - `lib`\n" in markdown
    assert "1. Base image: the image for this kind: java17-glibc: Java 17, glibc (the tool decides)\n" in markdown


def test_the_steps_as_data():
    steps = preview(document().manifests[0], {"Shop.java": None})
    assert isinstance(steps, list)
    last = steps[-1]

    assert last == {
        "title": "Image, which is pushed",
        "entries": [
            {"text": "$REPO/shop:1", "detail": "", "by_tool": False, "from": ["not filled in yet"], "size": None}
        ],
    }


def test_a_base_image_that_is_named():
    text = parse_one(MANIFEST).text.replace("  name: shop\n", "  name: shop\n  from: base:1\n")

    assert as_text(Document.open("file:///x", text).manifests[0], {}).startswith("1. Base image\n     base:1\n")


def test_a_manifest_that_is_hardly_begun():
    manifest = Document.open("file:///x", "apiVersion: scone/5.8\nkind: genservice\nbuild:\n").manifests[0]

    assert as_text(manifest, {}).startswith("1. Base image\n     the image for this kind  (the tool decides)\n2. ")


def test_hover_over_the_build_shows_it():
    shown = document()
    found = hover(shown, shown.text.string.index("build:"))

    assert found is not None
    assert "**What will be built**\n\n1. Base image: the image for this kind" in found.markdown


def test_hover_over_another_key_of_that_name_does_not():
    shown = Document.open("file:///x", "apiVersion: scone/5.8\nkind: genservice\nbuild:\n  build: 1\n")

    assert "will be built" not in str(hover(shown, shown.text.string.index("  build") + 2))
