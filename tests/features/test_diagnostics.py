"""What is reported and what is not, whatever rule it comes from; the rules have tests of their own."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.generate import KINDS, manifest
from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.workspace import Member, Workspace
from scone_ls.edit import Edit, apply
from scone_ls.features import diagnostics as feature
from scone_ls.features.code_actions import fixes
from scone_ls.features.diagnostics import DiagnosticSettings, diagnostics
from scone_ls.rules import RULES
from scone_ls.rules.rule import Rule, Severity, Tag
from scone_ls.syntax.faults import Fault
from scone_ls.text import Span
from tests.dsl.checks import check_diagnostics, check_severity

ROOT = Path(__file__).parents[2]
OTHER_TOOLS = ROOT.parent / "shared" / "corpus" / "other-tools"
EXAMPLES = [
    path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "examples").rglob("*.y*ml*"))
    if "kind: " in path.read_text(encoding="utf-8")
]
LARGE = [manifest(kind, 400) for kind in KINDS]
"""Texts that are cut into many pieces."""
SETTINGS = DiagnosticSettings()

FAULTY = """\
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: pyton
  to: example.com/guestbook:1
  command: python3 guestbook.py
environment:
"""


def found(text: str, settings: DiagnosticSettings = SETTINGS) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in diagnostics(Document.open("file:///a.yaml", text), settings)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeff",
        "# nothing\n",
        "hello",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  name: b\n",
        "apiVersion: v1\nkind: Pod\nmetadata: [\n",
        "services:\n  web:\n    image: {{x}}\n",
        "a: 'b\n\tc: d\n",
        "apiVersion: scone.cloud/v1\nkind: Apply\nkind: Apply\n",
        "---\na: 1\n---\nb: [\n",
    ],
)
def test_silence_about_the_files_of_others(text: str):
    assert found(text) == []


@pytest.mark.skipif(not OTHER_TOOLS.is_dir(), reason="the collected files of other tools are not here")
def test_silence_about_collected_files_of_other_tools():
    texts = [path.read_text(encoding="utf-8") for path in sorted(OTHER_TOOLS.iterdir()) if path.is_file()]

    assert [text for text in texts if found(text)] == []


def test_a_document_beside_a_manifest_is_left_alone():
    check_diagnostics("""
        apiVersion: v1
        kind: Pod
        kind: Pod
        ---
        apiVersion: scone/5.8
        kind: mesh
        cas: []
        policy:
          namespace: guestbook
        env:
        services:
        servces:
        #^^^^^^ unknown-key: unknown key `servces`; did you mean `services`?
        ---
        a: [
    """)


def test_a_broken_file_that_is_ours_is_reported():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: "mesh
        #     ^^^^^ unclosed-quote: the quote `"` is never closed
    """)


def test_the_order_of_the_text():
    places = [one.span for one in diagnostics(Document.open("file:///a", EXAMPLES[3] + "x: 1\ny: 2\n"), SETTINGS)]

    assert places == sorted(places)


def test_a_severity_can_be_changed_for_each_code():
    settings = DiagnosticSettings({"unknown-value": Severity.INFORMATION})

    check_severity(FAULTY, "warning")
    check_severity(FAULTY, "information", settings)


def test_a_code_can_be_switched_off():
    assert found(FAULTY, DiagnosticSettings({"unknown-value": None})) == []


def test_a_diagnostic_has_a_page_and_what_else_a_client_shows():
    text = FAULTY.replace("pyton", "python  # scone-ls: ignore[wrong-type]") + "environment:\n"
    unused, duplicate = diagnostics(Document.open("file:///a.yaml", text), SETTINGS)

    assert unused.tags == {Tag.UNNECESSARY}
    assert unused.severity is Severity.HINT
    assert duplicate.url.endswith("/rules/duplicate-key/")
    assert [text[slice(*related.span)] for related in duplicate.related] == ["environment"]


def test_no_page_is_missing():
    codes = {Path(page).stem for page in (ROOT / "docs" / "rules").glob("*.md")}

    assert {rule.code for rule in RULES} <= codes


def test_a_failing_rule_costs_its_own_findings_only(monkeypatch: pytest.MonkeyPatch):
    failed: list[str] = []

    def broken(_document: Document) -> list[object]:
        raise ZeroDivisionError

    rule = Rule("broken", Severity.ERROR, "0.1.0", RULES[0].group, broken)  # type: ignore[arg-type]  # It raises.
    monkeypatch.setattr(feature, "ASKED", feature.Asked.of((rule, *RULES)))
    monkeypatch.setattr(feature, "on_failure", lambda rule: failed.append(rule.code))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType, reportUnknownMemberType] -- a rule

    assert [code for code, _ in found(FAULTY)] == ["unknown-value"]
    assert failed == ["broken"]


# Suppression.


def test_a_comment_at_the_end_of_the_line():
    assert found(FAULTY.replace("pyton", "pyton # scone-ls: ignore[unknown-value]")) == []


def test_a_comment_above_the_line():
    comment = "  # scone-ls: ignore[wrong-type, unknown-value]\n  # For now.\n\n"
    text = FAULTY.replace("  kind: pyton", comment + "  kind: pyton")

    assert [code for code, _ in found(text)] == ["unused-ignore"]


def test_a_comment_behind_another():
    assert found(FAULTY.replace("pyton", "pyton # our own # scone-ls:ignore[unknown-value]")) == []


