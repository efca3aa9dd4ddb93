"""What is offered while a manifest is typed, and the text after it was taken."""

import re
from itertools import islice
from pathlib import Path

import pytest

from scone_ls.analysis.document import Document
from scone_ls.edit import Edit
from scone_ls.features.completion import CompletionKind, CompletionOptions, completion
from scone_ls.features.hover import hover
from scone_ls.features.outline import outline
from tests.dsl.checks import (
    SNIPPETS,
    accepted,
    check_completion,
    check_completions,
    check_first_completions,
    check_no_completion,
)

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(path for path in (ROOT / "examples").glob("*/*.yaml*") if path.is_file())
SUITE = ROOT.parent / "shared" / "yaml-test-suite" / "cases.jsonl"

SERVICE = "apiVersion: scone/5.8\nkind: genservice\n"
MESH = "apiVersion: scone/5.8\nkind: mesh\n"


def service(text: str) -> str:
    return SERVICE + text


def mesh(text: str) -> str:
    return MESH + text


def labels(fixture: str) -> list[str]:
    offset = fixture.index("<|>")
    document = Document.open("file:///manifest.yaml", fixture.replace("<|>", ""))
    return [item.label for item in completion(document, offset, CompletionOptions(snippets=False))]


# Keys.


def test_what_is_missing_and_required_comes_first():
    check_first_completions(service("build:\n  name: x\n  <|>"), "kind", "to", "command")
    check_first_completions(mesh("cas: []\npolicy:\n  namespace: x\n<|>"), "env", "services")


def test_what_is_there_is_not_offered_again():
    assert "name" not in labels(service("build:\n  <|>\n  name: x\n"))
    assert "name" not in labels(service("build:\n  kind: python\n  <|>\n  name: x\n"))


def test_a_deprecated_key_is_only_offered_to_those_who_type_it():
    assert "helm" not in labels(mesh("<|>"))
    assert "helm" in labels(mesh("he<|>"))


def test_a_key_gets_its_colon():
    check_completion(service("build:\n  na<|>"), "name", service("build:\n  name: <|>"))


def test_a_key_before_a_colon_is_only_the_word():
    check_completion(service("build:\n  na<|>: x\n"), "name", service("build:\n  name<|>: x\n"))
    check_completion(service("build:\n  <|>: x\n"), "name", service("build:\n  name<|>: x\n"))


def test_a_key_before_a_value_whose_colon_is_missing():
    check_completion(service("build:\n  na<|> x\n"), "name", service("build:\n  name:<|> x\n"))
    check_completion(
        service("environment:\n  lo<|>\n    - name: A\n"),
        "local",
        service("environment:\n  local:<|>\n    - name: A\n"),
    )


def test_a_key_that_fits_the_value_comes_first():
    check_first_completions(service("build:\n  <|>: java17\n"), "kind")
    check_first_completions(service("build:\n  <|>:\n    - app.py\n"), "copy")
    check_first_completions(mesh("<|>:\n  namespace: x\n"), "policy")
    check_first_completions(service("injection_files:\n  - path: /a\n    <|>: |\n      text\n"), "content")
    check_first_completions("<|>: scone/5.8\nkind: mesh\n", "apiVersion")


def test_keys_that_do_not_go_with_the_kind_of_secret_come_last():
    offered = labels(service("secrets:\n  global:\n    - name: x\n      kind: x509-ca\n      <|>"))

    assert offered.index("issuer") < offered.index("size")
    assert offered.index("common_name") < offered.index("key_type")


def test_a_list_gets_its_first_item_in_the_style_of_the_document():
    check_completion(service("build:\n  co<|>"), "copy", service("build:\n  copy:\n    - <|>"))
    check_completion(
        service("environment:\n  local:\n  - name: A\n    value: b\n  gl<|>"),
        "global",
        service("environment:\n  local:\n  - name: A\n    value: b\n  global:\n  - name: <|>"),
    )
    check_completion(
        service("environment:\n    local:\n        - name: A\n          value: b\n    gl<|>"),
        "global",
        service("environment:\n    local:\n        - name: A\n          value: b\n    global:\n        - name: <|>"),
    )


