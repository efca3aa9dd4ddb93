"""The forms of a report, and how all texts together are shown in each; text for people is shown piece by piece instead."""

from collections.abc import Sequence
from enum import Enum

from scone_ls.cli.report import Checked


class Form(Enum):
    """The form of a report."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    JUNIT = "junit"
    RDJSON = "rdjson"


def rendered(form: Form, texts: Sequence[Checked], *, complete: bool) -> str:
    """Return a report for programs; `complete` says that everything could be checked."""
    match form:
        case Form.JSON:
            from scone_ls.cli.report import as_json

            return as_json.report(texts)
        case Form.SARIF:
            from scone_ls.cli.report import as_sarif

            return as_sarif.report(texts, complete=complete)
        case Form.GITHUB:
            from scone_ls.cli.report import as_github

            return as_github.report(texts)
        case Form.JUNIT:
            from scone_ls.cli.report import as_junit

            return as_junit.report(texts)
        case Form.RDJSON:
            from scone_ls.cli.report import as_rdjson

            return as_rdjson.report(texts)
        case Form.TEXT:
            raise ValueError("text is shown as it is found")
