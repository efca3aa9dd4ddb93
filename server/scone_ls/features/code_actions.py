"""What can be done about the diagnostics at a place: mend them, silence them, or mend all that can safely be mended.

The diagnostics are found anew; nothing depends on what a client has kept of them.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from scone_ls.analysis.document import Document
from scone_ls.analysis.suppressions import comment_for
from scone_ls.analysis.violations import Keyword
from scone_ls.analysis.workspace.workspace import ALONE, Workspace
from scone_ls.edit import Edit
from scone_ls.features.diagnostics import Diagnostic, DiagnosticSettings, diagnostics
from scone_ls.rules import RULES, unused_ignore
from scone_ls.rules.rule import Fix
from scone_ls.syntax.faults import Fault, FaultKind
from scone_ls.syntax.layout import layout_of
from scone_ls.text import Span

QUICK_FIX = "quickfix"
IGNORE = "quickfix.ignore"
FIX_ALL = "source.fixAll"
_MOST = 20  # Diagnostics at one place for which actions are worked out.
_LONGEST_LINE = 120
_RULES = {rule.code: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class CodeAction:
    """One action: the edits do not overlap; `code` and `diagnostic` say what it is about, none for several at once.

    `elsewhere` are edits of other files, by URI.
    """

    title: str
    kind: str
    edits: tuple[Edit, ...]
    preferred: bool
    code: str | None
    diagnostic: Diagnostic | None
    elsewhere: tuple[tuple[str, tuple[Edit, ...]], ...] = ()


def code_actions(
    document: Document, span: Span, settings: DiagnosticSettings, workspace: Workspace = ALONE
) -> tuple[CodeAction, ...]:
    """Return what can be done about the diagnostics that a span (code points) overlaps or touches."""
    found = diagnostics(document, settings, workspace)
    here = [diagnostic for diagnostic in found if diagnostic.span.overlaps(span)][:_MOST]
    mending = [action for diagnostic in here for action in _quick_fixes(document, diagnostic, workspace)]
    silencing = list(_ignoring(document, here, settings, workspace))
    return (*mending, *silencing, *_fixing_all(document, found, workspace))


def fixes(document: Document, diagnostic: Diagnostic, workspace: Workspace = ALONE) -> tuple[Fix, ...]:
    """Return the ways to mend one diagnostic of this very document, the likeliest first."""
    rule, finding = _RULES[diagnostic.code], diagnostic.finding
    found = (*rule.fixes(document, finding), *rule.fix_links(document, workspace, finding))
    return tuple(fix for fix in found if fix.edits or fix.elsewhere)


def fix_all(document: Document, found: Iterable[Diagnostic], workspace: Workspace = ALONE) -> tuple[Edit, ...]:
    """Return edits that mend, of these diagnostics, all that can safely be mended at once."""
    chosen: list[Edit] = []
    for diagnostic in found:
        fix = next(iter(fixes(document, diagnostic, workspace)), None)
        if (
            fix is not None
            and fix.safe
            and not fix.elsewhere
            and not any(_collides(edit, chosen) for edit in fix.edits)
        ):
            for edit in fix.edits:
                insort(chosen, edit)
    return tuple(chosen)


def _quick_fixes(document: Document, diagnostic: Diagnostic, workspace: Workspace) -> Iterator[CodeAction]:
    for fix in _leading_on(document, diagnostic, fixes(document, diagnostic, workspace)):
        yield CodeAction(
            fix.title, QUICK_FIX, fix.edits, fix.preferred, diagnostic.code, diagnostic, elsewhere=fix.elsewhere
        )


def _leading_on(document: Document, diagnostic: Diagnostic, found: tuple[Fix, ...]) -> tuple[Fix, ...]:
    """Return the fixes after which less is wrong: of repairs of a fault in the text, some only lead to the next one."""
    fault = diagnostic.finding.cause
    if not isinstance(fault, Fault) or fault not in document.faults:
        return found
    before = _wrong(document)
    after = [(fix, *_wrong(document.edited(sorted(fix.edits, reverse=True)))) for fix in found]
    parsing = [(fix, violations) for fix, faults, violations in after if faults < before[0]]
    fitting = tuple(fix for fix, violations in parsing if violations <= before[1])
    # A line that moves and then says something wrong is better left to whoever knows where it belongs.
    return fitting or (() if fault.kind is FaultKind.INDENTATION else tuple(fix for fix, _ in parsing))


def _wrong(document: Document) -> tuple[int, int]:
    """Return how many faults a text has, and in how many places its structure is wrong, and not only out of date."""
    sorts = document.violations_by_keyword.items()
    return len(document.faults), sum(len(found) for keyword, found in sorts if keyword is not Keyword.DEPRECATED)


def _fixing_all(document: Document, found: tuple[Diagnostic, ...], workspace: Workspace) -> Iterator[CodeAction]:
    edits = fix_all(document, found, workspace)
    if edits:
        yield CodeAction(
            "mend all that can safely be mended", FIX_ALL, edits, preferred=False, code=None, diagnostic=None
        )


def _collides(edit: Edit, chosen: list[Edit]) -> bool:
    """Tell whether an edit overlaps or touches one of those chosen, which are sorted and apart from each other."""
    index = bisect_left(chosen, edit)
    return any(edit.span.overlaps(other.span) for other in chosen[max(0, index - 1) : index + 1])


def _ignoring(
    document: Document, here: list[Diagnostic], settings: DiagnosticSettings, workspace: Workspace
) -> Iterator[CodeAction]:
    seen: set[tuple[str, int]] = set()
    for diagnostic in here:
        line = document.text.line_at(diagnostic.span.start)
        if diagnostic.code == unused_ignore.RULE.code or (diagnostic.code, line) in seen:
            continue
        seen.add((diagnostic.code, line))
        # Where a line is no YAML, what is written behind it may be taken for a part of it.
        behind_first = _is_short(document, diagnostic.code, line) and not isinstance(diagnostic.finding.cause, Fault)
        tried = (_added, _behind, _above) if behind_first else (_added, _above, _behind)
        edits = (way(document, diagnostic.code, line) for way in tried)
        works = partial(_works, document, settings, workspace)
        edit = next((edit for edit in edits if edit is not None and works(edit)), None)
        if edit is not None:
            title = f"ignore `{diagnostic.code}` on this line"
            yield CodeAction(title, IGNORE, (edit,), preferred=False, code=diagnostic.code, diagnostic=diagnostic)


def _is_short(document: Document, code: str, line: int) -> bool:
    """Tell whether there is room for the comment behind a line."""
    start, end = document.text.line_span(line)
    return end - start + len(comment_for(code)) < _LONGEST_LINE


def _works(document: Document, settings: DiagnosticSettings, workspace: Workspace, edit: Edit) -> bool:
    """Tell whether a comment silences something: inside of text, say, it does not."""
    after = diagnostics(document.edited([edit]), settings, workspace)
    return len(after) < len(diagnostics(document, settings, workspace))


def _added(document: Document, code: str, line: int) -> Edit | None:
    """Return the edit that names the code in a comment that the line has already."""
    for suppression in document.suppressions:
        if suppression.line == line:
            if not suppression.codes:
                return Edit(suppression.span, comment_for(code))
            end = suppression.codes[-1][1].end
            return Edit(Span(end, end), f", {code}")
    return None


def _behind(document: Document, code: str, line: int) -> Edit | None:
    """Return the edit that puts a comment at the end of a line."""
    start, end = document.text.line_span(line)
    while end > start and document.text.string[end - 1] in " \t":
        end -= 1
    return Edit(Span(end, end), f"  {comment_for(code)}")


def _above(document: Document, code: str, line: int) -> Edit | None:
    """Return the edit that puts a comment on a line of its own."""
    start, end = document.text.line_span(line)
    content = document.text.string[start:end]
    indentation = content[: len(content) - len(content.lstrip(" "))]
    return Edit(Span(start, start), f"{indentation}{comment_for(code)}{layout_of(document.text.string).line_end}")