def test_a_mapping_gets_what_it_has_to_have():
    check_completion(mesh("po<|>"), "policy", mesh("policy:\n  namespace: <|>"))
    check_completion(
        mesh("<|>"),
        "services",
        mesh("services:\n  - name: <|>\n    image: "),
        SNIPPETS,
    )


def test_a_key_whose_values_are_listed_offers_them_at_once():
    check_completion(
        service("secrets:\n  global:\n    - name: a\n      endp<|>"),
        "endpoint",
        service("secrets:\n  global:\n    - name: a\n      endpoint: <|>server"),
        SNIPPETS,
    )


def test_windows_line_ends_stay():
    before = service("build:\n  co<|>").replace("\n", "\r\n")

    check_completion(before, "copy", before.replace("co<|>", "copy:\r\n    - <|>"))


def test_a_blank_line_in_a_mapping():
    check_completion(
        service("build:\n  name: x\n<|>\n  kind: python\n"),
        "to",
        service("build:\n  name: x\n  to: <|>\n  kind: python\n"),
    )


def test_keys_in_braces():
    check_completion(service("build: {name: x, <|>}"), "to", service("build: {name: x, to: <|>}"))
    check_completion(service("build: {name: x,<|>}"), "copy", service("build: {name: x, copy: []}"))
    check_completion(
        '{"apiVersion": "scone/5.8", "ki<|>": "mesh"}', "kind", '{"apiVersion": "scone/5.8", "kind<|>": "mesh"}'
    )


def test_keys_after_an_unclosed_quote():
    check_first_completions(service('build:\n  name: "x\n  <|>'), "kind", "to")


def test_keys_of_the_old_form_of_variables():
    check_completions(mesh("env:\n  - name: a\n    value: b\n  - na<|>"), "name", "value")
    check_completions(mesh("env:\n  - service: global\n    <|>"), "env")


def test_anything_may_stand_in_the_free_parts():
    check_no_completion(mesh("helm_extra_values:\n  <|>"))
    check_no_completion(mesh("helm_extra_values:\n  x:\n    y: <|>"))


# Items.


def test_a_new_item():
    check_completion(mesh("services:\n  <|>"), "- name", mesh("services:\n  - name: <|>"))
    check_completion(
        mesh("services:\n  - name: x\n    image: y\n  <|>"),
        "- name",
        mesh("services:\n  - name: x\n    image: y\n  - name: <|>"),
    )


def test_a_new_item_in_the_compact_style():
    check_completion(mesh("services:\n- name: x\n<|>"), "- name", mesh("services:\n- name: x\n- name: <|>"))


def test_keys_behind_a_dash():
    check_first_completions(mesh("services:\n  - <|>"), "image", "name")
    check_completion(mesh("services:\n  -<|>"), "name", mesh("services:\n  - name: <|>"))


def test_scalar_items():
    check_completion(
        mesh("cas:\n  - alias:\n      - image\n      - se<|>"),
        "security",
        mesh("cas:\n  - alias:\n      - image\n      - security<|>"),
    )
    assert "image" not in labels(mesh("cas:\n  - alias: [image, <|>]"))


# Values.


def test_listed_values():
    check_first_completions(service("secrets:\n  global:\n    - kind: <|>"), "ascii", "binary", "private-key")
    check_completions(mesh("repo:\n  push: <|>"), "true", "false")


def test_a_value_directly_behind_the_colon():
    check_completion(mesh("repo:\n  push:<|>"), "true", mesh("repo:\n  push: true<|>"))


def test_a_value_replaces_the_word():
    check_completion(mesh("cas:\n  - mode: Up<|>lo # x"), "NoUpload", mesh("cas:\n  - mode: NoUpload<|> # x"))


def test_a_value_in_quotes():
    check_completion(mesh('cas:\n  - mode: "<|>"'), "NoUpload", mesh('cas:\n  - mode: "NoUpload<|>"'))
    check_completion(mesh('cas:\n  - mode: "No<|>\n'), "NoUpload", mesh('cas:\n  - mode: "NoUpload"<|>\n'))


