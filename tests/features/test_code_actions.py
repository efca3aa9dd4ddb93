"""Which actions are offered where; what each rule mends is tested with the rule."""

from scone_ls.analysis.document import Document
from scone_ls.edit import apply
from scone_ls.features.code_actions import FIX_ALL, IGNORE, QUICK_FIX, code_actions
from scone_ls.features.diagnostics import DiagnosticSettings, diagnostics
from scone_ls.rules.rule import Severity
from scone_ls.text import Span
from tests.dsl.checks import check_fix_titles, check_ignoring, check_no_fix
from tests.dsl.fixture import parse_one

SETTINGS = DiagnosticSettings()


def kinds(fixture: str, settings: DiagnosticSettings = SETTINGS) -> list[str]:
    file = parse_one(fixture)
    return [action.kind for action in code_actions(Document.open(file.uri, file.text), file.selection, settings)]


def build(lines: str) -> str:
    body = "".join(f"  {line}\n" for line in lines.split("\n"))
    return f"apiVersion: scone/5.8\nkind: genservice\nbuild:\n  name: a\n  to: b\n  command: c\n{body}environment:\n"


def test_nothing_in_a_good_manifest():
    assert kinds(build("kind: py<|>thon")) == []


def test_nothing_in_the_files_of_others():
    assert kinds("apiVersion: v1\nki<|>nd: Pod\nkind: Pod\n") == []


def test_a_fix_and_silence_at_the_word():
    assert kinds(build("kind: py<|>ton")) == [QUICK_FIX, IGNORE, FIX_ALL]


def test_at_both_ends_of_the_word():
    assert kinds(build("kind: <|>pyton"))[0] == QUICK_FIX
    assert kinds(build("kind: pyton<|>"))[0] == QUICK_FIX


def test_elsewhere_only_what_mends_all():
    assert kinds(build("k<|>ind: pyton")) == [FIX_ALL]


def test_a_selection_of_several():
    check_fix_titles(build("<|>kind: pyton\nhost_path: []<|>"), "change it to `python`", "rename it to `host_paths`")


def test_no_action_for_what_is_switched_off():
    assert kinds(build("kind: py<|>ton"), DiagnosticSettings({"unknown-value": None})) == []


def test_an_action_says_which_diagnostic_it_mends():
    text = build("kind: pyton")
    document = Document.open("file:///a.yaml", text)
    (diagnostic,) = diagnostics(document, DiagnosticSettings({"unknown-value": Severity.ERROR}))
    action = code_actions(document, diagnostic.span, DiagnosticSettings({"unknown-value": Severity.ERROR}))[0]

    assert (action.code, action.diagnostic, action.preferred) == ("unknown-value", diagnostic, True)


def test_mending_all_at_once():
    text = build("kind: pyton\nhost_path: [/etc]\npwd: srv")
    document = Document.open("file:///a.yaml", text)
    (action,) = [one for one in code_actions(document, Span(0, 0), SETTINGS) if one.kind == FIX_ALL]

    # A path that begins nowhere may be meant otherwise; it is left to a person.
    assert apply(text, action.edits) == build("kind: python\nhost_paths: [/etc]\npwd: srv")


def test_a_value_without_a_known_right_one_has_no_fix():
    check_no_fix(build("kind: perl<|>"))


# Silencing.


def test_silence_behind_the_line():
    check_ignoring(build("kind: pe<|>rl"), build("kind: perl  # scone-ls: ignore[unknown-value]"))


def test_silence_behind_a_comment():
    check_ignoring(build("kind: pe<|>rl # own"), build("kind: perl # own  # scone-ls: ignore[unknown-value]"))


def test_silence_in_a_comment_that_is_there():
    check_ignoring(
        build("kind: pe<|>rl  # scone-ls: ignore[wrong-type]"),
        build("kind: perl  # scone-ls: ignore[wrong-type, unknown-value]"),
    )


def test_silence_in_a_comment_that_names_no_code():
    check_ignoring(build("# scone-ls: ignore\nkind: pe<|>rl"), build("# scone-ls: ignore[unknown-value]\nkind: perl"))


def test_silence_above_a_long_line():
    words = "x" * 100
    check_ignoring(build(f'kind: "<|>{words}"'), build(f'# scone-ls: ignore[unknown-value]\nkind: "{words}"'))


def test_silence_above_a_line_that_swallows_its_end():
    check_ignoring(build('kind: "<|>python'), build('# scone-ls: ignore[unclosed-quote]\nkind: "python'))


def test_silence_for_a_block_of_text_behind_its_indicator():
    check_ignoring(
        build("kind: python\npwd: <|>|\n  relative"),
        build("kind: python\npwd: |  # scone-ls: ignore[malformed-value]\n  relative"),
    )


def test_a_repair_that_only_leads_to_the_next_fault_is_not_offered():
    check_fix_titles(
        """
        apiVersion: scone/5.8
        kind: genservice
        build: {name: a, kind: python, to: b, command: c}
        environment:
          local:
            -  name: A
             <|> value: b
        """,
        "indent with 7 blanks",
    )
