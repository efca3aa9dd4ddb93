"""The symbols of a document."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from scone_ls.analysis.document import Document
from scone_ls.features.outline import OutlineItem, outline
from tests.dsl.checks import check_outline

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*/*.yaml*"))


def test_a_service():
    check_outline(
        """
        apiVersion: scone/5.8
        kind: genservice
        build:
          name: orders
          kind: python
          copy:
            - app.py
            - pages
        environment:
          local:
            - name: SCONE_HEAP
              value: 1G
          global:
            - name: user
        injection_files:
          - path: /etc/key
            content: $$SCONE::key$$
        secrets:
          global:
            - name: key
              kind: private-key
            - kind: x509
              name: certificate
              dns: [localhost]
          import: [ca]
        """,
        """
        apiVersion · scone/5.8
        kind · genservice
        build · orders · python
          name · orders
          kind · python
          copy
            app.py
            pages
        environment
          local
            SCONE_HEAP · 1G
          global
            user
        injection_files
          /etc/key
        secrets
          global
            key · private-key
            certificate · x509
              dns
                localhost
          import
            ca
        """,
    )


def test_a_mesh():
    check_outline(
        """
        kind: mesh
        apiVersion: scone/5.8
        env:
          - service: global
            env:
              - name: user
                value: |
                  two
                  lines
          - name: flat
            value: 1
        services:
          - name: orders
            image: x/orders:1
          - image: x/nameless
        helm_extra_values:
          orders:
            replicas: 2
        """,
        """
        kind · mesh
        apiVersion · scone/5.8
        env
          global
            env
              user · two lines
          flat · 1
        services
          orders · x/orders:1
          x/nameless
        helm_extra_values
          orders
            replicas · 2
        """,
    )


def test_the_spans_of_an_item():
    text = "apiVersion: scone/5.8\nkind: mesh\nservices:\n  - name: orders\n    image: x\n"
    *_, services = outline(Document.open("file:///a.yaml", text))
    (item,) = services.children

    assert "- name: orders\n    image: x" == text[slice(*item.span)]
    assert "orders" == text[slice(*item.name_span)]
    assert "services" == text[slice(*services.name_span)]


def test_what_parses_is_shown_beside_what_does_not():
    text = "apiVersion: scone/5.8\nkind: mesh\nservices:\n  - name: a\n  - name b\n    image: x\n  - name: c\n"

    names = [item.name for item in outline(Document.open("file:///a.yaml", text))[2].children]

    assert {"a", "c"} <= set(names)


@pytest.mark.parametrize("text", ["", "# none\n", "apiVersion: v1\nkind: Pod\n", "- a\n- b\n"])
def test_nothing_in_documents_of_other_tools(text: str):
    assert outline(Document.open("file:///a.yaml", text)) == ()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: str(path.relative_to(ROOT / "examples")))
def test_names_lie_in_their_items_and_children_in_their_parents(path: Path):
    text = path.read_text(encoding="utf-8")

    _check_spans(outline(Document.open(path.as_uri(), text)), 0, len(text))


def _check_spans(items: Iterable[OutlineItem], start: int, end: int) -> None:
    for item in items:
        assert item.name
        assert start <= item.span.start <= item.name_span.start <= item.name_span.end <= item.span.end <= end
        _check_spans(item.children, *item.span)
