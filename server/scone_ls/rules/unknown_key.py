"""A mapping has a key that it can't have.

The tools ignore keys that they do not know without a word, so a misspelt one, or one at the wrong place, has no effect
and nobody notices.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
  host_path:
# ^^^^^^^^^ unknown-key: unknown key `host_path`; did you mean `host_paths`?
    - /etc/ssl/certs
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
  host_paths:
    - /etc/ssl/certs
environment:
```

## Fix

A misspelt key gets the right name. A key that belongs to another mapping is moved there with its value.
"""

from collections.abc import Iterator

from scone_ls.analysis import moving
from scone_ls.analysis.document import Document
from scone_ls.analysis.meaning import mended_pair
from scone_ls.analysis.places import Place, place_at
from scone_ls.analysis.together import homes
from scone_ls.analysis.violations import Keyword, Violation
from scone_ls.edit import Edit
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, without_violations
from scone_ls.syntax import tree
from scone_ls.text import Span

_FEW = 4  # Keys that a message may list.


def _check(document: Document) -> Iterator[Finding]:
    for violation in document.violations_by_keyword.get(Keyword.UNKNOWN, ()):
        yield Finding(violation.span, _message(document, violation), violation)


def _message(document: Document, violation: Violation) -> str:
    fact = f"unknown key `{violation.name}`"
    if violation.meant is not None:
        return f"{fact}; did you mean `{mended_pair(violation.name, violation.meant) or violation.meant}`?"
    found = _homes(document, violation, place_at(document, violation.start))
    if found:
        return f"{fact}; it belongs {_under(found[0])}"
    known = list(violation.field.properties) if violation.field else []
    if 0 < len(known) <= _FEW:
        return f"{fact}; {_listed(known)} can stand here"
    return fact


def _homes(document: Document, violation: Violation, place: Place | None) -> tuple[moving.Home, ...]:
    manifest = document.manifest_at(violation.start)
    if manifest is None or manifest.root is None or place is None:
        return ()
    known = homes(violation.name, violation.path, manifest.root)
    return moving.homes_at(place, known, document.text.string)


def _under(path: tuple[str | int, ...]) -> str:
    names = [step for step in path if isinstance(step, str)]
    if not names:
        return "at the top level"
    return f"under `{'.'.join(names)}`"


def _listed(names: list[str]) -> str:
    words = [f"`{name}`" for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    violation = finding.cause
    if not isinstance(violation, Violation):
        return
    place = place_at(document, violation.start)
    if place is None or place.pair is None or not isinstance(place.container, tree.Mapping):
        return
    if violation.meant is not None:
        pair = mended_pair(violation.name, violation.meant)
        if pair is not None:
            if place.pair.colon is None:
                yield Fix(f"make it `{pair}`", (Edit(violation.span, pair),), preferred=True)
        elif place.container.value(violation.meant) is None:
            edit = Edit(_word(document.text.string, violation.span), violation.meant)
            yield Fix(f"rename it to `{violation.meant}`", (edit,), preferred=True, safe=True)
        return
    for index, home in enumerate(_homes(document, violation, place)[:2]):
        edits = moving.moved(document, place, home)
        if edits:
            to = _under(home) if home else "to the top level"
            yield Fix(f"move it {to}", edits, preferred=index == 0)


def _word(string: str, span: Span) -> Span:
    """Return the text of a key without its quotes."""
    quoted = string[span.start] in "\"'" and span.end - span.start > 1
    return Span(span.start + 1, span.end - 1) if quoted else span


RULE = Rule("unknown-key", Severity.WARNING, "0.1.0", Group.STRUCTURE, _check, _fixes, is_quiet=without_violations)
