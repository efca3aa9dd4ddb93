"""A secret is used that the manifest neither declares nor imports.

CAS hands a service only what its manifest names, under `secrets.global` or `secrets.import`. A placeholder for
anything else is not filled in.

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
      value: $$SCONE::admin_tokn$$
#                     ^^^^^^^^^^ undeclared-secret: secret `admin_tokn` is neither declared nor imported; did you mean `admin_token`?
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

The name becomes that of a secret with a similar one, or the secret is declared, or imported from another service.
"""

from collections.abc import Iterator

from scone_ls.analysis import secrets
from scone_ls.analysis.declaring import declared, has_declarations, list_name
from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.places import renamed
from scone_ls.edit import Edit
from scone_ls.rules.rule import Finding, Fix, FromNames, Group, Rule, Severity, Subject
from scone_ls.spec import facts, spelling


def _check(document: Document) -> Iterator[Finding]:
    for names in document.names:
        for name in _undeclared(names):
            meant = _meant(names, name)
            for occurrence in secrets.references(names, name):
                if secrets.is_meant(document, names, occurrence):
                    span = occurrence.span if name else occurrence.whole
                    yield Finding(span, _message(name, meant), Subject(name, meant=meant))


def _undeclared(names: Names) -> list[str]:
    return names.dangling(NameKind.SECRET) if has_declarations(names.kind, NameKind.SECRET) else []


def _meant(names: Names, name: str) -> str | None:
    known = (other for role in (Role.DECLARES, Role.IMPORTS) for other in names.by_name(NameKind.SECRET, role))
    return spelling.nearest(name, known)


def _message(name: str, meant: str | None) -> str:
    if not name:
        return "this placeholder names no secret"
    fact = f"secret `{name}` is neither declared nor imported"
    return f"{fact}; did you mean `{meant}`?" if meant else fact


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    subject, offset = finding.cause, finding.span.start
    names = document.names_at(offset)
    occurrence = None if names is None else names.at(offset)
    if names is None or occurrence is None or not isinstance(subject, Subject) or not subject.name:
        return
    if subject.meant is not None:
        edit = renamed(document, occurrence, subject.meant)
        yield Fix(f"change it to `{subject.meant}`", (edit,), preferred=True)
    kind = _kind(occurrence)
    for role, verb, edit in (
        (Role.DECLARES, "declare", _declared(document, names, offset, subject.name, kind)),
        (Role.IMPORTS, "import", declared(document, offset, Role.IMPORTS, NameKind.SECRET, subject.name)),
    ):
        if edit is not None:
            where = list_name(names.kind, role, NameKind.SECRET)
            yield Fix(f"{verb} it under `{where}`", (edit,))


def _declared(document: Document, names: Names, offset: int, name: str, kind: str) -> Edit | None:
    """Return the edit that declares a secret with those that it has to name: one that fits, or else a new one."""
    needed = tuple(_needed(names, name, kind))
    known = {*names.by_name(NameKind.SECRET, Role.DECLARES), *names.by_name(NameKind.SECRET, Role.IMPORTS)}
    new = [(f"{name}_{key.rpartition('_')[2]}", wanted) for key, meant, wanted in needed if meant is None]
    fitting = tuple((key, meant) for key, meant, _ in needed if meant is not None)
    if len(new) == 1 and new[0][0] not in known and names.by_name(NameKind.SECRET, Role.DECLARES):
        (key,) = (key for key, meant, _ in needed if meant is None)
        first = declared(document, offset, Role.DECLARES, NameKind.SECRET, *new[0])
        more = (*fitting, (key, new[0][0]))
        edit = declared(document, offset, Role.DECLARES, NameKind.SECRET, name, kind, more=more)
        if first is not None and edit is not None and first.span == edit.span:
            return Edit(edit.span, first.new_text + edit.new_text)
    return declared(document, offset, Role.DECLARES, NameKind.SECRET, name, kind, more=fitting)


def _needed(names: Names, name: str, kind: str) -> Iterator[tuple[str, str | None, str]]:
    """Yield the keys at which one of a kind has to name another, with a fitting one, if there is, and its kind."""
    known, field = secrets.kind_called(kind), secrets.field_of(names)
    if known is None or field is None:
        return
    for group in known.required_one_of:
        key = next((key for key in group if secrets.is_reference(key, field, known)), None)
        if key is not None:
            wanted = field.properties[key].names[2]
            yield key, secrets.fitting(names, wanted, name), wanted


def _kind(occurrence: Occurrence) -> str:
    """Return the kind that a secret has to have for what is asked of it."""
    suffix = "" if occurrence.template is None else occurrence.template.suffix
    kinds = [kind.name for kind in facts.secret_kinds()]
    fitting = (kind for kind in kinds if suffix in (secrets.suffixes(kind) or ()))
    return occurrence.wanted or next(fitting, kinds[0])


RULE = Rule("undeclared-secret", Severity.ERROR, "0.1.0", Group.NAMES, _check, _fixes, is_quiet=FromNames(_undeclared))
