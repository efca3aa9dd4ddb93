"""Names change in all files at once, written as each place needs it, or a sentence says why they can't."""

from pathlib import Path

import pytest

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.symbols import symbol_at
from tests.dsl.navigation import NEW_NAME, Renamed, check_no_rename, check_rename, renamed
from tests.dsl.trees import ROOT

TOP = "apiVersion: scone/5.8\nkind: genservice\n"


def service(lines: str, image: str = "shop/web:1") -> str:
    return f"{TOP}build:\n  to: {image}\n{lines}"


def test_quotes_stay_and_come_where_they_are_needed():
    check_rename(
        service("""environment:
  local:
    - {name: a, value: '{{ho<|>st}}'}
  global: [{name: host}, {name: 'other'}, &host {"name":"host"}]
"""),
        "true",
        service("""environment:
  local:
    - {name: a, value: '{{true}}'}
  global: [{name: "true"}, {name: 'other'}, &host {"name":"true"}]
"""),
    )


def test_a_name_in_a_block_becomes_a_line():
    check_rename(
        service("secrets:\n  global:\n    - name: |-\n        a<|>b\n      kind: ascii\n"),
        "c",
        service("secrets:\n  global:\n    - name: c\n      kind: ascii\n"),
    )


def test_a_name_with_escapes():
    check_rename(
        service('secrets:\n  global:\n    - name: "p\\x61ss"\n  import: []\nx: $$SCONE::pa<|>ss$$\n'),
        "word",
        service('secrets:\n  global:\n    - name: "word"\n  import: []\nx: $$SCONE::word$$\n'),
    )


def test_an_image_changes_as_a_whole_where_only_its_tag_does():
    check_rename(
        """
        #- /mesh.yaml
        apiVersion: scone/5.8
        kind: mesh
        services:
          - image: "$REPO/we<|>b:1"
            name: web
        #- /web.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: $REPO/web:1
          stable: $REPO/web:0
        """,
        "$REPO/web:${TAG}",
        """
        #- /mesh.yaml
        apiVersion: scone/5.8
        kind: mesh
        services:
          - image: "$REPO/web:${TAG}"
            name: web
        #- /web.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: $REPO/web:${TAG}
          stable: $REPO/web:0
        """,
    )


def test_an_image_in_a_flow_mapping_is_quoted_where_it_has_to_be():
    check_rename(
        "apiVersion: scone/5.8\nkind: mesh\nservices: [{image: we<|>b:1}]\n",
        "{{repo}}/web",
        'apiVersion: scone/5.8\nkind: mesh\nservices: [{image: "{{repo}}/web"}]\n',
    )


def test_a_name_becomes_one_that_is_used_but_that_nothing_has():
    check_rename(
        service("  command: $$SCONE::password$$\nsecrets:\n  global:\n    - name: pass<|>wrd\n      kind: ascii\n"),
        "password",
        service("  command: $$SCONE::password$$\nsecrets:\n  global:\n    - name: password\n      kind: ascii\n"),
    )


def test_a_wrong_use_becomes_a_right_one():
    check_rename(
        service("  command: $$SCONE::pass<|>wrd$$\nsecrets:\n  global:\n    - name: password\n      kind: ascii\n"),
        "password",
        service("  command: $$SCONE::password$$\nsecrets:\n  global:\n    - name: password\n      kind: ascii\n"),
    )


def test_the_same_name_changes_nothing():
    text = service("secrets:\n  global:\n    - name: a<|>b\n")

    check_rename(text, "ab", text.replace("<|>", ""))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            "secrets: {import: [pass<|>word]}\n",
            "`password` can't be renamed: it is imported, and no manifest here declares it",
        ),
        ("  command: serve {{name<|>space}}\n", "`namespace` can't be renamed: it is a name that `sconectl` defines"),
        (
            "  command: serve {{cas.ca<|>s.cas_url}}\n",
            "`cas.cas.cas_url` can't be renamed: it is a name that `sconectl` defines",
        ),
        (
            "  command: serve $$SCONE::se<|>lf::software_identity$$\n",
            "`self` can't be renamed: it is no secret, but a name that the runtime defines",
        ),
        (
            "  command: serve ${PO<|>RT}\n",
            "`PORT` can't be renamed: it is a variable of the shell; change it here and where it is set",
        ),
        (
            "  copy: [ser<|>ve.py]\n",
            "`serve.py` can't be renamed: it is a file on the disk; rename the file, then what is written here",
        ),
        (
            "injection_files: [{path: /etc/<|>a}]\n",
            "`/etc/a` can't be renamed: it is a path that programs know by themselves; change it here and in them",
        ),
        (
            "environment: {local: [{name: SCONE_<|>HEAP, value: 1G}]}\n",
            "`SCONE_HEAP` can't be renamed: it is a variable that the SCONE runtime reads",
        ),
    ],
)
def test_what_can_not_be_renamed_in_a_service(lines: str, message: str):
    check_no_rename(service(lines), message)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            "env: [{service: glo<|>bal}]\n",
            "`global` can't be renamed: it is the group of values for all services",
        ),
        (
            "env: [{service: helm, env: [{name: imagePull<|>Secrets, value: a}]}]\n",
            "`imagePullSecrets` can't be renamed: it is a variable that Helm charts read",
        ),
        (
            "env: [{service: web, env: [{name: po<|>rt, value: 1}]}]\nservices: [{name: web, image: bought:1}]\n",
            "`port` can't be renamed: it is declared in no manifest here, so who reads it is not known",
        ),
        ("cas: [{name: ca<|>s}]\n", "`cas` can't be renamed: it is a role that `sconectl` knows by this name"),
    ],
)
def test_what_can_not_be_renamed_in_a_mesh(lines: str, message: str):
    check_no_rename(f"apiVersion: scone/5.8\nkind: mesh\n{lines}", message)


