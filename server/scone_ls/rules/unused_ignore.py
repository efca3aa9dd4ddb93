"""A comment silences a diagnostic that there is not.

`# scone-ls: ignore[code]` at the end of a line, or on a line above it, silences what that rule finds there. When the
mistake is gone, the comment would hide the next one. One that names no code, or a code that there is not, silences
nothing at all.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python  # scone-ls: ignore[unknown-value]
#               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unused-ignore: `unknown-value` is not found here, so there is nothing to ignore
  to: example.com/guestbook:1
  command: python3 guestbook.py
environment:
```

Use instead:

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
environment:
```

## Fix

The comment, or the code in it, is removed.
"""

from collections.abc import Collection, Iterator, Mapping

from scone_ls.analysis.document import Document
from scone_ls.analysis.places import lines_of, removal
from scone_ls.analysis.suppressions import Suppression
from scone_ls.edit import Edit
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, Tag, no_findings
from scone_ls.spec import spelling
from scone_ls.text import Span

_NONE_OF_THEM = "none of these is found here, so there is nothing to ignore"


def left_over(
    document: Document, silenced: Mapping[int, Collection[str]], known: Collection[str], judged: Collection[str]
) -> Iterator[Finding]:
    """Yield the comments, or the codes in them, that silence nothing.

    `silenced` has the codes that were found, by line (from 0). Of the `known` codes only the `judged` ones are missed:
    the others are switched off, or could not be looked for.
    """
    for suppression in document.suppressions:
        if not suppression.codes:
            yield Finding(suppression.span, "this comment names no code, so it silences nothing; write `ignore[code]`")
            continue
        found = silenced.get(suppression.line, ())
        useless = [
            code for code in suppression.codes if code[0] not in found and (code[0] in judged or code[0] not in known)
        ]
        if useless and len(useless) == len(suppression.codes):
            message = _message(useless[0][0], known) if len(useless) == 1 else _NONE_OF_THEM
            yield Finding(suppression.span, message)
            continue
        for code, span in useless:
            yield Finding(span, _message(code, known))


def _message(code: str, known: Collection[str]) -> str:
    if code in known:
        return f"`{code}` is not found here, so there is nothing to ignore"
    meant = spelling.nearest(code, known)
    return f"there is no rule `{code}`" + (f"; did you mean `{meant}`?" if meant else "")


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    for suppression in document.suppressions:
        if suppression.span == finding.span:
            cut = _comment(document, suppression)
            yield Fix("remove the comment", (Edit(cut, ""),), preferred=True, safe=True)
        elif suppression.span.start <= finding.span.start < suppression.span.end:
            cut = _code(suppression, finding.span)
            code = document.text.string[slice(*finding.span)]
            yield Fix(f"remove `{code}` from the comment", (Edit(cut, ""),), preferred=True, safe=True)


def _comment(document: Document, suppression: Suppression) -> Span:
    """Return what has to go for a comment to be gone: its line, or it and the blanks before it."""
    string = document.text.string
    line = document.text.line_span(document.text.line_at(suppression.span.start))
    if not string[suppression.span.end : line.end].strip() and suppression.alone:
        lines = lines_of(string, Span(suppression.span.start, line.end))
        if lines is not None:
            return removal(string, lines)
    start = suppression.span.start
    while start > line.start and string[start - 1] in " \t":
        start -= 1
    rest = string[suppression.span.end : line.end]
    return Span(
        start if not suppression.alone else suppression.span.start,
        suppression.span.end + len(rest) - len(rest.lstrip()) if suppression.alone else suppression.span.end,
    )


def _code(suppression: Suppression, span: Span) -> Span:
    """Return what has to go for one of several codes to be gone: it and a comma."""
    spans = [place for _, place in suppression.codes]
    index = spans.index(span)
    if index + 1 < len(spans):
        return Span(span.start, spans[index + 1].start)
    return Span(spans[index - 1].end if index else span.start, span.end)


RULE = Rule(
    "unused-ignore",
    Severity.HINT,
    "0.1.0",
    Group.COMMENTS,
    no_findings,  # What is left over is known when all other rules have been asked (see `left_over`).
    _fixes,
    frozenset({Tag.UNNECESSARY}),
)
