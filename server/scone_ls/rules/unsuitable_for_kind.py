"""Something under `build` does nothing for this kind of build.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: ledger
  kind: java
  to: example.com/ledger:1
  command: java Ledger
  requirements: requirements.txt
# ^^^^^^^^^^^^ unsuitable-for-kind: `requirements` does nothing for the kind `java`
environment:
```

Use instead:

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: ledger
  kind: java
  to: example.com/ledger:1
  command: java Ledger
environment:
```

## Fix

A key that does nothing is removed.
"""

from collections.abc import Iterator

from scone_ls.analysis.building import Build, builds
from scone_ls.analysis.cutting import without_pair
from scone_ls.analysis.document import Document
from scone_ls.analysis.places import place_at
from scone_ls.analysis.sections import Section
from scone_ls.rules.judges import of_sections, without_sections
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity
from scone_ls.spec.facts import Unused


def _judge(section: Section) -> Iterator[Finding]:
    for build in builds(section):
        kind = build.kind
        if kind is None:
            continue
        for pair in build.mapping.pairs:
            if pair.name in kind.unsuitable:
                yield Finding(pair.key.span, f"`{pair.name}` does nothing for the kind `{kind.name}`")
        for unused in kind.unused:
            yield from _unused(build, unused)


def _unused(build: Build, unused: Unused) -> Iterator[Finding]:
    command = build.scalar("command")
    words = command.value.split() if command is not None else []
    if any(word in unused.unless for word in words):
        return
    for item in build.listed(unused.key):
        name = item.value.rpartition("/")[2]
        if name.endswith(unused.ending) and not any(name in word for word in words):
            yield Finding(item.span, unused.message, severity=Severity.INFORMATION)


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    place = place_at(document, finding.span.start)
    pair = place.pair if place is not None else None
    if pair is not None and pair.key.span == finding.span:
        edit = without_pair(document, pair)
        if edit is not None:
            yield Fix(f"remove `{pair.name}`", (edit,), preferred=True)


RULE = Rule(
    "unsuitable-for-kind",
    Severity.WARNING,
    "0.1.0",
    Group.VALUES,
    of_sections(_judge),
    _fixes,
    is_quiet=without_sections,
)