def test_a_comment_inside_of_text_is_text():
    text = FAULTY.replace("python3 guestbook.py", "|\n    # scone-ls: ignore[unknown-value]").replace(
        "  to:", "  kinds: x\n  to:"
    )

    assert ("unknown-value", "unknown value `pyton` for `kind`; did you mean `python`?") in found(text)
    assert "unused-ignore" not in [code for code, _ in found(text)]


# Sweeps.


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda text: text[:30])
def test_every_deleted_line_and_many_prefixes(text: str):
    lines = text.splitlines(keepends=True)
    texts = ["".join(lines[:number] + lines[number + 1 :]) for number in range(len(lines))]
    texts += [text[:end] for end in range(0, len(text), 7)]
    for part in texts:
        document = Document.open("file:///a.yaml", part)
        for one in diagnostics(document, SETTINGS):
            assert 0 <= one.span.start < one.span.end <= len(part), (one, part)


PIECES = (
    "\n",
    "  ",
    "\t",
    ":",
    " ",
    '"',
    "'",
    "[",
    "]",
    "{{x}}",
    "- ",
    "#",
    "name: x\n",
    "null",
    "&a ",
    "*a",
    "é",
    "\r\n",
)


def mutated(text: str, chance: random.Random) -> tuple[str, Edit]:
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.choice((0, 0, 1, 2, 20)))
    edit = Edit(Span(start, end), chance.choice((*PIECES, "")))
    return apply(text, [edit]), edit


@given(st.integers(min_value=0, max_value=2**32))
def test_after_any_edits_the_same_is_reported_as_on_a_fresh_text(seed: int):
    chance = random.Random(seed)
    text = chance.choice([*EXAMPLES, *LARGE])
    document = Document.open("file:///a.yaml", text)
    for _ in range(6):
        text, edit = mutated(text, chance)
        document = document.edited([edit])
        fresh = Document.open("file:///a.yaml", text)

        assert document.text.string == text
        assert diagnostics(document, SETTINGS) == diagnostics(fresh, SETTINGS)


LINKED = [
    {path.as_uri(): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.y*ml*"))}
    for folder in sorted((ROOT / "examples").iterdir())
    if len(list(folder.rglob("*.y*ml*"))) > 1
]
"""Manifests that belong together, by their URIs."""
WORD = re.compile(r"[\w.:/-]+")


def with_another_word(text: str, others: list[str], chance: random.Random) -> Edit:
    """Return an edit that writes a word of some text in the place of one of this text: names are typed, and misspelt."""
    word = chance.choice(list(WORD.finditer(text)))
    return Edit(Span(*word.span()), chance.choice(WORD.findall(chance.choice(others))))


@given(st.integers(min_value=0, max_value=2**32))
def test_after_any_edits_the_same_is_reported_as_in_a_fresh_workspace(seed: int):
    chance = random.Random(seed)
    texts = dict(chance.choice(LINKED))
    documents = {uri: Document.open(uri, text) for uri, text in texts.items()}
    workspace = Workspace.of(documents.values())
    for _ in range(6):
        uri = chance.choice(list(texts))
        edit = (
            mutated(texts[uri], chance)[1]
            if chance.random() < 0.5 or not WORD.search(texts[uri])
            else with_another_word(texts[uri], [text for text in texts.values() if WORD.search(text)], chance)
        )
        texts[uri] = apply(texts[uri], [edit])
        documents[uri] = documents[uri].edited([edit])
        workspace = workspace.changed({uri: Member.of(documents[uri], is_open=True)})
        fresh = {each: Document.open(each, text) for each, text in texts.items()}
        around = Workspace.of(fresh.values())

        assert [diagnostics(one, SETTINGS, workspace) for one in documents.values()] == [
            diagnostics(one, SETTINGS, around) for one in fresh.values()
        ]


@given(st.integers(min_value=0, max_value=2**32))
def test_an_applied_fix_removes_its_diagnostic(seed: int):
    chance = random.Random(seed)
    text = chance.choice(EXAMPLES)
    for _ in range(chance.randrange(1, 3)):
        text, _ = mutated(text, chance)
    document = Document.open("file:///a.yaml", text)
    before = diagnostics(document, SETTINGS)
    for one in before:
        # What a fault hides comes to light when it is mended; so only other mistakes are counted.
        if not document.faults and not isinstance(one.finding.cause, Fault):
            for fix in fixes(document, one):
                after = diagnostics(Document.open("file:///a.yaml", apply(text, fix.edits)), SETTINGS)
                same = [other for other in after if (other.code, other.message) == (one.code, one.message)]
                twins = [other for other in before if (other.code, other.message) == (one.code, one.message)]

                assert len(same) < len(twins) or one.code == "duplicate-key", (fix, text)


GOOD = (
    "apiVersion: scone/5.8\nkind: genservice\nbuild:\n  name: a\n  kind: python\n  to: b\n  command: c\nenvironment:\n"
)


@pytest.mark.parametrize("text", [f"\ufeff{GOOD}", GOOD.replace("name: a", "name: a\t"), GOOD.replace("\n", " \t\n")])
def test_silence_about_signs_that_nobody_sees(text: str):
    assert found(text) == []


def test_behind_a_byte_order_mark():
    text = f"\ufeff{GOOD.replace('apiVersion', 'apiversion')}"
    (one,) = diagnostics(Document.open("file:///a.yaml", text), SETTINGS)

    assert (one.code, text[slice(*one.span)]) == ("unknown-key", "apiversion")
