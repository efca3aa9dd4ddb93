"""Problems of a build are shown under the words that they are about."""

from scone_ls.analysis.document import Document
from scone_ls.build.errors import problems_in
from scone_ls.build.locate import locate, locate_in_source
from scone_ls.build.rendering import render
from tests.dsl.fixture import parse_one

MANIFEST = """
        apiVersion: scone/5.8
        kind: genservice
        build:
          name: shop
          kind: python
          to: registry.example.com/shop:1
          command: python3 shop.py
          copy: [shop.py]
          run:
            - >
              apk add curl
              && apk add tzdata
        environment:
"""


def place(line: str, text: str = MANIFEST) -> str:
    """The text at which a line of output is reported."""
    document = Document.open("file:///service.yaml", parse_one(text).text)
    (problem,) = problems_in([line], 1)
    return document.text.string[slice(*locate(problem, document))]


def test_a_place_that_is_named():
    assert "python" == place("error: unknown variant at line 5 column 9")
    assert "name" == place("error: unknown field at line 4 column 3")


def test_a_place_where_nothing_stands():
    assert "build:" == place("error: missing field at line 3 column 9")
    assert "environment:" == place("error: missing field at line 99 column 1")


def test_a_whole_value():
    assert "registry.example.com/shop:1" == place("denied: requested access to registry.example.com/shop:1")
    assert "shop.py" == place("COPY failed: stat shop.py: file does not exist")


def test_a_key():
    assert "environment" == place("error: missing field `environment`")


def test_a_part_of_a_value():
    assert "tzdata" == place("error: no package 'tzdata'")


def test_a_command_line():
    line = "The command '/bin/sh -c apk add curl && apk add tzdata' returned a non-zero code: 1"

    assert place(line).startswith(">")


def test_where_nothing_is_known_it_stands_at_the_kind():
    assert "kind: genservice" == place("error: no way")


def test_a_problem_of_a_template_stands_in_the_template():
    template = "kind: genservice\nbuild:\n  to: $REPO/shop:1\n"
    result = render(template, {"REPO": "registry.example.com"})
    (problem,) = problems_in(["denied: registry.example.com/shop:1"], 1)
    span = locate_in_source(problem, Document.open("file:///x.yaml", result.text), result)

    assert "$REPO/shop:1" == template[slice(*span)]


def test_a_document_without_manifest():
    document = Document.open("file:///x.yaml", "a: 1\n")
    (problem,) = problems_in(["error: no 'way'"], 1)

    assert "a: 1" == document.text.string[slice(*locate(problem, document))]
