"""A value is not written as it has to be.

It is no absolute path, say, or no number. Values with a shell variable or a mesh variable in them are not judged.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
environment:
injection_files:
  - path: etc/guestbook.conf
#         ^^^^^^^^^^^^^^^^^^ malformed-value: `etc/guestbook.conf` is not an absolute path; did you mean `/etc/guestbook.conf`?
    content: title=Guests
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
injection_files:
  - path: /etc/guestbook.conf
    content: title=Guests
```

## Fix

Where the right form can be told from what is there, it takes its place.
"""

import re
from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.places import replaced
from scone_ls.analysis.violations import Keyword, Violation
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, without_violations
from scone_ls.rules.unsupported_version import is_version
from scone_ls.spec import spelling
from scone_ls.spec.schema import Field

_SHORTENED = 40  # Characters of a value that a message shows.
_FRACTION = re.compile(r"\d[.,]\d")  # Without its point it would be quite another number.
_RELATIVE = re.compile(r"\.?\w[^:\\]*\Z")  # Neither a home directory nor a path of Windows.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_YES_NO = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}


def _check(document: Document) -> Iterator[Finding]:
    for violation in document.violations_by_keyword.get(Keyword.PATTERN, ()):
        field = violation.field
        if field is not None and not is_version(document, violation):
            severity = Severity(field.severity) if field.severity else None
            yield Finding(violation.span, _message(violation.name, field), violation, severity)


def _message(text: str, field: Field) -> str:
    whole = text.strip()
    first = whole.partition("\n")[0][:_SHORTENED]
    shown = first if first == whole else f"{first}…"
    fact = f"`{shown}` is not {field.pattern_message or 'what has to stand here'}"
    meant = _meant(text, field)
    return f"{fact}; did you mean `{meant}`?" if meant is not None and len(meant) <= _SHORTENED else fact


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    violation = finding.cause
    if not isinstance(violation, Violation) or violation.field is None:
        return
    meant = _meant(violation.name, violation.field)
    if meant is not None:
        yield Fix(f"change it to `{meant}`", (replaced(document, violation.span, meant),), preferred=True)


def _meant(text: str, field: Field) -> str | None:
    """Return the value that was probably meant: a known one that is near, or the text with a little added or left out."""
    if "\n" in text:
        return None
    known = _YES_NO.get(text.casefold()) or spelling.nearest(text, field.enum_descriptions)
    bare = "" if _FRACTION.search(text) else "".join(character for character in text if character.isalnum())
    below = f"/{text}" if _RELATIVE.match(text) else None
    address = _SCHEME.sub("", text)
    candidates = (known, text.strip(), address, f"https://{address}", text.removeprefix("."), below, bare)
    return next((word for word in candidates if word and word not in (text, "/") and field.matches(word)), None)


RULE = Rule("malformed-value", Severity.WARNING, "0.1.0", Group.STRUCTURE, _check, _fixes, is_quiet=without_violations)
