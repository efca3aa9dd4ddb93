"""The names of a manifest: each at its place and with its role, whatever was kept from versions before."""

import random

import pytest

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.edit import Edit
from scone_ls.text import Span
from tests.dsl.fixture import Label, parse_one, render
from tests.dsl.trees import corpus, examples

TEXTS = [path.read_text() for path in (*examples(), *corpus())]
PIECES = [
    *"$a: -#'\"{}[]|>&*{x",
    "\n",
    "\n  - ",
    "\n    ",
    "\n---\n",
    "name: b\n",
    "$$SCONE::a$$",
    "{{a}}",
    "${A}",
    "service: a\n",
    "value: {{",
]


def check_names(fixture: str) -> None:
    """The labelled names are there, `role kind name` or `role kind` for what is written as it is named, and no others."""
    file = parse_one(fixture)
    document = Document.open(file.uri, file.text)
    found: list[Label] = []
    for names in document.names:
        for occurrence in names.within(names.span):
            words = [occurrence.role.value, occurrence.kind.value, occurrence.wanted, occurrence.detail or ""]
            if file.text[slice(*occurrence.span)] != occurrence.name:
                words.append(f"({occurrence.name})")
            found.append(Label(occurrence.span, " ".join(word for word in words if word)))

    assert render(file.text, found) == render(file.text, file.labels)


def everything(document: Document) -> list[object]:
    """Return all that is known of the names in a document."""
    return [_all_of(names) for names in document.names]


def _all_of(names: Names) -> object:
    occurrences = sorted(
        (occurrence for kind in NameKind for occurrence in names.all(kind)), key=lambda one: (one.start, one.end)
    )
    assert sorted(names.within(names.span), key=lambda one: (one.start, one.end)) == occurrences
    things = {
        (thing.kind, thing.role, thing.at(base).span, thing.name, tuple(thing.texts.items()), scope)
        for kind in NameKind
        for thing, base, scope in names.things(kind)
    }
    return names.span, occurrences, things, names.doubts


def test_names_of_a_service():
    check_names("""
        apiVersion: scone/5.8
        kind: genservice
        build:
          name: web
        #       ^^^ declares program python
          kind: python
          to: $REPO/web:1
        #      ^^^^ refers shell
        #     ^^^^^^^^^^^ declares image
          command: serve {{port}} $$SCONE::key:pem|escape(json)$$
        #                  ^^^^ refers variable
        #                                  ^^^ refers secret
          copy: [a.py, 'b']
        #        ^^^^ refers file
        #               ^ refers file
          signature: {key: k.pem}
        #                  ^^^^^ refers file made
        secrets:
          import: ["other"]
        #           ^^^^^ imports secret
          global:
            - kind: x509
              name: certificate
        #           ^^^^^^^^^^^ declares secret x509
              private_key: "\\x6bey"
        #                   ^^^^^^ refers secret private-key (key)
    """)


def test_names_of_a_mesh():
    check_names("""
        apiVersion: scone/5.8
        kind: mesh
        cas: [{name: cas, alias: [image]}]
        #            ^^^ declares cas-role
        #                         ^^^^^ declares cas-role
        env:
          - service: global
        #            ^^^^^^ refers service
            env:
              - {name: host, value: a}
        #              ^^^^ gives variable a
          - name: old
        #         ^^^ gives variable b
            value: b
          - {key: older, value: c}
        #         ^^^^^ gives variable c
        services:
          - image: web:1
        #          ^^^^^ refers image
            name: web
        #         ^^^ declares service web:1
            env: web.env
        #        ^^^^^^^ refers file definitions
        helm_extra_values:
          any: {where: "{{host}}"}
        #                 ^^^^ refers variable
    """)


def test_values_that_are_no_names():
    check_names("""
        apiVersion: scone/5.8
        kind: genservice
        build: {name: , to: ~, command: "{{#if x}}{{/if}} {{lookup a b}}", copy: [{a: b}]}
        environment: {global: [{name: $NAME}]}
        #                              ^^^^ refers shell
    """)


def test_what_says_most_is_known_in_long_mappings_too():
    """A mapping of many lines is kept in pieces, of which none sees the others."""
    lines = "".join(f"      key_{number}: |\n        {'x' * 60}\n" for number in range(200))
    text = f"apiVersion: scone/5.8\nkind: genservice\nsecrets:\n  global:\n    - name: one\n{lines}      kind: ascii\n"
    (names,) = Document.open("file:///a", text).names
    (declared,) = names.named(NameKind.SECRET, "one", Role.DECLARES)

    assert declared.detail == "ascii"


def test_the_scope_of_a_group_that_changes():
    text = "apiVersion: scone/5.8\nkind: mesh\nenv:\n  - service: a\n    env:\n      - name: x\n        value: {{y}}\n"
    document = Document.open("file:///a", text)
    changed = document.edited([Edit(Span(text.index(" a\n") + 1, text.index(" a\n") + 2), "bcd")])
    scopes = {one.scope for names in changed.names for one in names.all(NameKind.VARIABLE)}

    assert scopes == {"bcd"}


@pytest.mark.parametrize("seed", range(40))
def test_after_any_edits_names_are_those_of_a_fresh_document(seed: int):
    chance = random.Random(seed)
    document = Document.open("file:///a", chance.choice(TEXTS))
    for _ in range(8):
        document = document.edited([_edit(document.text.string, chance)])
        assert everything(document) == everything(Document.open("file:///a", document.text.string))


def _edit(text: str, chance: random.Random) -> Edit:
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.choice([0, 0, 1, 1, 3, 30, 120]))
    return Edit(Span(start, end), chance.choice(["", *PIECES]))


@pytest.mark.parametrize("text", TEXTS[:12])
def test_the_name_at_a_place_is_one_that_is_around_it(text: str):
    document = Document.open("file:///a", text)
    for offset in range(0, len(text) + 1, 7):
        names = document.names_at(offset)
        found = None if names is None else names.at(offset)
        around = [] if names is None else [one for one in names.within(Span(offset, offset)) if one != found]

        assert found is None or found.whole.touches(offset)
        assert all(_length(one.whole) >= _length(found.whole) for one in around if found is not None)
        assert found is not None or not around


def _length(span: Span) -> int:
    return span.end - span.start
