"""A secret can be read by people who should not know it.

Whoever reads the manifest reads a `value` in it. CAS can make passwords and keys that no human ever sees, and a given
one can be left to a variable. With `export_public` the whole world may read a value. Texts of several lines are not
reported, unless they hold a private key: a text that is merely fixed needs no secrecy.

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
    - name: admin_token
      kind: ascii
      value: swordfish
#            ^^^^^^^^^ exposed-secret: whoever reads the manifest reads this secret; without `value` CAS makes one that nobody sees
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
    - name: admin_token
      kind: ascii
```

## Fix

The value, or the switch, is removed.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from scone_ls.analysis import secrets
from scone_ls.analysis.cutting import without_pair
from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import NameKind
from scone_ls.analysis.names.thing import Thing
from scone_ls.analysis.places import place_at
from scone_ls.rules.judges import ThingJudge, of_things, without_things
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity
from scone_ls.spec.facts import SecretKind
from scone_ls.spec.schema import Field
from scone_ls.syntax import tree

_MARK = "PRIVATE KEY-----"
_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
_ON = "true"


def _concerns(secret: Thing) -> bool:
    exposing = _exposing(secret.detail)
    return exposing is not None and any(
        text is not None and (key in exposing or _MARK in text) for key, text in secret.texts.items()
    )


@lru_cache(maxsize=64)
def _exposing(name: str | None) -> frozenset[str] | None:
    """Return the keys by which secrets of a kind can be exposed; nothing where the kind is not known."""
    kind = secrets.kind_called(name)
    return None if kind is None else frozenset((*kind.never, *kind.confidential))


def _judge(secret: tree.Mapping, field: Field) -> Iterator[Finding]:
    kind = secrets.kind_of(secret, field)
    for key, pair in secrets.given(secret).items() if kind is not None else ():
        text = pair.value.value.strip() if isinstance(pair.value, tree.Scalar) else ""
        if kind is not None and text:
            message = _message(kind, key, text)
            # What has several lines is better marked at its key.
            if message is not None:
                yield Finding(pair.key.span if "\n" in text else pair.value.span, message)


def _message(kind: SecretKind, key: str, text: str) -> str | None:
    """Return what is to be said about a key of a secret with this text."""
    if _PRIVATE_KEY.search(text):
        return "whoever reads the manifest reads this private key"
    if key in kind.never and text.casefold() == _ON:
        return f"`{key}` lets the whole world read this secret of kind `{kind.name}`"
    if key in kind.confidential and "\n" not in text and not secrets.is_filled_in(text):
        return f"whoever reads the manifest reads this secret; without `{key}` CAS makes one that nobody sees"
    return None


_JUDGE = ThingJudge(_concerns, _judge)


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    place, names = place_at(document, finding.span.start), document.names_at(finding.span.start)
    field = None if names is None else secrets.field_of(names)
    if place is None or place.pair is None or not isinstance(place.container, tree.Mapping) or field is None:
        return
    kind, key = secrets.kind_of(place.container, field), place.pair.name
    edit = without_pair(document, place.pair)
    if kind is not None and key in (*kind.confidential, *kind.never) and edit is not None:
        yield Fix(f"remove `{key}`", (edit,))


RULE = Rule(
    "exposed-secret",
    Severity.WARNING,
    "0.1.0",
    Group.VALUES,
    of_things(NameKind.SECRET, _JUDGE),
    _fixes,
    is_quiet=without_things(NameKind.SECRET),
)