def test_a_value_that_needs_quotes_gets_them():
    check_completion(mesh("policy:\n  ignore_advisories: <|>"), "*", mesh('policy:\n  ignore_advisories: "*"<|>'))
    check_completion(mesh("policy:\n  ignore_advisories: '<|>'"), "*", mesh("policy:\n  ignore_advisories: '*<|>'"))


def test_names_of_variables():
    check_first_completions(service("environment:\n  local:\n    - name: SC<|>"), "SCONE_HEAP", "SCONE_LOG")
    offered = labels(service("environment:\n  local:\n    - name: SCONE_HEAP\n      value: 1G\n    - name: <|>"))
    assert "SCONE_HEAP" not in offered


def test_values_of_a_known_variable():
    check_first_completions(
        service("environment:\n  local:\n    - name: SCONE_MODE\n      value: <|>"), "HW", "SIM", "AUTO"
    )
    check_completions(service("environment:\n  local:\n    - value: <|>\n      name: SCONE_FORK\n"), "0", "1")
    check_no_completion(service("environment:\n  local:\n    - name: MINE\n      value: <|>"))


def test_variables_of_the_chart():
    check_first_completions(mesh("env:\n  - service: helm\n    env:\n      - name: <|>"), "imagePullSecrets")


def test_tolerated_risks_in_a_text():
    check_completion(
        mesh("policy:\n  tolerate: hyperthreading, out<|>"),
        "outdated-tcb",
        mesh("policy:\n  tolerate: hyperthreading, outdated-tcb<|>"),
    )
    assert "hyperthreading" not in labels(mesh('policy:\n  tolerate: "hyperthreading,<|>"'))


def test_attestation_options():
    check_completion(mesh("cas:\n  - tolerance: -G -<|>"), "-S", mesh("cas:\n  - tolerance: -G -S<|>"))


def test_names_of_the_document():
    services = "services:\n  - name: orders\n    image: x\n"
    check_first_completions(mesh(f"{services}env:\n  - service: <|>\n"), "orders", "global", "helm")
    secrets = "secrets:\n  global:\n    - {name: k, kind: private-key}\n    - {name: c, kind: x509-ca}\n"
    check_completions(service(f"{secrets}    - name: x\n      private_key: <|>\n"), "k")
    check_completions(service(f"{secrets}    - name: x\n      issuer: <|>\n"), "c")


# Whole manifests.


@pytest.mark.parametrize("kind", ["genservice", "mesh"])
def test_a_whole_manifest_in_an_empty_file(kind: str):
    for before in ("<|>", "# mine\n<|>", "\n\n<|>\n", "---\n<|>"):
        offset = before.index("<|>")
        document = Document.open("file:///new.yaml", before.replace("<|>", ""))
        items = completion(document, offset, CompletionOptions(snippets=True))
        (whole,) = [item for item in items if item.label == kind]
        assert whole.kind is CompletionKind.SNIPPET
        after = Document.open("file:///new.yaml", accepted(document.text.string, whole).text)
        assert (after.faults, after.violations) == ((), ())


def test_the_first_keys_of_a_manifest():
    check_completion("<|>", "apiVersion", "apiVersion: <|>")
    check_completion("ki<|>", "kind", "kind: <|>")
    check_completions("kind: <|>", "genservice", "mesh")
    check_completions("apiVersion: sc<|>", "scone/5.8")
    check_completions("apiVersion: scone/5.8\nkind: <|>", "genservice", "mesh")
    check_completion("kind: mesh\n<|>", "apiVersion", "kind: mesh\napiVersion: <|>")
    check_completions("apiVersion: <|>\nkind: mesh\n", "scone/5.8")
    check_first_completions("apiVersion: scone/5.8\n<|>", "kind")


