"""A risk is to be tolerated that has no such name.

What stands under `tolerate` and `ignore_advisories` is one text with commas in it, so a slip inside of it is easily
overlooked: attestation fails later, at a machine that has the risk.

## Example

```yaml
apiVersion: scone/5.8
kind: mesh
cas:
  - cas_url: cas.example.com
policy:
  namespace: guestbook
  tolerate: outdated-tcb, hyper-treading
#                         ^^^^^^^^^^^^^^ unknown-tolerance: unknown risk `hyper-treading` under `tolerate`; did you mean `hyperthreading`?
env:
services:
  - image: example.com/guestbook:1
```

Use instead:

```yaml
apiVersion: scone/5.8
kind: mesh
cas:
  - cas_url: cas.example.com
policy:
  namespace: guestbook
  tolerate: outdated-tcb, hyperthreading
env:
services:
  - image: example.com/guestbook:1
```

## Fix

A misspelt name is replaced by the right one, and the number of an advisory gets the form that it needs.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import is_open
from scone_ls.analysis.sections import Section
from scone_ls.analysis.values import Value, values_where
from scone_ls.edit import Edit
from scone_ls.rules.judges import of_sections, without_sections
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, Subject
from scone_ls.spec import facts, spelling
from scone_ls.spec.schema import Field
from scone_ls.syntax.words import Word, words_in
from scone_ls.text import Span

_GAP = re.compile(r"[\s;]+")
_NUMBER = re.compile(r"(?:INTEL)?[-_ ]?(?:SA)?[-_ ]?([0-9]{3,5})", re.IGNORECASE)


def tolerated_in(section: Section) -> Iterator[tuple[Word, Value]]:
    """Yield the names of the risks that policies tolerate, as written; those with templates are left out."""
    return _listed(section, is_toleration)


def ignored_in(section: Section) -> Iterator[tuple[Word, Value]]:
    """Yield the advisories that policies ignore, as written; those with templates are left out."""
    return _listed(section, _is_ignored)


def is_toleration(field: Field) -> bool:
    """Tell whether the names of tolerated risks stand at a place."""
    return field.completes == ("tolerations",)


def means_toleration(text: str, token: str) -> bool:
    """Tell whether a risk is among those of a text, perhaps misspelt."""
    return any(token in (word, spelling.nearest(word, _known())) for word in _separated().findall(text))


def _judge(section: Section) -> Iterator[Finding]:
    for word, value in tolerated_in(section):
        if word.text not in _known():
            yield _finding(word, value.field.name, "risk", spelling.nearest(word.text, _known()))
    for word, value in ignored_in(section):
        if not _is_advisory(word.text):
            yield _finding(word, value.field.name, "advisory", _advisory(word.text))
    for value in values_where(section, is_list_of_risks):
        yield from _unseparated(section.string, value)


def _unseparated(string: str, value: Value) -> Iterator[Finding]:
    """Report names with no comma between them, which are one name to whoever reads the list."""
    words = words_in(string, value.scalar, _separated())
    for word, following in pairwise(words):
        between = string[word.span.end : following.span.start]
        separator = facts.tolerations().separator
        if separator not in between and not is_open(word.text) and not is_open(following.text):
            message = f"no `{separator}` between `{word.text}` and `{following.text}`"
            cause = Subject(word.text, meant=f"{separator} ")
            yield Finding(Span(word.span.start, following.span.end), message, cause)


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    if isinstance(finding.cause, Subject) and finding.cause.meant is not None:
        meant = finding.cause.meant
        if meant.strip() == facts.tolerations().separator:
            end = finding.span.start + len(finding.cause.name)
            gap = _GAP.match(document.text.string, end)
            if gap is not None:
                yield Fix(f"put a `{meant.strip()}` between them", (Edit(Span(*gap.span()), meant),), preferred=True)
            return
        yield Fix(f"change it to `{meant}`", (Edit(finding.span, meant),), preferred=True, safe=True)


def _finding(word: Word, key: str, sort: str, meant: str | None) -> Finding:
    fact = f"unknown {sort} `{word.text}` under `{key}`"
    if meant is not None:
        fact += f"; did you mean `{meant}`?"
    elif sort == "advisory":
        fact += f"; it takes {facts.tolerations().advisories.message}"
    return Finding(word.span, fact, Subject(word.text, meant=meant))


def _listed(section: Section, wanted: Callable[[Field], bool]) -> Iterator[tuple[Word, Value]]:
    for value in values_where(section, wanted):
        for word in words_in(section.string, value.scalar, _separated()):
            if not is_open(word.text):
                yield word, value


def is_list_of_risks(field: Field) -> bool:
    """Tell whether the names of risks or advisories stand at a place."""
    return is_toleration(field) or _is_ignored(field)


def _is_ignored(field: Field) -> bool:
    return field.completes == ("advisories",)


@cache
def _separated() -> re.Pattern[str]:
    return re.compile(rf"[^\s;{re.escape(facts.tolerations().separator)}]+")


@cache
def _known() -> frozenset[str]:
    return frozenset(token.name for token in facts.tolerations().tokens)


def _is_advisory(text: str) -> bool:
    advisories = facts.tolerations().advisories
    return text == advisories.wildcard or re.search(advisories.pattern, text) is not None


def _advisory(text: str) -> str | None:
    """Return the advisory whose number somebody wrote in another form."""
    number = _NUMBER.fullmatch(text)
    meant = None if number is None else facts.tolerations().advisories.form.format(int(number[1]))
    return meant if meant is not None and _is_advisory(meant) else None


RULE = Rule(
    "unknown-tolerance", Severity.WARNING, "0.1.0", Group.VALUES, of_sections(_judge), _fixes, is_quiet=without_sections
)
