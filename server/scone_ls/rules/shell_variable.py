"""A variable of the shell stands where nothing fills it in.

`sconectl` knows no variables of your shell. A manifest with `$NAME` in it is a template: it is named `….template`, and
`envsubst` (or `scone-ls render`) makes the manifest from it. Only the first variable of a manifest is reported, and none
in texts where a `$` may be meant for somebody else, such as commands, contents of files and values, unless it is all of
the text.

In a template the letters right behind a placeholder are a trap: `envsubst` takes `$$SCONE::user$$s` for a placeholder
that never ends, and a variable `s`.

## Example

```yaml
apiVersion: scone/5.8
kind: mesh
cas:
  - cas_url: $CAS_URL
#            ^^^^^^^^ shell-variable: nothing fills in `$CAS_URL`; make this file a template for `envsubst` or write the value
policy:
  namespace: guestbook
env:
services:
  - image: example.com/guestbook:1
```

Use instead:

```yaml
#- /mesh.yaml.template
apiVersion: scone/5.8
kind: mesh
cas:
  - cas_url: $CAS_URL
policy:
  namespace: guestbook
env:
services:
  - image: example.com/guestbook:1
```
"""

import re
from collections.abc import Iterator
from itertools import islice

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.places import field_at, place_at
from scone_ls.rules.malformed_placeholder import is_malformed
from scone_ls.rules.rule import Finding, Group, Rule, Severity
from scone_ls.spec.schema import Field
from scone_ls.syntax import tree
from scone_ls.syntax.words import content_span
from scone_ls.text import Span

_MANIFEST = re.compile(r"/[^/]*\.ya?ml\Z", re.IGNORECASE)
_MARKED = re.compile(r"templ|tmpl", re.IGNORECASE)
_LOOKED_AT = 100  # Places of variables in one manifest.


def _check(document: Document) -> Iterator[Finding]:
    if document.is_template:
        yield from _torn_placeholders(document)
    elif any(map(_has_any, document.names)) and is_final(document):
        for names in document.names:
            first = next(_unfilled(document, names), None)
            if first is not None:
                yield Finding(first.whole, _message(document, first, names))


def _has_any(names: Names) -> bool:
    return bool(names.by_name(NameKind.SHELL, Role.REFERS))


def is_final(document: Document) -> bool:
    """Tell whether the name of a file says that it is a manifest, and nothing to make one from."""
    name = None if document.is_template else _MANIFEST.search(document.uri)
    return name is not None and _MARKED.search(name[0]) is None


def _message(document: Document, first: Occurrence, names: Names) -> str:
    shown = document.text.string[slice(*first.whole)]
    others = len(names.by_name(NameKind.SHELL, Role.REFERS)) - 1
    more = f" and {others} more variable{'s' if others > 1 else ''}" if others else ""
    return f"nothing fills in `{shown}`{more}; make this file a template for `envsubst` or write the value"


def _unfilled(document: Document, names: Names) -> Iterator[Occurrence]:
    """Yield the variables of the shell that can be nothing else, in the order of the text."""
    places = sorted(islice(names.all(NameKind.SHELL, Role.REFERS), _LOOKED_AT), key=lambda one: one.start)
    for occurrence in places:
        field = _field(document, occurrence)
        if field is None or is_malformed(document, occurrence):
            continue
        closed = occurrence.template is not None and occurrence.template.closed
        if not field.shell or (closed and _is_all(document, occurrence)):
            yield occurrence


def _is_all(document: Document, occurrence: Occurrence) -> bool:
    """Tell whether a variable is a whole value, in which nothing else can be meant by its `$`."""
    place = place_at(document, occurrence.start)
    value = place.steps[-1].value if place is not None and place.steps else None
    return isinstance(value, tree.Scalar) and content_span(document.text.string, value) == occurrence.whole


def _field(document: Document, occurrence: Occurrence) -> Field | None:
    """Return the field of the scalar in which a variable stands."""
    place = place_at(document, occurrence.start)
    return None if place is None else field_at(document, place)


def _torn_placeholders(document: Document) -> Iterator[Finding]:
    """Report placeholders of secrets that end where envsubst takes their last `$` for the beginning of a variable."""
    string = document.text.string
    for names in document.names:
        for occurrence in names.all(NameKind.SECRET, Role.REFERS):
            end = occurrence.whole.end
            letter = string[end : end + 1]
            is_letter = letter == "_" or letter.isalpha()
            if is_letter and occurrence.template is not None and occurrence.template.closed:
                message = f"`envsubst` takes `${letter}` for a variable, and the placeholder then has no end"
                yield Finding(Span(end - 1, end + 1), message, severity=Severity.WARNING)


RULE = Rule("shell-variable", Severity.INFORMATION, "0.1.0", Group.VALUES, _check)
