"""A key does not go with the kind of its secret.

Which keys a secret has depends on its kind; CAS refuses the others, or they have no effect. Some keys exclude each
other, and some kinds can't do without certain keys.

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
      size: 32
      key_type: P-384
#     ^^^^^^^^ unsuitable-key: a secret of kind `ascii` has no `key_type`
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
      size: 32
```

## Fix

The key is removed; one that is missing is added, with an example of a value.
"""

from collections.abc import Iterator
from functools import lru_cache

from scone_ls.analysis import secrets
from scone_ls.analysis.cutting import without_pair
from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import NameKind
from scone_ls.analysis.names.thing import Thing
from scone_ls.analysis.places import place_at
from scone_ls.analysis.skeleton import pair_block, pair_in_flow
from scone_ls.rules.judges import ThingJudge, of_things, without_things
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, Subject
from scone_ls.spec.facts import SecretKind
from scone_ls.spec.schema import Field
from scone_ls.syntax import tree
from scone_ls.syntax.layout import insert_pair, layout_of


def _concerns(secret: Thing) -> bool:
    return _may_be_wrong(secrets.shape(secret), secret.field)


@lru_cache(maxsize=1024)
def _may_be_wrong(shape: secrets.Shape, field: Field) -> bool:
    """Tell whether there may be something to find in secrets of a shape."""
    kind = secrets.kind_called(shape.kind)
    if kind is None or kind.confidence != "high":
        return False
    conflicting = any(conflict.key in shape.keys and conflict.other in shape.keys for conflict in kind.conflicts)
    lacking = any(not any(key in shape.with_text for key in group) for group in _needed(kind, field))
    return conflicting or lacking or not set(kind.fields).issuperset(shape.keys)


def _judge(secret: tree.Mapping, field: Field) -> Iterator[Finding]:
    kind = secrets.kind_of(secret, field)
    if kind is None or kind.confidence != "high":
        return
    given = secrets.given(secret)
    for key, pair in given.items():
        if key in field.properties and key not in kind.fields:
            yield Finding(pair.key.span, f"a secret of kind `{kind.name}` has no `{key}`")
    yield from _conflicts(kind, given)
    if secrets.is_whole(secret, field):
        yield from _missing(kind, field, given)


def _conflicts(kind: SecretKind, given: dict[str, tree.Pair]) -> Iterator[Finding]:
    for conflict in kind.conflicts:
        pair, other = given.get(conflict.key), given.get(conflict.other)
        if pair is not None and other is not None and conflict.value in (None, _text(other)):
            beside = conflict.other if conflict.value is None else f"{conflict.other}: {conflict.value}"
            yield Finding(pair.key.span, f"`{conflict.key}` makes no sense together with `{beside}`")


def _text(pair: tree.Pair) -> str | None:
    return pair.value.value if isinstance(pair.value, tree.Scalar) else None


def _missing(kind: SecretKind, field: Field, given: dict[str, tree.Pair]) -> Iterator[Finding]:
    """Yield what a kind lacks; a missing reference to another secret has a rule of its own."""
    for group in _needed(kind, field):
        if given.keys().isdisjoint(group):
            needed = " or ".join(f"`{key}`" for key in group)
            message = f"a secret of kind `{kind.name}` needs {needed}"
            yield Finding(given[field.label[1]].value.span, message, Subject(group[0]))


def _needed(kind: SecretKind, field: Field) -> list[tuple[str, ...]]:
    """Return the groups of keys of which a kind needs one each."""
    references = (any(secrets.is_reference(key, field, kind) for key in group) for group in kind.required_one_of)
    others = [group for group, refers in zip(kind.required_one_of, references, strict=True) if not refers]
    return [*((key,) for key in kind.required), *others]


_JUDGE = ThingJudge(_concerns, _judge)


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    place, names = place_at(document, finding.span.start), document.names_at(finding.span.start)
    field = None if names is None else secrets.field_of(names)
    if place is None or place.pair is None or not isinstance(place.container, tree.Mapping) or field is None:
        return
    missing = finding.cause
    if not isinstance(missing, Subject):
        edit = without_pair(document, place.pair)
        if edit is not None:
            yield Fix(f"remove `{place.pair.name}`", (edit,), preferred=True)
        return
    string, inner = document.text.string, field.properties[missing.name]
    flow = place.container.flow
    block = pair_in_flow(missing.name, inner) if flow else pair_block(missing.name, inner, layout_of(string))
    yield Fix(f"add `{block}`", (insert_pair(string, place.container, block, place.pair),), preferred=True)


RULE = Rule(
    "unsuitable-key",
    Severity.WARNING,
    "0.1.0",
    Group.VALUES,
    of_things(NameKind.SECRET, _JUDGE),
    _fixes,
    is_quiet=without_things(NameKind.SECRET),
)
