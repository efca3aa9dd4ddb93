"""One check for each sort of question: marked texts in, an assertion out. Only here do tests call the features.

The expected and the actual answer are both written as texts, so that pytest shows the difference of two manifests.
"""

from scone_ls.analysis.document import Document
from scone_ls.edit import apply
from scone_ls.features.code_actions import IGNORE, QUICK_FIX, CodeAction, code_actions
from scone_ls.features.diagnostics import Diagnostic, DiagnosticSettings, diagnostics
from scone_ls.text import Span
from tests.dsl.fixture import FixtureFile, Label, parse, parse_one, render

SETTINGS = DiagnosticSettings()


def check_diagnostics(fixture: str, settings: DiagnosticSettings = SETTINGS) -> None:
    """Exactly the labelled diagnostics (`code: message`) are given, each over exactly its span."""
    for file in parse(fixture):
        found = diagnostics(_document(file), settings)
        actual = [Label(item.span, f"{item.code}: {item.message}") for item in found]

        assert render(file.text, actual) == render(file.text, file.labels)


def check_severity(fixture: str, severity: str, settings: DiagnosticSettings = SETTINGS) -> None:
    """There is one diagnostic, of this severity (`error`, `warning`, `information`, `hint`)."""
    (found,) = diagnostics(_document(parse_one(fixture)), settings)

    assert found.severity.value == severity


def check_fix(before: str, after: str, title: str | None = None) -> None:
    """The first quick fix at the cursor (or the one of that title) gives the text `after`, and its diagnostic is gone.

    Without a cursor the whole text is asked about. Labels are for the reader only.
    """
    file, wanted = parse_one(before), parse_one(after).text
    found = _actions(file, QUICK_FIX)
    chosen = [action for action in found if title is None or action.title == title]
    assert chosen, f"no quick fix {title or ''} here; there are: {[action.title for action in found]}"

    _check_applied(file, chosen[0], wanted)


def check_fix_titles(fixture: str, *titles: str) -> None:
    """The quick fixes at the cursor have these titles, in this order."""
    assert tuple(action.title for action in _actions(parse_one(fixture), QUICK_FIX)) == titles


def check_no_fix(fixture: str) -> None:
    """No quick fix is offered at the cursor (silencing a diagnostic is none)."""
    check_fix_titles(fixture)


def check_ignoring(before: str, after: str) -> None:
    """The first action at the cursor that silences a diagnostic gives the text `after`."""
    file = parse_one(before)
    found = _actions(file, IGNORE)
    assert found, "nothing to silence here"

    _check_applied(file, found[0], parse_one(after).text)


def _check_applied(file: FixtureFile, action: CodeAction, wanted: str) -> None:
    actual = apply(file.text, action.edits)

    assert actual == wanted
    assert action.diagnostic is None or _key(action.diagnostic, file.text) not in _keys(file.uri, actual)


def _keys(uri: str, text: str) -> set[tuple[str, str, str]]:
    return {_key(diagnostic, text) for diagnostic in diagnostics(Document.open(uri, text), SETTINGS)}


def _key(diagnostic: Diagnostic, text: str) -> tuple[str, str, str]:
    """What makes a diagnostic the same one after an edit has moved it."""
    return diagnostic.code, diagnostic.message, text[slice(*diagnostic.span)]


def _document(file: FixtureFile) -> Document:
    return Document.open(file.uri, file.text)


def _actions(file: FixtureFile, kind: str) -> list[CodeAction]:
    span = file.selection if file.cursors else Span(0, len(file.text))
    return [action for action in code_actions(_document(file), span, SETTINGS) if action.kind == kind]
