"""The diagnostics of a document: what the rules find, less what is silenced, with everything that a client shows.

It asks the rules and knows none of them. A rule that fails costs its own findings only.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.interface import interface
from scone_ls.analysis.workspace.workspace import ALONE, Workspace
from scone_ls.rules import RULES, house_rule, unused_ignore
from scone_ls.rules.rule import Finding, FromNames, Group, Related, Rule, Severity, Tag, no_findings
from scone_ls.text import Span

PAGES = "https://scone-ls.github.io/rules/"
_CODES = frozenset(rule.code for rule in RULES)
_FIRST = frozenset((Group.SYNTAX, Group.STRUCTURE))


class Asked(NamedTuple):
    """The rules by when they are asked.

    `first` look at what is wrong as YAML or in the structure. `naming` are quiet as long as the names tell the same,
    `others` are asked each time whether they are quiet, which is the same question for several; `linking` look at other
    files as well.
    """

    first: tuple[Rule, ...]
    naming: tuple[Rule, ...]
    others: Mapping[Callable[[Document], bool], tuple[Rule, ...]]
    linking: tuple[Rule, ...]

    @classmethod
    def of(cls, rules: Sequence[Rule]) -> "Asked":
        """Sort some rules."""
        checking = [rule for rule in rules if rule.check is not no_findings]
        others: dict[Callable[[Document], bool], tuple[Rule, ...]] = {}
        for rule in checking:
            if not isinstance(rule.is_quiet, FromNames):
                others[rule.is_quiet] = (*others.get(rule.is_quiet, ()), rule)
        return cls(
            tuple(rule for rule in checking if rule.group in _FIRST),
            tuple(rule for rule in checking if isinstance(rule.is_quiet, FromNames)),
            others,
            tuple(rule for rule in rules if rule.looks_around),
        )


ASKED = Asked.of(RULES)
"""All rules."""

_Findings: TypeAlias = tuple[tuple[tuple[Rule, Finding], ...], frozenset[str]]

_log = logging.getLogger(__name__)
_failed_before: set[str] = set()


def not_asked(_document: Document) -> tuple[Finding, ...] | None:
    """Return nothing: there are no house rules, or they are looked at later."""
    return None


@dataclass(frozen=True, slots=True)
class DiagnosticSettings:
    """What users can change: the severity of each code, none where it is switched off, and house rules.

    `house` returns what the house rules find in a document, `None` where they were not asked.
    """

    severities: Mapping[str, Severity | None] = field(default_factory=lambda: MappingProxyType({}))
    house: Callable[[Document], tuple[Finding, ...] | None] = not_asked


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One diagnostic: `span` counts code points and is empty only where the text is; `url` leads to the rule's page."""

    code: str
    severity: Severity
    message: str
    span: Span
    tags: frozenset[Tag]
    related: tuple[Related, ...]
    url: str
    finding: Finding = field(compare=False, repr=False)


