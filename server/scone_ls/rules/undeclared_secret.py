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
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, Subject
from scone_ls.spec import facts, spelling


def _check(document: Document) -> Iterator[Finding]:
    for names in document.names:
        if has_declarations(names.kind, NameKind.SECRET):
            for name in names.dangling(NameKind.SECRET):
                meant = _meant(names, name)
                for occurrence in secrets.references(names, name):
                    if secrets.is_meant(document, names, occurrence):
                        span = occurrence.span if name else occurrence.whole
                        yield Finding(span, _message(name, meant), Subject(name, meant=meant))


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
    needed = tuple(_needed(names, subject.name, kind))
    for role, verb, details, more in ((Role.DECLARES, "declare", (kind,), needed), (Role.IMPORTS, "import", (), ())):
        edit = declared(document, offset, role, NameKind.SECRET, subject.name, *details, more=more)
        if edit is not None:
            where = list_name(names.kind, role, NameKind.SECRET)
            yield Fix(f"{verb} it under `{where}`", (edit,))


def _needed(names: Names, name: str, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the secrets that one of a kind has to name, by their keys, as far as there are fitting ones."""
    known, field = secrets.kind_called(kind), secrets.field_of(names)
    if known is None or field is None:
        return
    for group in known.required_one_of:
        key = next((key for key in group if secrets.is_reference(key, field, known)), None)
        meant = None if key is None else secrets.fitting(names, field.properties[key].names[2], name)
        if key is not None and meant is not None:
            yield key, meant


def _kind(occurrence: Occurrence) -> str:
    """Return the kind that a secret has to have for what is asked of it."""
    suffix = "" if occurrence.template is None else occurrence.template.suffix
    kinds = [kind.name for kind in facts.secret_kinds()]
    fitting = (kind for kind in kinds if suffix in (secrets.suffixes(kind) or ()))
    return occurrence.wanted or next(fitting, kinds[0])


RULE = Rule("undeclared-secret", Severity.ERROR, "0.1.0", Group.NAMES, _check, _fixes)