@pytest.mark.parametrize(
    "fixture",
    [
        "apiVersion: v1\nkind: Pod\n<|>",
        "apiVersion: v1\nkind: <|>",
        "apiVersion: apps/v1\nkind: Deployment\nspec:\n  <|>",
        "services:\n  web:\n    <|>",
        "apiVersion: scone.cloud/v1\nkind: Register\n<|>",
        "some: thing\n<|>",
    ],
)
def test_nothing_in_documents_of_other_tools(fixture: str):
    check_no_completion(fixture)


# Everywhere.


def test_no_item_is_offered_twice():
    for fixture in ("<|>", "kind: <|>", SERVICE + "<|>", "apiVersion: scone/5.8\n<|>", MESH + "cas:\n  - <|>"):
        offered = labels(fixture)
        assert len(set(offered)) == len(offered)


def test_ranks_count_up_from_zero():
    document = Document.open("file:///a.yaml", MESH)
    items = completion(document, len(MESH), CompletionOptions(snippets=True))

    assert list(range(len(items))) == [item.rank for item in items]
    assert all(item.documentation for item in items)


def test_no_snippet_for_a_client_without_them():
    for text in ("", MESH, SERVICE):
        document = Document.open("file:///a.yaml", text)
        assert not [item for item in completion(document, len(text), CompletionOptions(snippets=False)) if item.snippet]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: str(path.relative_to(ROOT / "examples")))
def test_accepting_any_item_leaves_a_text_that_parses(path: Path):
    document = Document.open(path.as_uri(), path.read_text(encoding="utf-8"))
    text = document.text.string
    if document.file.faults:
        return
    for offset in range(0, len(text) + 1, 11):
        for item in completion(document, offset, CompletionOptions(snippets=bool(offset % 2))):
            assert text.rfind("\n", 0, offset) < item.span.start <= offset <= item.span.end <= len(text)
            new_text = item.new_text if item.snippet is None else re.sub(r"(?<!\\)\$\{[^}]*\}", "x", item.snippet)
            after = document.file.edited(Edit(item.span, new_text))
            assert after.faults == (), (item.label, text[:offset][-80:], new_text)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: str(path.relative_to(ROOT / "examples")))
def test_every_prefix_and_every_deleted_line_has_answers(path: Path):
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    for number in range(0, len(lines), 3):
        before = "\n".join(lines[:number])
        for broken in (
            before + lines[number][: len(lines[number]) // 2],
            before + "\n" + "\n".join(lines[number + 1 :]),
        ):
            _ask(broken, [len(before), len(before) + 1, len(broken)])


@pytest.mark.parametrize(
    "text",
    [
        "".join(" " * depth + "a:\n" for depth in range(1500)),
        "x:\n" + "- " * 2000,
        "a: " + "[" * 3000,
        "a: " + "{a: " * 3000,
        "a: " + "x " * 20_000,
        "a: 1\n" * 2000,
        "\n" * 20_000,
        "a: " + "{{" * 5000 + "$" * 5000,
    ],
    ids=["nesting", "dashes", "brackets", "braces", "a long line", "one key", "blank lines", "templates"],
)
def test_hostile_texts_have_answers(text: str):
    _ask(MESH + text, [len(MESH), len(MESH) + 3, len(MESH) + len(text) // 2, len(MESH) + len(text)])


@pytest.mark.skipif(not SUITE.exists(), reason="needs the cases of YAML beside the repository")
def test_every_case_of_yaml_has_answers():
    import json

    for line in islice(SUITE.read_text(encoding="utf-8").splitlines(), 0, None, 5):
        case = json.loads(line)
        text = case.get("yaml", "")
        for given in (text, f"{SERVICE}build:\n  x:\n    " + text.replace("\n", "\n    ")):
            _ask(given, list(range(0, len(given) + 1, 9)))


def _ask(text: str, offsets: list[int]) -> None:
    document = Document.open("file:///a.yaml", text)
    outline(document)
    for offset in offsets:
        for item in completion(document, offset, CompletionOptions(snippets=True)):
            assert 0 <= item.span.start <= min(offset, len(text)) <= item.span.end <= len(text)
        found = hover(document, offset)
        assert found is None or 0 <= found.span.start <= found.span.end <= len(text)