def diagnostics(
    document: Document, settings: DiagnosticSettings, workspace: Workspace = ALONE
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of all manifests in a document, in the order of the text; nothing for other files."""
    if not document.manifests:
        return ()
    found, failed = _findings(document)
    if workspace is not ALONE:
        linked, failed_links = _link_findings(document, workspace)
        found, failed = (*found, *linked), failed | failed_links
    if not workspace.is_complete:
        failed |= {rule.code for rule in ASKED.linking}
    in_house = settings.house(document)
    if in_house is None:
        failed |= {house_rule.RULE.code}
    elif in_house:
        found = (*found, *((house_rule.RULE, finding) for finding in in_house))
    if not found and not document.suppressions:
        return ()
    kept, silenced = _unsilenced(document, found)
    if document.suppressions and not document.faults:
        judged = {code for code in _CODES - failed if settings.severities.get(code, Severity.HINT) is not None}
        rest = unused_ignore.left_over(document, silenced, _CODES, judged)
        kept += ((unused_ignore.RULE, finding) for finding in rest)
    return _shown(document, kept, settings)


def first_diagnostics(document: Document, settings: DiagnosticSettings) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a document as YAML and in its structure: what can be said of a large one at once."""
    if not document.manifests:
        return ()
    found, _ = _found(((rule, rule.check) for rule in ASKED.first), document)
    return _shown(document, _unsilenced(document, found)[0], settings)


def raise_failure(_rule: Rule) -> None:
    """Let the exception of a rule pass: what tests put in the place of `on_failure`."""
    raise  # noqa: PLE0704  # It is called where the exception is handled.


def _log_failure(rule: Rule) -> None:
    if rule.code not in _failed_before:
        _failed_before.add(rule.code)
        _log.exception("the rule `%s` failed", rule.code)


on_failure: Callable[[Rule], None] = _log_failure
"""What is done about an exception in a rule, called where it is handled."""


@lru_cache(maxsize=2)
def _findings(document: Document) -> _Findings:
    """Return what all rules find in the document alone, and the codes of those that failed."""
    return _found(((rule, rule.check) for rule in _asked(document)), document)


def _asked(document: Document) -> Iterator[Rule]:
    """Yield the rules that may find something in the document alone."""
    yield from document.while_named(
        _asked, lambda: tuple(rule for rule in ASKED.naming if not _is_quiet(rule, document))
    )
    for rules in ASKED.others.values():
        if not _is_quiet(rules[0], document):
            yield from rules


def _is_quiet(rule: Rule, document: Document) -> bool:
    try:
        return rule.is_quiet(document)
    except Exception:  # noqa: BLE001  # The rule itself will say so.
        return False


@lru_cache(maxsize=2)
def _link_findings(document: Document, workspace: Workspace) -> _Findings:
    """Return what the rules find that look at other files as well, and the codes of those that failed."""
    seen = (workspace.mark, *map(interface, document.names))
    asked = document.while_named(_link_findings, lambda: _asked_around(document, workspace), *seen)
    return _found(((rule, rule.check_links) for rule in asked), document, workspace)


def _asked_around(document: Document, workspace: Workspace) -> tuple[Rule, ...]:
    """Return the rules that may find something with a look at other files."""
    return tuple(rule for rule in ASKED.linking if not _are_links_quiet(rule, document, workspace))


def _are_links_quiet(rule: Rule, document: Document, workspace: Workspace) -> bool:
    try:
        return rule.are_links_quiet(document, workspace)
    except Exception:  # noqa: BLE001  # As above.
        return False


def _found(checks: Iterable[tuple[Rule, Callable[..., Iterable[Finding]]]], *subject: object) -> _Findings:
    found: list[tuple[Rule, Finding]] = []
    failed: set[str] = set()
    for rule, check in checks:
        try:
            found += [(rule, finding) for finding in check(*subject)]
        except Exception:  # noqa: BLE001  # Whatever goes wrong in one rule must not cost the others.
            on_failure(rule)
            failed.add(rule.code)
    return tuple(found), frozenset(failed)


def _shown(
    document: Document, kept: Iterable[tuple[Rule, Finding]], settings: DiagnosticSettings
) -> tuple[Diagnostic, ...]:
    shown = (_diagnostic(document, rule, finding, settings) for rule, finding in kept)
    return tuple(sorted((one for one in shown if one is not None), key=lambda one: (one.span, one.code)))


def _unsilenced(
    document: Document, found: tuple[tuple[Rule, Finding], ...]
) -> tuple[list[tuple[Rule, Finding]], dict[int, set[str]]]:
    """Return the findings that no comment silences, and the codes of the others by line."""
    if not document.suppressions:
        return list(found), {}
    wanted: dict[int, set[str]] = {}
    for suppression in document.suppressions:
        wanted.setdefault(suppression.line, set()).update(code for code, _ in suppression.codes)
    kept: list[tuple[Rule, Finding]] = []
    silenced: dict[int, set[str]] = {}
    for rule, finding in found:
        line = document.text.line_at(finding.span.start)
        if rule.code in wanted.get(line, ()):
            silenced.setdefault(line, set()).add(rule.code)
        else:
            kept.append((rule, finding))
    return kept, silenced


def _diagnostic(document: Document, rule: Rule, finding: Finding, settings: DiagnosticSettings) -> Diagnostic | None:
    severity = settings.severities.get(rule.code, finding.severity or rule.severity)
    if severity is None:
        return None
    span = _visible(document, finding.span)
    url = f"{PAGES}{rule.code}/"
    return Diagnostic(rule.code, severity, finding.message, span, rule.tags, finding.related, url, finding)


def _visible(document: Document, span: Span) -> Span:
    """Return a span that can be seen: inside the text, and not empty where there is a character to be had."""
    length = len(document.text)
    start = min(max(0, span.start), length)
    end = min(max(start, span.end), length)
    if start < end:
        return Span(start, end)
    line = document.text.line_span(document.text.line_at(start))
    if start < line.end:
        return Span(start, start + 1)
    return Span(max(line.start, start - 1), start) if start > line.start else Span(start, min(start + 1, length))
