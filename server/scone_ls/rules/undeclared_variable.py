"""A variable is used that the manifest does not declare.

`{{name}}` is filled in when the mesh is applied, from the variables under `environment.global` and from a few names
that the mesh tool defines itself. A name that is none of these stops it.

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
    - name: STORE_URL
      value: https://{{store_hots}}/
#                      ^^^^^^^^^^ undeclared-variable: variable `store_hots` is not declared under `environment.global`; did you mean `store_host`?
  global:
    - name: store_host
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
    - name: STORE_URL
      value: https://{{store_host}}/
  global:
    - name: store_host
```

## Fix

The name becomes that of a variable with a similar one, or the variable is declared.
"""

import re
from collections.abc import Iterator
from functools import cache

from scone_ls.analysis.declaring import declared, has_declarations, list_name
from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.places import place_at, renamed
from scone_ls.rules.rule import Finding, Fix, FromNames, Group, Rule, Severity, Subject
from scone_ls.spec import facts, spelling

_PLAIN = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
_BLOCK = re.compile(r"\{\{\{?[#^~]")


def is_known(names: Names, name: str) -> bool:
    """Tell whether a name is that of a variable that a manifest declares or gives a value to, or of the mesh tool's."""
    roles = (Role.DECLARES, Role.GIVES)
    return name in _builtin() or any(name in names.by_name(NameKind.VARIABLE, role) for role in roles)


def _check(document: Document) -> Iterator[Finding]:
    for names in document.names:
        for name in _undeclared(names):
            yield from _findings(document, names, name)


def _undeclared(names: Names) -> list[str]:
    found = names.dangling(NameKind.VARIABLE) if has_declarations(names.kind, NameKind.VARIABLE) else ()
    return [name for name in found if name not in _builtin() and _is_plain(name)]


def _findings(document: Document, names: Names, name: str) -> Iterator[Finding]:
    meant = spelling.nearest(name, (*names.by_name(NameKind.VARIABLE, Role.DECLARES), *_builtin()))
    where = list_name(names.kind, Role.DECLARES, NameKind.VARIABLE)
    message = f"variable `{name}` is not declared under `{where}`"
    message += f"; did you mean `{meant}`?" if meant else ""
    for occurrence in names.named(NameKind.VARIABLE, name, Role.REFERS):
        if _is_meant(document, occurrence):
            yield Finding(occurrence.span, message, Subject(name, meant=meant))


@cache
def _builtin() -> frozenset[str]:
    """Return the names that need no declaration; those of facts about a CAS occur with dots and with underscores."""
    builtin = facts.builtin_variables()
    names = {variable.name for variable in builtin.variables} | {word.name for word in builtin.words}
    parts = ((builtin.cas.prefix, role, field.name) for role in builtin.cas.roles for field in builtin.cas.fields)
    return frozenset(names | {sign.join(part) for part in parts for sign in "._"})


def _is_plain(name: str) -> bool:
    """Tell whether a name can only be that of a variable: one with dots may be a path, except those about a CAS."""
    return _PLAIN.fullmatch(name) is not None or name.startswith(f"{facts.builtin_variables().cas.prefix}.")


def _is_meant(document: Document, occurrence: Occurrence) -> bool:
    """Tell whether a name is meant for the mesh: not while it is being typed, nor in a block with names of its own."""
    if occurrence.template is None or not occurrence.template.closed:
        return False
    place = place_at(document, occurrence.start)
    if place is None or not place.steps:
        return True
    return _BLOCK.search(document.text.string, *place.steps[-1].value.span) is None


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    subject, offset = finding.cause, finding.span.start
    names = document.names_at(offset)
    occurrence = None if names is None else names.at(offset)
    if names is None or occurrence is None or not isinstance(subject, Subject):
        return
    if subject.meant is not None:
        edit = renamed(document, occurrence, subject.meant)
        yield Fix(f"change it to `{subject.meant}`", (edit,), preferred=True)
    if not _PLAIN.fullmatch(subject.name) or subject.name in names.by_name(NameKind.LOCAL, Role.DECLARES):
        return  # It would be no name for a variable, or stand in both lists.
    edit = declared(document, offset, Role.DECLARES, NameKind.VARIABLE, subject.name)
    if edit is not None:
        where = list_name(names.kind, Role.DECLARES, NameKind.VARIABLE)
        yield Fix(f"declare it under `{where}`", (edit,))


RULE = Rule(
    "undeclared-variable",
    Severity.WARNING,
    "0.1.0",
    Group.NAMES,
    _check,
    _fixes,
    is_quiet=FromNames(_undeclared),
)
