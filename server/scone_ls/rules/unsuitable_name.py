"""A name cannot be used everywhere that it has to go.

The names of services go into Kubernetes, where only small letters, digits and hyphens are allowed; those of secrets go
into placeholders, and those of variables into the environment of a program.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guest_book
#       ^^^^^^^^^^ unsuitable-name: `guest_book` is no name for Kubernetes, which takes small letters, digits and hyphens; did you mean `guest-book`?
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
environment:
```

Use instead:

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guest-book
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
environment:
```

## Fix

Where a name only needs hyphens, underscores or small letters in some places, it gets them wherever the manifest uses it.
"""

import re
from collections.abc import Iterator
from functools import cache

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Role, is_open
from scone_ls.analysis.places import renamed
from scone_ls.analysis.remembered import Remembered
from scone_ls.rules.rule import Finding, Fix, FromNames, Group, Rule, Severity, Subject
from scone_ls.spec import facts
from scone_ls.spec.tables import NameForm

_OWN = (NameKind.PROGRAM, NameKind.SERVICE, NameKind.LOCAL)
"""The kinds whose names no other manifest knows, so that they can be changed in this one alone."""
_OTHER = re.compile(r"[^A-Za-z0-9]+")


def _check(document: Document) -> Iterator[Finding]:
    for names in document.names:
        for kind, form, name in _unsuitable(names):
            for occurrence in names.named(kind, name, Role.DECLARES):
                cause = Subject(name, meant=_meant(form, name))
                yield Finding(occurrence.span, _message(form, cause), cause, Severity(form.severity))


def _unsuitable(names: Names) -> tuple[tuple[NameKind, NameForm, str], ...]:
    """Return the declared names that are none for what they name, each with how it has to be."""

    def derive() -> tuple[tuple[NameKind, NameForm, str], ...]:
        return tuple(
            (kind, form, name)
            for kind, form in _forms()
            for name in _judgement(form.pattern).failing(names.by_name(kind, Role.DECLARES))
        )

    places = tuple((kind, Role.DECLARES) for kind, _ in _forms())
    return names.derived("unsuitable", places, derive, from_names=True)


def _message(form: NameForm, subject: Subject) -> str:
    if form.longest is not None and len(subject.name) > form.longest:
        return f"`{subject.name}` has {len(subject.name)} characters; {form.thing} takes {form.longest}"
    fact = f"`{subject.name}` is no name for {form.thing}, which takes {form.takes}"
    return fact if subject.meant is None else f"{fact}; did you mean `{subject.meant}`?"


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    names, subject = document.names_at(finding.span.start), finding.cause
    if names is None or not isinstance(subject, Subject) or subject.meant is None:
        return
    for kind in _OWN:
        places = names.named(kind, subject.name)
        if any(place.span == finding.span for place in places) and not names.named(kind, subject.meant):
            edits = tuple(renamed(document, place, subject.meant) for place in places)
            yield Fix(f"rename it to `{subject.meant}`", edits, preferred=True)


@cache
def _forms() -> tuple[tuple[NameKind, NameForm], ...]:
    return tuple((NameKind(kind), form) for form in facts.name_forms() for kind in form.kinds)


@cache
def _judgement(pattern: str) -> Remembered:
    compiled = re.compile(pattern)
    return Remembered(lambda name: compiled.match(name) is not None or is_open(name))


def _meant(form: NameForm, name: str) -> str | None:
    """Return the name with what joins words put right, and in small letters where nothing else will do."""
    joined = _OTHER.sub(form.joint, name).strip(form.joint)
    return next((text for text in (joined, joined.lower()) if re.match(form.pattern, text)), None)


RULE = Rule("unsuitable-name", Severity.WARNING, "0.1.0", Group.NAMES, _check, _fixes, is_quiet=FromNames(_unsuitable))