@pytest.mark.parametrize(
    ("lines", "name", "message"),
    [
        (
            "secrets: {global: [{name: a<|>b}]}\n",
            "a b",
            "`a b` can't be the name of a secret; it has letters, digits, `_` and `-`",
        ),
        (
            "secrets: {global: [{name: a<|>b}]}\n",
            "",
            "`` can't be the name of a secret; it has letters, digits, `_` and `-`",
        ),
        (
            "environment: {global: [{name: a<|>b}]}\n",
            "1a",
            "`1a` can't be the name of a variable; it begins with a letter or `_` and has those, digits, `-` and `.`",
        ),
        (
            "environment: {global: [{name: a<|>b}]}\n",
            "session",
            "`session` is a name that `sconectl` defines; choose another one",
        ),
        ("secrets: {global: [{name: a<|>b}, {name: c}]}\n", "c", "`c` is there already; choose another name"),
        (
            "environment: {global: [{name: a<|>b}], local: [{name: c}]}\n",
            "c",
            "`c` is there already; choose another name",
        ),
    ],
)
def test_names_that_can_not_be_taken(lines: str, name: str, message: str):
    check_no_rename(service(lines), message, name)


@pytest.mark.parametrize("expression", ["{{#if port}}", "{{ lookup ports port }}", "{{{upper port}}}"])
def test_a_variable_in_an_expression_is_not_forgotten(expression: str):
    check_no_rename(
        service(f"  command: serve {expression}\nenvironment: {{global: [{{name: po<|>rt}}]}}\n"),
        f"`port` can't be renamed: it is in `{expression}`, too; change it there by hand first",
    )


def test_expressions_about_others_are_no_hindrance():
    check_rename(
        service(
            "  command: '{{#if ports}} {{ port }} {{{port}}} {{my-port}}'\nenvironment: {global: [{name: po<|>rt}]}\n"
        ),
        "at",
        service("  command: '{{#if ports}} {{ at }} {{{at}}} {{my-port}}'\nenvironment: {global: [{name: at}]}\n"),
    )


def test_a_name_that_another_service_of_the_mesh_has():
    check_no_rename(
        """
        #- /mesh.yaml
        apiVersion: scone/5.8
        kind: mesh
        services: [{image: a}, {image: b}]
        #- /a.yaml
        apiVersion: scone/5.8
        kind: genservice
        build: {to: a}
        secrets: {global: [{name: on<|>e}]}
        #- /b.yaml
        apiVersion: scone/5.8
        kind: genservice
        build: {to: b}
        secrets: {global: [{name: two}]}
        """,
        "`two` is there already; choose another name",
        "two",
    )


def test_an_image_that_another_manifest_builds():
    check_no_rename(
        """
        #- /a.yaml
        apiVersion: scone/5.8
        kind: genservice
        build: {to: a<|>}
        #- /b.yaml
        apiVersion: scone/5.8
        kind: genservice
        build: {to: b}
        """,
        "`b` is there already; choose another name",
        "b",
    )


@pytest.mark.parametrize("folder", sorted(path.name for path in (ROOT / "examples").iterdir() if path.is_dir()))
def test_every_name_of_the_examples_there_and_back(folder: str):
    """All files are as before, byte for byte; what can't be renamed says so."""
    before = {path.as_uri(): path.read_bytes().decode() for path in _manifests(ROOT / "examples" / folder)}
    answers: list[object] = []
    for uri, text in before.items():
        document = Document.open(uri, text)
        for start, offset in _names(document):
            there = renamed(before, uri, offset, NEW_NAME)
            answers.append(there)
            if isinstance(there, Renamed):
                assert there.texts != before
                back = renamed(there.texts, uri, there.offset - (offset - start), _name(document, offset))
                assert isinstance(back, Renamed)
                assert back.texts == before

    assert any(isinstance(answer, Renamed) for answer in answers)
    assert None not in answers


def _names(document: Document) -> set[tuple[int, int]]:
    """Return where the names of a document begin, each with the first offset at which it is the one that is meant."""
    asked = ((symbol_at(document, offset), offset) for offset in range(len(document.text) + 1))
    first: dict[int, int] = {}
    for occurrence, offset in asked:
        if occurrence is not None and occurrence.span.touches(offset):
            first.setdefault(occurrence.start, offset)
    return set(first.items())


def _name(document: Document, offset: int) -> str:
    occurrence = symbol_at(document, offset)
    assert occurrence is not None
    return occurrence.name


def _manifests(folder: Path) -> list[Path]:
    return sorted(path for pattern in ("*.yaml", "*.template") for path in folder.glob(pattern))
