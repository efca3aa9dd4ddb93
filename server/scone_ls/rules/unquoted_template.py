"""A value begins with `{{` and has no quotes.

A mesh variable such as `{{api_user}}` is filled in as text, but YAML reads an opening brace at the beginning of a
value as a mapping. Inside of a text, as in `http://{{host}}`, it needs no quotes.

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
    - name: API_USER
      value: {{api_user}}
#            ^^^^^^^^^^^^ unquoted-template: `{{api_user}}` is read as a mapping; a value that begins with `{{` needs quotes
  global:
    - name: api_user
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
    - name: API_USER
      value: "{{api_user}}"
  global:
    - name: api_user
```

## Fix

The value is put in quotes.
"""

from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.violations import Keyword
from scone_ls.edit import Edit
from scone_ls.rules.rule import (
    Finding,
    Fix,
    Group,
    Rule,
    Severity,
    faults_of,
    repairs_of,
    without_faults,
    without_violations,
)
from scone_ls.syntax.faults import Fault, FaultKind
from scone_ls.syntax.layout import in_quotes


def _check(document: Document) -> Iterator[Finding]:
    yield from faults_of(document, FaultKind.TEMPLATE)
    for violation in document.violations_by_keyword.get(Keyword.TEMPLATE, ()):
        text = document.text.string[slice(*violation.span)]
        message = f"`{text}` is read as a mapping; a value that begins with `{{{{` needs quotes"
        yield Finding(violation.span, message, violation)


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    if isinstance(finding.cause, Fault):
        yield from repairs_of(finding, safe=True)
        return
    text = document.text.string[slice(*finding.span)]
    edit = Edit(finding.span, in_quotes(text, '"'))
    yield Fix("put the value in quotes", (edit,), preferred=True, safe=True)


def _is_quiet(document: Document) -> bool:
    return without_faults(document) and without_violations(document)


RULE = Rule("unquoted-template", Severity.ERROR, "0.1.0", Group.SYNTAX, _check, _fixes, is_quiet=_is_quiet)
