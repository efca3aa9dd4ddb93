"""Two keys stand beside each other that exclude each other.

An encrypted directory cannot lie in the binary file system, and what is imported from elsewhere cannot be exported.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: archive
  kind: sconify_image
  from: example.com/native-archive:1
  to: example.com/archive:1
  command: /usr/bin/archive
  dirs: [/srv]
# ^^^^ conflicting-keys: `dirs` does not go together with `fs_dirs`
  fs_dirs: [/usr/lib]
environment:
```

Use instead:

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: archive
  kind: sconify_image
  from: example.com/native-archive:1
  to: example.com/archive:1
  command: /usr/bin/archive
  fs_dirs: [/srv, /usr/lib]
environment:
```
"""

from collections.abc import Iterator

from scone_ls.analysis.sections import Section
from scone_ls.analysis.values import mappings_where
from scone_ls.rules.judges import of_sections, without_sections
from scone_ls.rules.rule import Finding, Group, Related, Rule, Severity
from scone_ls.spec.schema import Field
from scone_ls.syntax import tree


def _judge(section: Section) -> Iterator[Finding]:
    for mapping, field in mappings_where(section, _has_conflicts):
        yield from _judged(mapping, field)


def _has_conflicts(field: Field) -> bool:
    return any(child.conflicts for child in field.properties.values())


def _judged(mapping: tree.Mapping, field: Field) -> Iterator[Finding]:
    given = {pair.name: pair for pair in mapping.pairs if _is_given(pair.value)}
    for name, child in field.properties.items():
        for other in child.conflicts:
            if name in given and other in given:
                related = Related(given[other].key.span, f"`{other}` is given here")
                message = f"`{name}` does not go together with `{other}`"
                yield Finding(given[name].key.span, message, related=(related,))


def _is_given(node: tree.Node) -> bool:
    match node:
        case tree.Scalar():
            return not node.is_null
        case tree.Sequence():
            return bool(node.items)
        case _:
            return True


RULE = Rule(
    "conflicting-keys", Severity.INFORMATION, "0.1.0", Group.VALUES, of_sections(_judge), is_quiet=without_sections
)
