"""A placeholder asks for something that a secret of its kind does not have.

What may stand behind the name depends on the kind of the secret: the parts of a certificate, the notation of bytes.
The kind of an imported secret is known where the workspace has the service that declares it.

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
    - name: SEAL
      value: $$SCONE::seal:hexx$$
#                         ^^^^^ unknown-suffix: a secret of kind `binary` has no form `:hexx`; did you mean `:hex`?
secrets:
  global:
    - name: seal
      kind: binary
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
    - name: SEAL
      value: $$SCONE::seal:hex$$
secrets:
  global:
    - name: seal
      kind: binary
```

## Fix

A misspelt suffix gets the right name, or is left out.
"""

from collections.abc import Iterable, Iterator, Mapping

from scone_ls.analysis import secrets
from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.analysis.workspace.imported import kinds_around
from scone_ls.analysis.workspace.interface import interface
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.edit import Edit
from scone_ls.rules.rule import Finding, Fix, FromNames, Group, Rule, Severity, Subject, links_from_names
from scone_ls.spec import facts, spelling
from scone_ls.syntax.templates import Template


def _check(document: Document) -> Iterator[Finding]:
    for names in document.names:
        for template in _templates(names):
            yield from _of_encoding(template)
            yield from _of_suffix(template, secrets.declared_kinds(names, template.name))


def _check_links(document: Document, workspace: Workspace) -> Iterator[Finding]:
    for names in document.names:
        own = names.by_name(NameKind.SECRET, Role.DECLARES)
        templates = [template for template in _templates(names) if template.suffix and template.name not in own]
        if templates:
            kinds: Mapping[str, Iterable[str | None]] = kinds_around(workspace, interface(names))
            for template in templates:
                yield from _of_suffix(template, kinds.get(template.name, ()))


def _templates(names: Names) -> list[Template]:
    """Return the placeholders that say more than a name."""
    found = (one.template for one in names.unusual if one.kind is NameKind.SECRET)
    return [one for one in found if one is not None and one.closed and not secrets.is_special(one)]


def _of_encoding(template: Template) -> Iterator[Finding]:
    known = [encoding.text for encoding in facts.placeholders().encodings]
    if template.encoding and template.encoding not in known:
        meant = spelling.nearest(template.encoding, known)
        listed = " or ".join(f"`{text}`" for text in known)
        message = f"unknown encoding `{template.encoding}`; it can be {listed}"
        yield Finding(template.encoding_span, message, Subject(template.encoding, meant=meant))


def _of_suffix(template: Template, kinds: Iterable[str | None]) -> Iterator[Finding]:
    forms = [(kind, secrets.suffixes(kind)) for kind in sorted(kinds, key=str)] if template.suffix else []
    if forms and all(known is not None and template.suffix not in known for _, known in forms):
        meant = spelling.nearest(template.suffix, (suffix for _, known in forms for suffix in known or ()))
        message = f"a secret of kind `{forms[0][0]}` has no form `{template.suffix}`"
        message += f"; did you mean `{meant}`?" if meant else ""
        yield Finding(template.suffix_span, message, Subject(template.suffix, meant=meant))


def _fixes(_document: Document, finding: Finding) -> Iterator[Fix]:
    subject = finding.cause
    if isinstance(subject, Subject):
        if subject.meant is not None:
            yield Fix(f"change it to `{subject.meant}`", (Edit(finding.span, subject.meant),), preferred=True)
        yield Fix(f"leave `{subject.name}` out", (Edit(finding.span, ""),))


RULE = Rule(
    "unknown-suffix",
    Severity.WARNING,
    "0.1.0",
    Group.NAMES,
    _check,
    _fixes,
    check_links=_check_links,
    is_quiet=FromNames(_templates),
    are_links_quiet=links_from_names(_templates),
)
