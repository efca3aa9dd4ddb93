"""Something is written in a way that has been replaced.

In a mesh the variables under `env` once stood in one flat list; since July 2022 they are grouped by the service that
gets them. Some keys have other names today.

## Example

```yaml
apiVersion: scone/5.8
kind: mesh
cas:
  - cas_url: cas.example.com
policy:
  namespace: guestbook
env:
  - name: api_user
#   ^^^^ deprecated-form: this entry of `env` has an old form; write an entry `service: global` whose `env` holds the variable
    value: guest
  - name: api_port
    value: 443
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
env:
  - service: global
    env:
      - name: api_user
        value: guest
      - name: api_port
        value: 443
services:
  - image: example.com/guestbook:1
```

## Fix

The entries of a flat list go into a group `service: global`, which is what they meant. A key that was only renamed gets
its new name.
"""

from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.grouping import grouped
from scone_ls.analysis.places import place_at
from scone_ls.analysis.violations import Keyword, Violation
from scone_ls.edit import Edit
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, Tag, without_violations
from scone_ls.syntax import tree


def _check(document: Document) -> Iterator[Finding]:
    for violation in document.violations_by_keyword.get(Keyword.DEPRECATED, ()):
        yield Finding(violation.span, _message(violation), violation)


def _message(violation: Violation) -> str:
    instead = violation.field.replaced_by if violation.field else None
    if not violation.name:
        listed = violation.field.name if violation.field else ""
        return f"this entry of `{listed}` has an old form" + (f"; write {instead}" if instead else "")
    return f"`{violation.name}` is an old key" + (f"; write `{instead}` instead" if instead else "")


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    violation = finding.cause
    if not isinstance(violation, Violation) or violation.field is None:
        return
    if not violation.name:
        for title, edits in grouped(document, violation):
            yield Fix(title, edits, preferred=True, safe=True)
        return
    place = place_at(document, violation.start)
    manifest = document.manifest_at(violation.start)
    instead = violation.field.replaced_by
    if place is None or manifest is None or manifest.root is None or not isinstance(place.container, tree.Mapping):
        return
    if instead and instead.isidentifier() and place.container.value(instead) is None and not violation.field.items:
        yield Fix(f"rename it to `{instead}`", (Edit(violation.span, instead),), preferred=True, safe=True)


RULE = Rule(
    "deprecated-form",
    Severity.WARNING,
    "0.1.0",
    Group.STRUCTURE,
    _check,
    _fixes,
    frozenset({Tag.DEPRECATED}),
    is_quiet=without_violations,
)
