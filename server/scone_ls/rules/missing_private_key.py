"""A certificate has no private key.

CAS makes a certificate for a key, so one of kind `x509` or `x509-ca` has to name a secret of kind `private-key`, unless
the whole certificate is given in `value`.

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
secrets:
  global:
    - name: web_key
      kind: private-key
    - name: web
      kind: x509
#           ^^^^ missing-private-key: a secret of kind `x509` needs `private_key` or `value`
      dns: [guestbook.example.com]
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
secrets:
  global:
    - name: web_key
      kind: private-key
    - name: web
      kind: x509
      private_key: web_key
      dns: [guestbook.example.com]
```

## Fix

The only private key of the manifest is named, or the one with the most similar name; or a new one is declared.
"""

from collections.abc import Iterator
from functools import lru_cache

from scone_ls.analysis import secrets
from scone_ls.analysis.declaring import declared
from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.analysis.names.thing import Thing
from scone_ls.analysis.places import place_at
from scone_ls.edit import Edit
from scone_ls.rules.judges import ThingJudge, of_things, without_things
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, Subject
from scone_ls.spec.schema import Field
from scone_ls.syntax import tree
from scone_ls.syntax.layout import insert_pair, quoted
from scone_ls.text import Span


def _concerns(secret: Thing) -> bool:
    return _may_lack(secrets.shape(secret))


@lru_cache(maxsize=1024)
def _may_lack(shape: secrets.Shape) -> bool:
    """Tell whether secrets of a shape may lack something."""
    kind = secrets.kind_called(shape.kind)
    return kind is not None and any(not any(key in shape.with_text for key in group) for group in kind.required_one_of)


def _judge(secret: tree.Mapping, field: Field) -> Iterator[Finding]:
    kind = secrets.kind_of(secret, field)
    if kind is None or not secrets.is_whole(secret, field):
        return
    given = secrets.given(secret)
    for group in kind.required_one_of:
        references = [key for key in group if secrets.is_reference(key, field, kind)]
        if references and given.keys().isdisjoint(group):
            needed = " or ".join(f"`{key}`" for key in group)
            message = f"a secret of kind `{kind.name}` needs {needed}"
            yield Finding(given[field.label[1]].value.span, message, Subject(references[0]))


_JUDGE = ThingJudge(_concerns, _judge)


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    place, names = place_at(document, finding.span.start), document.names_at(finding.span.start)
    subject = finding.cause
    if place is None or place.pair is None or not isinstance(place.container, tree.Mapping):
        return
    found = None if names is None else secrets.field_of(names)
    if names is None or found is None or not isinstance(subject, Subject):
        return
    wanted = found.properties[subject.name].names[2]
    name = place.container.value(found.label[0])
    like = name.value if isinstance(name, tree.Scalar) else ""
    meant = secrets.fitting(names, wanted, like)
    if meant is not None:
        edit = _naming(document, place.container, place.pair, subject.name, meant)
        yield Fix(f"name `{meant}`", (edit,), preferred=True)
    new = _free(names, f"{like}_key" if like else wanted)
    declaring = declared(document, finding.span.start, Role.DECLARES, NameKind.SECRET, new, wanted)
    if declaring is not None:
        edit = _naming(document, place.container, place.pair, subject.name, new)
        yield Fix(f"declare `{new}` and name it", _together(edit, declaring))


def _naming(document: Document, secret: tree.Mapping, kind: tree.Pair, key: str, name: str) -> Edit:
    empty = next((pair for pair in secret.pairs if pair.name == key), None)
    if empty is not None and empty.colon is not None:
        span, text = empty.value.span, quoted(name, flow=secret.flow)
        return Edit(span, text) if span.start < span.end else Edit(Span(empty.colon + 1, empty.colon + 1), f" {text}")
    return insert_pair(document.text.string, secret, f"{key}: {quoted(name, flow=secret.flow)}", kind)


def _free(names: Names, name: str) -> str:
    """Return a name that no secret of the manifest has."""
    taken = {*names.by_name(NameKind.SECRET, Role.DECLARES), *names.by_name(NameKind.SECRET, Role.IMPORTS)}
    number = 2
    while name in taken:
        name, number = f"{name.rstrip('0123456789')}{number}", number + 1
    return name


def _together(inner: Edit, behind: Edit) -> tuple[Edit, ...]:
    """Return the two edits as they stand in the text, as one where they are at one place."""
    if inner.span == behind.span:
        return (Edit(inner.span, inner.new_text + behind.new_text),)
    return tuple(sorted((inner, behind)))


RULE = Rule(
    "missing-private-key",
    Severity.WARNING,
    "0.1.0",
    Group.NAMES,
    of_things(NameKind.SECRET, _JUDGE),
    _fixes,
    is_quiet=without_things(NameKind.SECRET),
)
