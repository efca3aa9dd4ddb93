"""Asking the core about one text: what it finds, and how each of it can be mended."""

import os
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.workspace import ALONE, Workspace
from scone_ls.cli.failure import Failure
from scone_ls.cli.report import Checked, Found, Other
from scone_ls.cli.report.paths import portable
from scone_ls.features import diagnostics as reporting
from scone_ls.features.code_actions import fixes
from scone_ls.features.diagnostics import Diagnostic, DiagnosticSettings, diagnostics
from scone_ls.rules import RULES
from scone_ls.rules.rule import Rule, Severity
from scone_ls.spec import spelling


def check(
    name: str, string: str, settings: DiagnosticSettings, lowest: Severity, workspace: Workspace = ALONE
) -> Checked:
    """Check a text among those of the workspace; what is less severe than `lowest` is left out."""
    defects: list[Exception] = []
    document = _document(Path(os.path.abspath(name)).as_uri(), string, workspace)  # noqa: PTH100 -- It need not exist.
    shown = set(list(Severity)[: list(Severity).index(lowest) + 1])
    with _collected(defects):
        diagnosed = diagnostics(document, settings, workspace)
    return Checked(
        name,
        document.text,
        len(document.manifests),
        tuple(
            Found(diagnostic, next(iter(fixes(document, diagnostic, workspace)), None))
            for diagnostic in diagnosed
            if diagnostic.severity in shown
        ),
        tuple(defects),
        dict(_others(diagnosed, workspace)),
    )


def settings(ignored: Iterable[str]) -> DiagnosticSettings:
    """Return the settings that switch off these codes; raises `Failure` for one that there is not."""
    return DiagnosticSettings(severities={rule(code).code: None for code in ignored})


def rule(code: str) -> Rule:
    """Return the rule of that code; raises `Failure` where there is none."""
    found = {rule.code: rule for rule in RULES}
    if code not in found:
        meant = spelling.nearest(code, found)
        way_out = f"did you mean `{meant}`?" if meant else "`scone-ls rule` lists all"
        raise Failure(f"there is no rule `{code}`; {way_out}")
    return found[code]


def _document(uri: str, string: str, workspace: Workspace) -> Document:
    """Return the text as a document, that of the workspace where it has the same."""
    member = workspace.members.get(uri)
    return member.document if member is not None and member.string == string else Document.open(uri, string)


def _others(diagnosed: Iterable[Diagnostic], workspace: Workspace) -> Iterator[tuple[str, Other]]:
    """Yield the other files in which related places are."""
    for uri in {related.uri for diagnostic in diagnosed for related in diagnostic.related if related.uri is not None}:
        document = workspace.document(uri)
        if document is not None:
            yield uri, Other(portable(unquote(uri.removeprefix("file://"))), document.text)


@contextmanager
def _collected(defects: list[Exception]) -> Generator[None]:
    """Collect the exceptions of rules instead of having them logged."""

    def collect(_: Rule) -> None:
        error = sys.exc_info()[1]
        if isinstance(error, Exception):
            defects.append(error)

    before, reporting.on_failure = reporting.on_failure, collect
    try:
        yield
    finally:
        reporting.on_failure = before
