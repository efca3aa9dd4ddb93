r"""A placeholder of a secret is not written as one.

A secret stands in a text as `$$SCONE::name$$`: two dollar signs on both sides, `SCONE` in capitals and two colons.
Anything else is no placeholder, and the program gets the text as it stands instead of the secret.
Keys that refer to a secret, such as `private_key`, take its name alone.
`envsubst` makes `$::name$$` of a placeholder, unless it is told to leave it alone: `SCONE="\$SCONE" envsubst`.

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
  local:
    - name: ADMIN_TOKEN
      value: $SCONE::admin_token$$
#            ^^^^^^^^^^^^^^^^^^^^^ malformed-placeholder: `$SCONE::admin_token$$` is no placeholder; did you mean `$$SCONE::admin_token$$`?
secrets:
  global:
    - name: admin_token
      kind: ascii
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
  local:
    - name: ADMIN_TOKEN
      value: $$SCONE::admin_token$$
secrets:
  global:
    - name: admin_token
      kind: ascii
```

## Fix

The placeholder is written as it has to be.
"""

import re
from collections.abc import Iterator
from functools import cache

from scone_ls.analysis import secrets
from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.names.thing import Thing
from scone_ls.analysis.places import place_at
from scone_ls.edit import Edit
from scone_ls.rules.judges import ThingJudge, of_things
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, Subject
from scone_ls.spec import facts, spelling
from scone_ls.spec.schema import Field
from scone_ls.syntax import tree
from scone_ls.text import Span

_REST = re.compile(r"(?P<colons>:{1,3})(?P<name>[\w-]+(?:[:.][\w:.-]*[\w-])?(?:\|[\w()-]+)?)(?P<end>\$\$)?", re.ASCII)
"""What follows the word of a placeholder, for the word misspelt or the signs around it."""


def is_malformed(document: Document, occurrence: Occurrence) -> bool:
    """Tell whether what looks like a variable of the shell is a placeholder gone wrong."""
    return _of_variable(document, occurrence) is not None


def _check(document: Document) -> Iterator[Finding]:
    for names in document.names:
        for name in names.by_name(NameKind.SHELL, Role.REFERS):
            if _slips(name) <= 1:
                for occurrence in names.named(NameKind.SHELL, name, Role.REFERS):
                    found = _of_variable(document, occurrence)
                    if found is not None:
                        yield _finding(document, *found)
    yield from _without_word(document)
    yield from _without_dollar(document)
    yield from _in_things(document)


def _concerns(secret: Thing) -> bool:
    opening = facts.placeholders().opening
    return any(text is not None and text.startswith(opening) for text in secret.texts.values())


def _judge(secret: tree.Mapping, field: Field) -> Iterator[Finding]:
    """Yield placeholders where the name of a secret alone has to stand."""
    kind = secrets.kind_of(secret, field)
    for pair in secret.pairs if kind is not None else ():
        value, key = pair.value, pair.name or ""
        if kind is None or not isinstance(value, tree.Scalar) or not secrets.is_reference(key, field, kind):
            continue
        name = value.value.removeprefix(facts.placeholders().opening).removesuffix(facts.placeholders().closing)
        if name != value.value and re.fullmatch(facts.placeholders().name_pattern, name):
            message = f"`{key}` takes the name of a secret and no placeholder; write `{name}`"
            yield Finding(value.span, message, Subject(value.value, meant=name))


_in_things = of_things(NameKind.SECRET, ThingJudge(_concerns, _judge))


def _of_variable(document: Document, occurrence: Occurrence) -> tuple[Span, str] | None:
    """Return the span of a placeholder that reads like a variable of the shell, and what it names."""
    slips, string = _slips(occurrence.name), document.text.string
    rest = _REST.match(string, occurrence.whole.end) if slips <= 1 else None
    if rest is None or not (rest["end"] or (not slips and rest["colons"] == _colons())):
        return None  # A single colon may as well stand before the tag of an image.
    start = occurrence.whole.start
    return Span(start - string.startswith("$", start - 1), rest.end()), rest["name"]


def _without_word(document: Document) -> Iterator[Finding]:
    """Yield what envsubst left of placeholders."""
    yield from _written(document, f"${_colons()}", 1)


def _without_dollar(document: Document) -> Iterator[Finding]:
    """Yield placeholders that lost what they begin with."""
    opening = facts.placeholders().opening.lstrip("$")
    string = document.text.string
    if string.count(opening) > string.count(f"${opening}"):
        yield from _written(document, opening, len(opening) - len(_colons()))


def _written(document: Document, opening: str, word: int) -> Iterator[Finding]:
    """Yield what begins so and goes on like a placeholder; `word` is the length of what stands before the colons."""
    string = document.text.string
    at = string.find(opening)
    while at >= 0:
        rest = _REST.match(string, at + word)
        before = string[at - 1 : at] if at else ""
        if rest is not None and rest["end"] and not (before == "$" or before.isalnum()) and _is_in_value(document, at):
            yield _finding(document, Span(at, rest.end()), rest["name"])
        at = string.find(opening, at + 1)


def _is_in_value(document: Document, offset: int) -> bool:
    place = place_at(document, offset)
    value = place.steps[-1].value if place is not None and place.steps else None
    return isinstance(value, tree.Scalar) and value.span.start <= offset < value.span.end


def _finding(document: Document, span: Span, name: str) -> Finding:
    meant = f"{facts.placeholders().opening}{name}{facts.placeholders().closing}"
    text = document.text.string[slice(*span)]
    return Finding(span, f"`{text}` is no placeholder; did you mean `{meant}`?", Subject(text, meant=meant))


def _fixes(_document: Document, finding: Finding) -> Iterator[Fix]:
    if isinstance(finding.cause, Subject) and finding.cause.meant is not None:
        meant = finding.cause.meant
        yield Fix(f"change it to `{meant}`", (Edit(finding.span, meant),), preferred=True)


def _slips(word: str) -> int:
    """Return how far a word is from the one of placeholders; one in small letters is one slip off."""
    right = facts.placeholders().opening.strip("$:")
    return int(word != right) if word.casefold() == right.casefold() else spelling.distance(word, right)


@cache
def _colons() -> str:
    opening = facts.placeholders().opening
    return opening[len(opening.rstrip(":")) :]


RULE = Rule("malformed-placeholder", Severity.ERROR, "0.1.0", Group.NAMES, _check, _fixes)
