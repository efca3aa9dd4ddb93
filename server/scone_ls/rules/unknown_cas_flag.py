"""The attestation of a CAS gets an option that is not known.

What stands under `tolerance` is a command line. Only options are judged, not what follows them; the list of known ones
may be older than your tools.

## Example

```yaml
apiVersion: scone/5.8
kind: mesh
cas:
  - cas_url: cas.example.com
    tolerance: -G --accept-sw-hardening-neded
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^ unknown-cas-flag: unknown option `--accept-sw-hardening-neded`; did you mean `--accept-sw-hardening-needed`?
policy:
  namespace: guestbook
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
    tolerance: -G --accept-sw-hardening-needed
policy:
  namespace: guestbook
env:
services:
  - image: example.com/guestbook:1
```

## Fix

A misspelt option is replaced by the right one.
"""

import re
from collections.abc import Iterator
from functools import cache

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import is_open
from scone_ls.analysis.sections import Section
from scone_ls.analysis.values import values_where
from scone_ls.edit import Edit
from scone_ls.rules.judges import of_sections, without_sections
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, Subject
from scone_ls.spec import facts, spelling
from scone_ls.spec.facts import CasFlag
from scone_ls.spec.schema import Field
from scone_ls.syntax.words import Word, words_in
from scone_ls.text import Span

_WORD = re.compile(r"[^\s'\"]+")
_OPTION = re.compile(r"-[A-Za-z]|--[A-Za-z]")
_CORE = re.compile("[-\u2010-\u2015]*([A-Za-z][\\w-]*)[,;]?")
"""An option with the wrong dashes before it, or none, or a sign behind it that has no place there."""


def flags_in(section: Section) -> Iterator[tuple[Word, CasFlag | None]]:
    """Yield the options for the attestation of each CAS, each with what is known of it; those with templates are left out."""
    known = _known()
    for value in values_where(section, _is_command_line):
        is_argument = False
        for word in words_in(section.string, value.scalar, _WORD):
            if not is_argument and _wrongly_marked(word.text) is not None:
                yield word, None
                continue
            if is_argument or is_open(word.text) or not _OPTION.match(word.text):
                is_argument = False
                continue
            name, found, _ = word.text.partition("=")
            flag = known.get(name)
            is_argument = flag is not None and flag.argument is not None and not found
            if flag is not None or not _is_cluster(word.text):
                yield Word(name, Span(word.span.start, word.span.start + len(name))), flag


def _judge(section: Section) -> Iterator[Finding]:
    for word, flag in flags_in(section):
        if flag is None:
            long = (name for name in _known() if name.startswith("--"))
            meant = _wrongly_marked(word.text) or spelling.nearest(word.text, long)
            fact = f"unknown option `{word.text}`"
            yield Finding(
                word.span, f"{fact}; did you mean `{meant}`?" if meant else fact, Subject(word.text, meant=meant)
            )


def _fixes(_document: Document, finding: Finding) -> Iterator[Fix]:
    if isinstance(finding.cause, Subject) and finding.cause.meant is not None:
        meant = finding.cause.meant
        yield Fix(f"change it to `{meant}`", (Edit(finding.span, meant),), preferred=True)


def _is_command_line(field: Field) -> bool:
    return field.completes == ("cas-flags",)


@cache
def _known() -> dict[str, CasFlag]:
    return {name: flag for flag in facts.cas_flags() for name in (flag.name, flag.short) if name}


def _wrongly_marked(text: str) -> str | None:
    """Return the option that a word would be with the right dashes before it and nothing behind it."""
    core = _CORE.fullmatch(text)
    if core is None or text in _known():
        return None
    return next((name for name in (f"--{core[1]}", f"-{core[1]}") if name in _known() and name != text), None)


def _is_cluster(text: str) -> bool:
    """Tell whether a word is several short options in one, or one with its argument."""
    if text.startswith("--"):
        return False
    for letter in text[1:]:
        flag = _known().get(f"-{letter}")
        if flag is None or flag.argument is not None:
            return flag is not None
    return True


RULE = Rule(
    "unknown-cas-flag", Severity.WARNING, "0.1.0", Group.VALUES, of_sections(_judge), _fixes, is_quiet=without_sections
)
