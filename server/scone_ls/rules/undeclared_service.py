"""Variables are given to a service that the mesh does not have.

A group under `env` is for one of the entries of `services`, by its `name`, or for all of them (`global`, `helm`). The
values of any other group reach nobody.

## Example

```yaml
apiVersion: scone/5.8
kind: mesh
cas:
  - cas_url: cas.example.com
    name: cas
    alias: [image, security, access, attestation]
policy:
  namespace: guests
env:
  - service: gestbook
#            ^^^^^^^^ undeclared-service: service `gestbook` is not defined in this mesh; did you mean `guestbook`?
    env:
      - name: GREETING
        value: Hello
services:
  - name: guestbook
    image: example.com/guestbook:1
```

Use instead:

```yaml
apiVersion: scone/5.8
kind: mesh
cas:
  - cas_url: cas.example.com
    name: cas
    alias: [image, security, access, attestation]
policy:
  namespace: guests
env:
  - service: guestbook
    env:
      - name: GREETING
        value: Hello
services:
  - name: guestbook
    image: example.com/guestbook:1
```

## Fix

A name that is nearly that of a service, or of a group, is replaced by it.
"""

from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.analysis.places import renamed
from scone_ls.analysis.workspace.symbols import shared_groups
from scone_ls.rules.rule import Finding, Fix, FromNames, Group, Rule, Severity, Subject
from scone_ls.spec import spelling


def _check(document: Document) -> Iterator[Finding]:
    for names in document.names:
        for name in _undeclared(names):
            yield from _findings(names, name)


def _undeclared(names: Names) -> list[str]:
    # While there is no service at all they are still to be written, as they stand behind the groups.
    services = names.by_name(NameKind.SERVICE, Role.DECLARES)
    return [name for name in names.dangling(NameKind.SERVICE) if name not in shared_groups()] if services else []


def _findings(names: Names, name: str) -> Iterator[Finding]:
    known = (*names.by_name(NameKind.SERVICE, Role.DECLARES), *sorted(shared_groups()))
    meant = spelling.nearest(name, known)
    message = f"service `{name}` is not defined in this mesh"
    message += f"; did you mean `{meant}`?" if meant else ""
    for occurrence in names.named(NameKind.SERVICE, name, Role.REFERS):
        yield Finding(occurrence.span, message, Subject(name, meant=meant))


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    subject = finding.cause
    names = document.names_at(finding.span.start)
    occurrence = None if names is None else names.at(finding.span.start)
    if occurrence is not None and isinstance(subject, Subject) and subject.meant is not None:
        edit = renamed(document, occurrence, subject.meant)
        yield Fix(f"change it to `{subject.meant}`", (edit,), preferred=True)


RULE = Rule("undeclared-service", Severity.ERROR, "0.1.0", Group.NAMES, _check, _fixes, is_quiet=FromNames(_undeclared))
