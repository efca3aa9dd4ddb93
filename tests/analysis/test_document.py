"""Documents: manifests in them, edits one after the other, what is kept and what is never expanded."""

from scone_ls.analysis.document import Document
from scone_ls.analysis.violations import Keyword
from scone_ls.edit import Edit
from scone_ls.syntax import green
from scone_ls.text import Span

TOP = "apiVersion: scone/5.8\nkind: mesh\ncas: []\npolicy: {namespace: a}\nservices: []\n"


def opened(text: str) -> Document:
    return Document.open("file:///mesh.yaml", text)


def keywords(document: Document) -> list[Keyword]:
    return [violation.keyword for violation in document.violations]


def test_several_documents_in_a_file():
    document = opened(f"# mine\n---\n{TOP}env:\n---\na: b\n---\nkind: genservice\n")

    assert [manifest.identity.kind for manifest in document.manifests] == ["mesh", "genservice"]
    assert [document.text.line_at(manifest.document.base) for manifest in document.manifests] == [2, 11]


def test_a_manifest_of_which_nothing_parses():
    document = opened("apiVersion: scone/5.8\nkind: mesh\ncas: [")

    assert [manifest.identity.kind for manifest in document.manifests] == ["mesh"]
    assert document.faults


def test_a_template_by_its_name():
    assert Document.open("file:///a/mesh.yaml.template", "").is_template
    assert not Document.open("file:///a/template.yaml", "").is_template


def test_edits_are_made_one_after_the_other():
    document = opened(f"{TOP}env:\n").edited([(Span(0, 0), "# one\n"), Edit(Span(2, 5), "two")], version=7)

    assert document.text.string == document.file.string == f"# two\n{TOP}env:\n"
    assert document.version == 7


def test_an_edit_beyond_the_text_is_made_at_its_end():
    assert opened("a").edited([(Span(5, 9), "b")]).text.string == "ab"
    assert opened("abc").edited([(Span(-3, 1), "")]).text.string == "bc"
    assert opened("abc").edited([(Span(2, 1), "-")]).text.string == "ab-c"


def test_the_old_version_stays_as_it_was():
    document = opened(f"{TOP}env:\n")
    document.edited([(Span(0, 3), "")])

    assert document.text.string.startswith("api")
    assert keywords(document) == []


def test_what_an_edit_leaves_alone_is_not_checked_again():
    items = "".join(f"  - service: s{number}\n    env: [{{name: a}}]\n" for number in range(50))
    document = opened(f"{TOP}env:\n{items}")
    assert len(document.violations) == 50
    first = {id(entry) for entry in _entries(document) if entry.memo}
    second = document.edited([(Span(0, 0), "\n"), (Span(len(document.text) - 2, len(document.text) - 2), ", value: b")])
    kept = [entry for entry in _entries(second) if id(entry) in first]

    assert len(kept) >= 45
    assert all(entry.memo for entry in kept)
    assert len(second.violations) == 49


def test_aliases_and_merge_keys_are_not_judged():
    document = opened(f"{TOP}env:\n  - &one {{service: a}}\n  - *one\n  - {{<<: *one, env: *two}}\n")

    assert keywords(document) == []


def test_a_mistake_in_an_anchored_node_is_reported_where_it_stands():
    document = opened(f"{TOP}env:\n  - &one {{service: a, wrong: b}}\n  - *one\n")

    assert keywords(document) == [Keyword.UNKNOWN]


def test_deep_nesting_is_no_danger():
    opened(TOP + "env:\nhelm_extra_values: " + "{a: " * 150 + "}" * 150 + "\n").violations  # noqa: B018  # Only that it ends.
    lines = "".join(" " * depth + "a:\n" for depth in range(1, 150))

    assert keywords(opened(f"{TOP}env:\nhelm_extra_values:\n{lines}")) == []


def _entries(document: Document) -> list[green.Entry]:
    found: list[green.Entry] = []
    stack = [manifest.document.entry for manifest in document.manifests]
    while stack:
        entry = stack.pop()
        found.append(entry)
        inner = green.entries_of(entry)
        stack.extend(inner.entries if inner else ())
    return found
