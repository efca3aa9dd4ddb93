"""A secret is named where one of another kind is needed.

`private_key` takes the name of a secret of kind `private-key`, `issuer` that of an `x509-ca`. The kind of an imported
secret is known where the workspace has the service that declares it.

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
      private_key: web
#                  ^^^ wrong-secret-kind: `web` is a secret of kind `x509`; `private_key` takes one of kind `private-key`, such as `web_key`
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
```

## Fix

The name becomes that of the only secret of the right kind, or of the one with the most similar name.
"""

from collections.abc import Iterable, Iterator

from scone_ls.analysis import secrets
from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.places import renamed
from scone_ls.analysis.workspace.imported import kinds_around
from scone_ls.analysis.workspace.interface import interface
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.rules.rule import Finding, Fix, FromNames, Group, Related, Rule, Severity, Subject, links_from_names


def _check(document: Document) -> Iterator[Finding]:
    for names in document.names:
        declared = names.by_name(NameKind.SECRET, Role.DECLARES)
        for name in _wanted(names):
            if name in declared:
                yield from _findings(document, names, name, secrets.declared_kinds(names, name))


def _check_links(document: Document, workspace: Workspace) -> Iterator[Finding]:
    for names in document.names:
        imported = _wanted_from_elsewhere(names)
        kinds = kinds_around(workspace, interface(names)) if imported else {}
        for name in imported:
            yield from _findings(document, names, name, kinds.get(name, ()))


def _wanted(names: Names) -> list[str]:
    """Return the names of secrets that stand where one of a certain kind is needed."""
    referring = names.by_name(NameKind.SECRET, Role.REFERS)
    return sorted(name for name in names.wanting(NameKind.SECRET) if name in referring)


def _wanted_from_elsewhere(names: Names) -> list[str]:
    declared = names.by_name(NameKind.SECRET, Role.DECLARES)
    return [name for name in _wanted(names) if name not in declared]


def _findings(document: Document, names: Names, name: str, kinds: Iterable[str | None]) -> Iterator[Finding]:
    found = [secrets.kind_called(kind) for kind in kinds]
    known = [kind.name for kind in found if kind is not None]
    if not known or len(known) < len(found):
        return
    declared = names.named(NameKind.SECRET, name, Role.DECLARES)
    related = tuple(Related(one.span, f"`{name}` is declared here") for one in declared[:1])
    for occurrence in names.named(NameKind.SECRET, name, Role.REFERS):
        wanted = occurrence.wanted
        if wanted and wanted not in known and secrets.is_meant(document, names, occurrence):
            meant = secrets.fitting(names, wanted, name)
            yield Finding(
                occurrence.span, _message(occurrence, known[0], meant), Subject(name, meant=meant), None, related
            )


def _message(occurrence: Occurrence, kind: str, meant: str | None) -> str:
    key = occurrence.field.name if occurrence.field else ""
    message = f"`{occurrence.name}` is a secret of kind `{kind}`; `{key}` takes one of kind `{occurrence.wanted}`"
    return f"{message}, such as `{meant}`" if meant else message


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    subject = finding.cause
    names = document.names_at(finding.span.start)
    occurrence = None if names is None else names.at(finding.span.start)
    if occurrence is not None and isinstance(subject, Subject) and subject.meant is not None:
        yield Fix(f"change it to `{subject.meant}`", (renamed(document, occurrence, subject.meant),), preferred=True)


RULE = Rule(
    "wrong-secret-kind",
    Severity.ERROR,
    "0.1.0",
    Group.NAMES,
    _check,
    _fixes,
    check_links=_check_links,
    is_quiet=FromNames(_wanted),
    are_links_quiet=links_from_names(_wanted_from_elsewhere),
)
