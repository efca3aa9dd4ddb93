"""The value of a secret is not written as its kind asks for.

Bytes are written as pairs of hexadecimal digits.

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
    - name: seal
      kind: binary
      value: 0xfeedbeef
#            ^^^^^^^^^^ malformed-secret: the value of a `binary` secret is written in pairs of hexadecimal digits; did you mean `feedbeef`?
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
    - name: seal
      kind: binary
      value: feedbeef
```

## Fix

What has no place in such a value, as blanks and colons between the digits, is left out.
"""

import re
from collections.abc import Iterator

from scone_ls.analysis import secrets
from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import NameKind
from scone_ls.analysis.names.thing import Thing
from scone_ls.analysis.places import replaced
from scone_ls.rules.judges import ThingJudge, of_things, without_things
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, Subject
from scone_ls.spec.schema import Field
from scone_ls.syntax import tree

_PREFIX = re.compile(r"(?<![0-9A-Za-z])0x|\\x", re.IGNORECASE)
_SHORT = 40  # Code points of a value that a message shows.


def _concerns(secret: Thing) -> bool:
    kind = secrets.kind_of_thing(secret)
    return kind is not None and kind.form is not None


def _judge(secret: tree.Mapping, field: Field) -> Iterator[Finding]:
    kind = secrets.kind_of(secret, field)
    form = None if kind is None else kind.form
    if kind is None or form is None:
        return
    value = secret.value(form.key)
    if not isinstance(value, tree.Scalar) or value.is_null or secrets.is_filled_in(value.value):
        return
    # The value of a block scalar ends with a line end, which is none of the text.
    if re.fullmatch(form.pattern, value.value.rstrip("\r\n")) is None:
        bare = "".join(letter for letter in _PREFIX.sub("", value.value) if letter.isalnum())
        meant = bare if bare and re.fullmatch(form.pattern, bare) else None
        message = f"the value of a `{kind.name}` secret is written in {form.message}"
        message += f"; did you mean `{meant}`?" if meant and len(meant) <= _SHORT else ""
        yield Finding(value.span, message, Subject(value.value, meant=meant))


_JUDGE = ThingJudge(_concerns, _judge)


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    subject = finding.cause
    if isinstance(subject, Subject) and subject.meant is not None:
        title = "leave everything but the digits out"
        yield Fix(title, (replaced(document, finding.span, subject.meant),), preferred=True)


RULE = Rule(
    "malformed-secret",
    Severity.ERROR,
    "0.1.0",
    Group.VALUES,
    of_things(NameKind.SECRET, _JUDGE),
    _fixes,
    is_quiet=without_things(NameKind.SECRET),
)
