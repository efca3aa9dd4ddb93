"""A mapping lacks a key that it has to have.

Only its key is marked, or the first key of a list's entry. Nothing is said while the mapping holds a line that could
not be read, or a misspelt key that stands for the missing one.

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
    - name: session_key
#     ^^^^ missing-key: missing key `kind` in this entry of `global`
      size: 32
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
    - name: session_key
      kind: ascii
      size: 32
```

## Fix

The key is added where it usually stands, with an example of a value: look at it before you use it.
"""

from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.doubt import mapping_of
from scone_ls.analysis.places import column_of
from scone_ls.analysis.skeleton import pair_block, pair_in_flow
from scone_ls.analysis.violations import Keyword, Violation
from scone_ls.edit import Edit
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, without_violations
from scone_ls.rules.shell_variable import is_final
from scone_ls.spec.kinds import KindState
from scone_ls.syntax import tree
from scone_ls.syntax.layout import indented, insert_pair, layout_of
from scone_ls.text import Span


def _check(document: Document) -> Iterator[Finding]:
    for violation in document.violations_by_keyword.get(Keyword.MISSING, ()):
        severity = violation.field.required_severity.get(violation.name) if violation.field else None
        message = f"missing key `{violation.name}`{_where(violation)}"
        yield Finding(_place(document, violation), message, violation, Severity(severity) if severity else None)
    yield from _kinds(document)


def _where(violation: Violation) -> str:
    if not violation.path:
        return ""
    names = [step for step in violation.path if isinstance(step, str)]
    name = f"`{names[-1]}`" if names else "the list"
    return f" in {name}" if isinstance(violation.path[-1], str) else f" in this entry of {name}"


def _place(document: Document, violation: Violation) -> Span:
    """Return the span to be marked; for what the whole manifest lacks, that is the key that says what it is."""
    manifest = document.manifest_at(violation.start)
    if violation.path or manifest is None or manifest.mapping is None:
        return violation.span
    wanted = (manifest.identity.kind_key, manifest.identity.version_key)
    spans = {pair.name: pair.key.span for pair in manifest.mapping.pairs}
    return next((spans[key] for key in wanted if key is not None and key in spans), violation.span)


def _kinds(document: Document) -> Iterator[Finding]:
    """Report manifests that do not say what they are and do not show it either."""
    for manifest in document.manifests:
        identity = manifest.identity
        if manifest.root is None and identity.kind_state is KindState.MISSING and identity.kind_key is None:
            mapping = manifest.mapping
            if mapping is not None and mapping.pairs:
                yield Finding(mapping.pairs[0].key.span, "missing key `kind`")


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    violation = finding.cause
    if not isinstance(violation, Violation) or violation.field is None:
        return
    manifest = document.manifest_at(violation.start)
    mapping = mapping_of(violation, manifest.mapping) if manifest and manifest.mapping else None
    field = violation.field.properties.get(violation.name)
    if mapping is None or field is None:
        return
    string = document.text.string
    order = list(violation.field.properties)
    before = order[: order.index(violation.name)]
    if mapping.flow:
        block = pair_in_flow(violation.name, field, filled=is_final(document))
        edit = insert_pair(string, mapping, block)
    else:
        block = pair_block(violation.name, field, layout_of(string), filled=is_final(document))
        edit = _inserted(string, mapping, block, before)
    first = block.split("\n", 1)[0]
    yield Fix(f"add `{first}`", (edit,), preferred=True)


def _inserted(string: str, mapping: tree.Mapping, block: str, before: list[str]) -> Edit:
    """Return an edit that puts a pair where the schema has it: behind the pairs that come before it, or first."""
    pairs = mapping.pairs
    after = [pair for pair in pairs if pair.name in before]
    if after:
        return insert_pair(string, mapping, block, max(after, key=lambda pair: pair.span.start))
    if not pairs:
        return insert_pair(string, mapping, block)
    layout = layout_of(string)
    start = pairs[0].span.start
    column = column_of(string, start)
    text = indented(block, column, layout) + layout.line_end + " " * column
    return Edit(Span(start, start), text)


def _is_quiet(document: Document) -> bool:
    return without_violations(document) and all(manifest.root is not None for manifest in document.manifests)


RULE = Rule("missing-key", Severity.ERROR, "0.1.0", Group.STRUCTURE, _check, _fixes, is_quiet=_is_quiet)
