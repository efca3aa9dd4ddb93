"""What a rule is, what it finds, and how a finding is mended.

A rule looks at one document and yields findings; settings, suppressions and the protocol are none of its business.
Its module holds its documentation, in the docstring, and is named like its code.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, TypeAlias

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.violations import Violation
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.edit import Edit
from scone_ls.syntax.faults import Fault, FaultKind
from scone_ls.text import Span


class Severity(Enum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    HINT = "hint"


class Group(Enum):
    """What sort of mistake a rule is about."""

    SYNTAX = "syntax"
    STRUCTURE = "structure"
    NAMES = "names"
    VALUES = "values"
    WORKSPACE = "workspace"
    COMMENTS = "comments"


class Tag(Enum):
    """How an editor may show a finding: struck through, or faded."""

    DEPRECATED = "deprecated"
    UNNECESSARY = "unnecessary"


class Related(NamedTuple):
    """Another place that has to do with a finding, and what is there; `uri` is given where it is in another file."""

    span: Span
    message: str
    uri: str | None = None


class Subject(NamedTuple):
    """The name that a finding is about, and for whom it is meant or what is probably meant by it."""

    name: str
    scope: str | None = None
    meant: str | None = None


Cause: TypeAlias = Violation | Fault | Subject | None


class Finding(NamedTuple):
    """One mistake: where it is (code points), what it is, and what it follows from.

    `severity` is given where it differs from that of the rule.
    """

    span: Span
    message: str
    cause: Cause = None
    severity: Severity | None = None
    related: tuple[Related, ...] = ()

    def moved(self, distance: int) -> "Finding":
        """Return the finding moved by so many code points, with what is related in the same file."""
        related = tuple(one if one.uri else one._replace(span=one.span.moved(distance)) for one in self.related)
        return self._replace(span=self.span.moved(distance), related=related)


class Fix(NamedTuple):
    """One way to mend a finding; the edits do not overlap.

    `preferred` says that it is what people mostly want, `safe` that it may be applied without a look at it.
    `elsewhere` are edits of other files, by URI.
    """

    title: str
    edits: tuple[Edit, ...]
    preferred: bool = False
    safe: bool = False
    elsewhere: tuple[tuple[str, tuple[Edit, ...]], ...] = ()


def no_fixes(_document: Document, _finding: Finding) -> Iterable[Fix]:
    """Return no fix: for rules whose findings only a person can mend."""
    return ()


def no_findings(_document: Document) -> Iterable[Finding]:
    """Return nothing: for rules that look at several files only."""
    return ()


def no_links(_document: Document, _workspace: Workspace) -> Iterable[Finding]:
    """Return nothing: for rules that look at one file only."""
    return ()


def no_link_fixes(_document: Document, _workspace: Workspace, _finding: Finding) -> Iterable[Fix]:
    """Return no fix: for rules whose fixes stay in one file."""
    return ()


def has_to_be_asked(_document: Document) -> bool:
    """Return that nothing can be told at a glance."""
    return False


class FromNames:
    """Tells from what names tell that `check` finds nothing: it is not asked again as long as they tell the same.

    `find` returns what there may be to find in the names of a manifest. It must look at nothing but the names
    themselves: not at their places, nor at what is said of them elsewhere.
    """

    def __init__(self, find: Callable[[Names], object]) -> None:
        self.find = find

    def __call__(self, document: Document) -> bool:
        """Tell whether there is nothing to find in a document."""
        return not any(map(self.find, document.names))


def links_from_names(find: Callable[[Names], object]) -> Callable[[Document, Workspace], bool]:
    """Return what tells from the names of the document alone that `check_links` finds nothing."""
    return lambda document, _workspace: not any(map(find, document.names))


def finds_no_links(
    check_links: Callable[[Document, Workspace], Iterable[Finding]],
) -> Callable[[Document, Workspace], bool]:
    """Return what tells that a check finds nothing, for one that looks at names, interfaces and files alone."""
    return lambda document, workspace: not any(True for _ in check_links(document, workspace))


def links_have_to_be_followed(_document: Document, _workspace: Workspace) -> bool:
    """Return that nothing can be told at a glance."""
    return False


def without_faults(document: Document) -> bool:
    """Tell whether there is nothing to find for rules that report faults."""
    return not document.faults


def without_violations(document: Document) -> bool:
    """Tell whether there is nothing to find for rules that report what a manifest has against the specification."""
    return not document.violations


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code names its module, its page, its setting and its suppression.

    `check` yields what is wrong in a document; `fixes` yields how to mend one of its findings, the likeliest way first.
    `check_links` and `fix_links` do the same where the other files of the workspace have a say.
    """

    code: str
    severity: Severity
    since: str
    group: Group
    check: Callable[[Document], Iterable[Finding]] = no_findings
    fixes: Callable[[Document, Finding], Iterable[Fix]] = no_fixes
    tags: frozenset[Tag] = frozenset()
    check_links: Callable[[Document, Workspace], Iterable[Finding]] = no_links
    fix_links: Callable[[Document, Workspace, Finding], Iterable[Fix]] = no_link_fixes
    is_quiet: Callable[[Document], bool] = has_to_be_asked
    """Tells at a glance that `check` would find nothing; asked once for all rules that have the same."""
    are_links_quiet: Callable[[Document, Workspace], bool] = links_have_to_be_followed
    """Tells that `check_links` would find nothing; not asked again while names, interfaces and files are the same."""

    @property
    def looks_around(self) -> bool:
        """Whether other files have a say in what it finds."""
        return self.check_links is not no_links


def fault_rule(kind: FaultKind, since: str, *, safe: bool = False) -> Rule:
    """Return the rule that reports one sort of fault; `safe` says that its first repair may be applied unseen."""

    def check(document: Document) -> Iterator[Finding]:
        return faults_of(document, kind)

    def fixes(_document: Document, finding: Finding) -> Iterator[Fix]:
        return repairs_of(finding, safe=safe)

    return Rule(kind.value, Severity.ERROR, since, Group.SYNTAX, check, fixes, is_quiet=without_faults)


def faults_of(document: Document, kind: FaultKind) -> Iterator[Finding]:
    """Yield a finding for each fault of a sort."""
    for fault in document.faults:
        if fault.kind is kind:
            yield Finding(Span(fault.start, fault.end), fault.message, fault)


def repairs_of(finding: Finding, *, safe: bool) -> Iterator[Fix]:
    """Yield the repairs of the fault behind a finding; the first one is the likeliest."""
    if isinstance(finding.cause, Fault):
        for index, repair in enumerate(finding.cause.repairs):
            edits = tuple(Edit(Span(start, end), text) for start, end, text in repair.edits)
            yield Fix(repair.title, edits, preferred=index == 0, safe=safe and index == 0)
