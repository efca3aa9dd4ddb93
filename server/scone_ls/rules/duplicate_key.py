"""A mapping has the same key twice.

YAML does not allow it. Some readers refuse the file, others keep only one of the values, so the manifest does not say
what it seems to say.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  name: guests
# ^^^^ duplicate-key: duplicate key `name`; it stands on line 4 already
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

The later one is removed, or the first one with all that belongs to it.
"""

from collections.abc import Iterator

from scone_ls.analysis.cutting import without_pair
from scone_ls.analysis.document import Document
from scone_ls.analysis.places import place_at
from scone_ls.analysis.violations import Keyword, Violation
from scone_ls.rules.rule import Finding, Fix, Group, Related, Rule, Severity
from scone_ls.syntax import tree


def _check(document: Document) -> Iterator[Finding]:
    for violation in document.violations_by_keyword.get(Keyword.DUPLICATE, ()):
        first = violation.other or violation.span
        line = document.text.line_at(first.start) + 1
        message = f"duplicate key `{violation.name}`; it stands on line {line} already"
        related = (Related(first, f"`{violation.name}` stands here first"),)
        yield Finding(violation.span, message, violation, related=related)


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    cause = finding.cause
    if not isinstance(cause, Violation) or cause.other is None:
        return
    string = document.text.string
    later, earlier = _pair(document, cause.start), _pair(document, cause.other.start)
    if later is None or earlier is None:
        return
    same = string[slice(*later.span)].rstrip() == string[slice(*earlier.span)].rstrip()
    for pair, title in ((later, f"remove this `{cause.name}`"), (earlier, f"remove the first `{cause.name}`")):
        edit = without_pair(document, pair)
        if edit is not None:
            yield Fix(title, (edit,), preferred=pair is later, safe=same and pair is later)


def _pair(document: Document, offset: int) -> tree.Pair | None:
    place = place_at(document, offset)
    return place.pair if place else None


RULE = Rule("duplicate-key", Severity.ERROR, "0.1.0", Group.SYNTAX, _check, _fixes)
