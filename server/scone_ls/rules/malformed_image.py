"""An image is named in a way that no registry understands.

Variables in the text are taken for what fits; only what is written around them is judged.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: https://example.com/Guestbook:1
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ malformed-image: `https://example.com/Guestbook:1` is no name of an image; did you mean `example.com/guestbook:1`?
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

Capitals become small letters; blanks, `https://` and a colon or slash at the end are left out.
"""

import re
from collections.abc import Iterator
from functools import partial

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.places import renamed
from scone_ls.analysis.remembered import Remembered
from scone_ls.rules.rule import Finding, Fix, FromNames, Group, Rule, Severity, Subject
from scone_ls.syntax.templates import templates_in
from scone_ls.text import Span

# The grammar of image names, as the registries publish it.
_HOST_PART = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_HOST = rf"(?:{_HOST_PART}(?:\.{_HOST_PART})*|\[[0-9A-Fa-f:]+\])(?::[0-9]+)?"
_PART = r"[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*"
_TAG = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"
_DIGEST = r"[A-Za-z0-9]+(?:[.+_-][A-Za-z0-9]+)*:[0-9A-Fa-f]{32,}|0+"
_IMAGE = re.compile(rf"(?:{_HOST}/)?{_PART}(?:/{_PART})*(?::{_TAG})?(?:@(?:{_DIGEST}))?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_LAST = re.compile(r"(?::[^/:@]*)?(?:@.*)?\Z")
_CAPITALS = re.compile(r"[A-Z][A-Z0-9_-]+(?::[^/]*)?")
_LONGEST = 1_000  # Docker takes 255 characters of name and 128 of tag, beside the digest; templates need not be short.
_ROLES = (Role.DECLARES, Role.REFERS)


def _check(document: Document) -> Iterator[Finding]:
    for names in document.names:
        for role, text in _malformed(names):
            yield from map(_finding, names.named(NameKind.IMAGE, text, role))


def _malformed(names: Names) -> list[tuple[Role, str]]:
    found: list[tuple[Role, str]] = []
    for role in _ROLES:
        failing = partial(_IMAGES.failing, names.by_name(NameKind.IMAGE, role))
        derived = names.derived(f"malformed {role.value}", ((NameKind.IMAGE, role),), failing, from_names=True)
        found += ((role, text) for text in derived)
    return found


def _finding(occurrence: Occurrence) -> Finding:
    meant = _meant(occurrence.name)
    fact = f"`{occurrence.name.strip()}` is no name of an image"
    message = fact if meant is None else f"{fact}; did you mean `{meant}`?"
    severity = Severity.INFORMATION if meant is not None and _has_words_to_fill_in(occurrence.name, meant) else None
    return Finding(occurrence.span, message, Subject(occurrence.name, meant=meant), severity)


def _has_words_to_fill_in(text: str, meant: str) -> bool:
    """Tell whether all that is wrong are parts in capitals, as `MYREPO` in a text that says: write your own there."""
    parts = [part for part, right in zip(text.split("/"), meant.split("/"), strict=False) if part != right]
    return text.lower() == meant.lower() and all(_CAPITALS.fullmatch(part) for part in parts)


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    names, subject = document.names_at(finding.span.start), finding.cause
    if names is not None and isinstance(subject, Subject) and subject.meant is not None:
        for occurrence in names.named(NameKind.IMAGE, subject.name, *_ROLES):
            if occurrence.span == finding.span:
                edit = renamed(document, occurrence, subject.meant)
                yield Fix(f"change it to `{subject.meant}`", (edit,), preferred=True)


def _is_image(text: str) -> bool:
    masked = _masked(text)
    return masked is None or (len(masked) <= _LONGEST and _IMAGE.fullmatch(masked) is not None)


def _masked(text: str) -> str | None:
    """Return the text with digits in the place of its templates; nothing where there are others than the usual ones."""
    masked = text
    for template in templates_in(text, Span(0, len(text))):
        if not template.closed:
            return None
        start, end = template.span
        masked = masked[:start] + "0" * (end - start) + masked[end:]
    return None if "$" in masked or "{" in masked else masked


def _meant(text: str) -> str | None:
    if "\n" in text.strip() or len(text) > _LONGEST:
        return None
    bare = _SCHEME.sub("", text.strip(), count=1).rstrip(":/")
    lowered = _lowered(bare)
    return next((each for each in (bare, lowered) if each and each != text and _is_image(each)), None)


def _lowered(text: str) -> str:
    """Return the text with its path in small letters: not the host before it, nor the tag behind it, nor a template."""
    masked = _masked(text) or text
    slash = masked.find("/")
    has_host = slash > 0 and any(mark in masked[:slash] for mark in ".:")
    start, last = slash if has_host else 0, _LAST.search(masked)
    end = last.start() if last else len(masked)
    return "".join(
        letter.lower() if start <= index < end and letter == masked[index] else letter
        for index, letter in enumerate(text)
    )


_IMAGES = Remembered(_is_image)

RULE = Rule("malformed-image", Severity.WARNING, "0.1.0", Group.VALUES, _check, _fixes, is_quiet=FromNames(_malformed))
