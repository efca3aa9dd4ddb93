"""Something is set that needs another key beside it, or does nothing without it.

An encrypted policy needs the key with which it is encrypted, a converted image the one that it is made of, and Azure's
attestation service is only trusted when the policy says so.

## Example

```yaml
apiVersion: scone/5.8
kind: mesh
cas:
  - cas_url: cas.example.com
policy:
  namespace: guestbook
  tolerate: hyperthreading
  maa: https://guests.weu.attest.azure.net
# ^^^ missing-counterpart: `maa` needs `maa-managed-tcb` under `tolerate`
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
  tolerate: hyperthreading, maa-managed-tcb
  maa: https://guests.weu.attest.azure.net
env:
services:
  - image: example.com/guestbook:1
```

## Fix

A missing toleration is added. In a template a missing key gets the variable that usually holds its value.
"""

import re
from collections.abc import Iterator
from functools import cache

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import is_open
from scone_ls.analysis.places import place_at
from scone_ls.analysis.sections import Section, sections
from scone_ls.analysis.values import Value, stands_for, values_where
from scone_ls.edit import Edit
from scone_ls.rules.judges import of_sections, without_sections
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, Subject
from scone_ls.rules.unknown_tolerance import is_toleration, means_toleration, tolerated_in
from scone_ls.spec import facts
from scone_ls.spec.schema import Field
from scone_ls.syntax import tree
from scone_ls.syntax.layout import insert_pair
from scone_ls.syntax.words import BLOCKS, content_span
from scone_ls.text import Span

_VARIABLE = re.compile(r"\$[A-Za-z_]\w*", re.ASCII)


def _judge(section: Section) -> Iterator[Finding]:
    for value in values_where(section, _has_needs):
        needed = value.field.needs.get(value.scalar.value)
        if needed is not None and _lacks(value, needed):
            said = f"{value.field.name}: {value.scalar.value}"
            yield Finding(value.scalar.span, f"`{said}` needs `{needed}` as well", Subject(needed))
    for value in values_where(section, _can_be_useless):
        without = value.field.useless_without
        if without is not None and _lacks(value, without):
            yield _useless(value.field.name, without, value.pair.key.span)
    for word, value in tolerated_in(section):
        needed = _needs().get(word.text)
        if needed is not None and _lacks(value, needed):
            yield _useless(word.text, needed, word.span)
    for value in values_where(section, _needs_toleration):
        yield from _missing_toleration(value)


def _useless(text: str, without: str, span: Span) -> Finding:
    return Finding(span, f"`{text}` does nothing without `{without}`", severity=Severity.INFORMATION)


def _missing_toleration(value: Value) -> Iterator[Finding]:
    key = next(name for name, field in value.around.properties.items() if is_toleration(field))
    token = next(token for token, needed in _needs().items() if needed == value.field.name)
    written = value.beside(key)
    text = written.value if isinstance(written, tree.Scalar) else ""
    is_there = means_toleration(text, token) or stands_for(value.mapping, value.around, key)
    if value.scalar.value and value.is_certain and not is_there and not is_open(text):
        message = f"`{value.field.name}` needs `{token}` under `{key}`"
        yield Finding(value.pair.key.span, message, Subject(key, meant=token))


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    place, subject = place_at(document, finding.span.start), finding.cause
    if place is None or not isinstance(place.container, tree.Mapping) or not isinstance(subject, Subject):
        return
    mapping, string = place.container, document.text.string
    before = mapping.value(subject.name)
    text = subject.meant or _usual_variable(document, finding, subject.name)
    if text is not None and before is None:
        edit = insert_pair(string, mapping, f"{subject.name}: {text}", place.pair)
        yield Fix(f"add `{subject.name}: {text}`", (edit,), preferred=True)
    elif text is not None and isinstance(before, tree.Scalar) and before.style not in BLOCKS and not before.is_null:
        end = content_span(string, before).end
        added = f"{facts.tolerations().separator} {text}"
        yield Fix(f"add `{text}` to `{subject.name}`", (Edit(Span(end, end), added),), preferred=True)


def _usual_variable(document: Document, finding: Finding, key: str) -> str | None:
    """Return the variable that a template usually has as the value of a key."""
    values = ((value, section) for section in sections(document) for value in values_where(section, _has_needs))
    around = next((one.around for one, section in values if one.scalar.span.moved(section.base) == finding.span), None)
    examples = around.properties[key].examples if around is not None and document.is_template else ()
    return next((text for text in examples if isinstance(text, str) and _VARIABLE.fullmatch(text)), None)


@cache
def _needs() -> dict[str, str]:
    """Return the tolerations that another key of the policy needs, and that do nothing without it."""
    return {token.name: token.needs for token in facts.tolerations().tokens if token.needs is not None}


def _needs_toleration(field: Field) -> bool:
    return field.name in _needs().values()


def _has_needs(field: Field) -> bool:
    return bool(field.needs)


def _can_be_useless(field: Field) -> bool:
    return field.useless_without is not None


def _lacks(value: Value, key: str) -> bool:
    return bool(value.scalar.value) and value.lacks(key)


RULE = Rule(
    "missing-counterpart",
    Severity.WARNING,
    "0.1.0",
    Group.VALUES,
    of_sections(_judge),
    _fixes,
    is_quiet=without_sections,
)
