"""The format version is none that manifests have.

Manifests begin with `scone/5.8`, or a later version with two or three numbers. It names the format of the file, not
the release of SCONE that runs the service.

## Example

```yaml
apiVersion: scone/5.7
#           ^^^^^^^^^ unsupported-version: version `scone/5.7` is too old; `scone/5.8` is the first one
kind: genservice
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

The version that all manifests use takes its place.
"""

from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.places import replaced
from scone_ls.analysis.violations import Keyword, Violation
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, without_violations
from scone_ls.spec.kinds import VersionState, recommended_version

_SEVERE = (VersionState.FOREIGN, VersionState.MISSPELT)


def is_version(document: Document, violation: Violation) -> bool:
    """Tell whether a violation is about the format version of a manifest, which this rule reports."""
    manifest = document.manifest_at(violation.start)
    return manifest is not None and violation.path == (manifest.identity.version_key,)


def _check(document: Document) -> Iterator[Finding]:
    for violation in document.violations_by_keyword.get(Keyword.PATTERN, ()):
        if is_version(document, violation):
            manifest = document.manifest_at(violation.start)
            state = manifest.identity.version_state if manifest else VersionState.MALFORMED
            yield Finding(
                violation.span,
                _message(violation.name, state),
                violation,
                Severity.ERROR if state in _SEVERE else Severity.WARNING,
            )


def _message(text: str, state: VersionState) -> str:
    wanted = recommended_version()
    match state:
        case VersionState.OLD:
            return f"version `{text}` is too old; `{wanted}` is the first one"
        case VersionState.FOREIGN:
            return f"`{text}` is no version of SCONE manifests; they begin with `{wanted}`"
        case VersionState.MISSPELT:
            return f"unknown version `{text}`; did you mean `{wanted}`?"
        case _:
            return f"unknown version `{text}`; write `{wanted}`"


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    wanted = recommended_version()
    yield Fix(f"change it to `{wanted}`", (replaced(document, finding.span, wanted),), preferred=True, safe=True)


RULE = Rule(
    "unsupported-version", Severity.WARNING, "0.1.0", Group.STRUCTURE, _check, _fixes, is_quiet=without_violations
)
