"""There is no manifest of this kind.

The kind decides what a manifest may hold and which tool reads it. The names of the first weeks, `genAppImage` and
`genImage`, are called `genservice` today. A kind is also reported where all keys are those of the other one.

## Example

```yaml
apiVersion: scone/5.8
kind: genAppImage
#     ^^^^^^^^^^^ unknown-kind: kind `genAppImage` is obsolete; it is called `genservice` now
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
environment:
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
```

## Fix

The kind that is meant takes its place, where the name or the other keys tell it.
"""

from collections.abc import Iterator

from scone_ls.analysis.document import Document, Manifest
from scone_ls.analysis.places import replaced
from scone_ls.analysis.violations import Violation
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity
from scone_ls.spec.kinds import KindState, current_kinds, replacements
from scone_ls.syntax import tree

_WRONG = (KindState.OBSOLETE, KindState.MISSPELT, KindState.UNKNOWN, KindState.CONTRADICTED)
_LOOKED_AT = (*_WRONG, KindState.MISSING)


def is_kind(document: Document, violation: Violation) -> bool:
    """Tell whether a violation is about the kind of a manifest, which this rule reports."""
    manifest = document.manifest_at(violation.start)
    return manifest is not None and violation.path == (manifest.identity.kind_key,)


def _check(document: Document) -> Iterator[Finding]:
    for manifest in document.manifests:
        state = manifest.identity.kind_state
        scalar = _scalar(manifest) if state in _WRONG or state is KindState.MISSING else None
        if scalar is None:
            continue
        if state in _WRONG:
            yield Finding(scalar.span, _message(scalar.value, manifest))
        elif state is KindState.MISSING and manifest.root is None:
            key = next(pair for pair in manifest.mapping.pairs if pair.name == manifest.identity.kind_key)  # type: ignore[union-attr]  # the scalar is in it
            yield Finding(key.key.span, f"`{key.name}` has no value; it is {_kinds()}")


def _message(text: str, manifest: Manifest) -> str:
    if manifest.identity.kind_state is KindState.CONTRADICTED:
        return f"kind `{text}`, and the keys of a `{manifest.identity.kind}`"
    if text in replacements():
        return f"kind `{text}` is obsolete; it is called `{replacements()[text]}` now"
    if manifest.identity.kind is not None and manifest.identity.kind_state is KindState.MISSPELT:
        return f"unknown kind `{text}`; did you mean `{manifest.identity.kind}`?"
    return f"unknown kind `{text}`; it is {_kinds()}"


def _kinds() -> str:
    return " or ".join(f"`{kind}`" for kind in current_kinds())


def _scalar(manifest: Manifest) -> tree.Scalar | None:
    key = manifest.identity.kind_key
    if key is None or manifest.mapping is None:
        return None
    # Where the key stands twice, the first one says what the manifest is.
    value = next((pair.value for pair in manifest.mapping.pairs if pair.name == key), None)
    return value if isinstance(value, tree.Scalar) else None


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    manifest = document.manifest_at(finding.span.start)
    scalar = _scalar(manifest) if manifest else None
    if manifest is None or scalar is None or scalar.span != finding.span:
        return
    meant = manifest.identity.kind
    for kind in (meant,) if meant else current_kinds():
        yield Fix(
            f"change it to `{kind}`",
            (replaced(document, scalar.span, kind),),
            preferred=meant is not None,
            safe=meant is not None and manifest.identity.kind_state is not KindState.CONTRADICTED,
        )


def _is_quiet(document: Document) -> bool:
    return not any(manifest.identity.kind_state in _LOOKED_AT for manifest in document.manifests)


RULE = Rule("unknown-kind", Severity.ERROR, "0.1.0", Group.STRUCTURE, _check, _fixes, is_quiet=_is_quiet)
