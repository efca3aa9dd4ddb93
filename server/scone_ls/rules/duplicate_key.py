"""A mapping has the same key twice.

YAML does not allow it. Some readers refuse the file, others keep only one of the values, so the manifest does not say
what it seems to say.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  name: guests
# ^^^^ duplicate-key: duplicate key `name`; it stands on line 4 already
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

The later one is removed, or the first one with all that belongs to it.
Where all keys of a list's item follow once more, the dash of another item is missing and is added.
"""

from collections import defaultdict
from collections.abc import Iterator

from scone_ls.analysis.cutting import without_pair
from scone_ls.analysis.document import Document
from scone_ls.analysis.places import place_at
from scone_ls.analysis.violations import Keyword, Violation
from scone_ls.edit import Edit
from scone_ls.rules.rule import Finding, Fix, Group, Related, Rule, Severity, without_violations
from scone_ls.syntax import tree
from scone_ls.text import Span

_DASH = "- "


def _check(document: Document) -> Iterator[Finding]:
    by_mapping: defaultdict[tuple[str | int, ...], list[Violation]] = defaultdict(list)
    for violation in document.violations_by_keyword.get(Keyword.DUPLICATE, ()):
        by_mapping[violation.path].append(violation)
    for found in by_mapping.values():
        begins = _begins_item(document, found)
        for violation in found:
            if begins is None or violation.start <= begins.start:
                yield _finding(document, violation, begins_item=violation is begins)


def _begins_item(document: Document, found: list[Violation]) -> Violation | None:
    """Return the key from which on the keys of an item are repeated: there another item begins without its dash."""
    place = place_at(document, found[0].start) if len(found) > 1 else None
    mapping = place.container if place is not None else None
    if place is None or not isinstance(mapping, tree.Mapping) or mapping.flow:
        return None
    if len(place.steps) < 2 or not isinstance(place.steps[-2], tree.Item):  # The item and the pair.
        return None
    names = [pair.name for pair in mapping.pairs]
    first = next((violation for violation in found if violation.name == names[0]), None)
    is_block = first is not None and document.text.string.endswith("  ", 0, first.start)
    later = [violation for violation in found if first is not None and violation.start >= first.start]
    return first if is_block and len(later) > 1 and names[1] != names[0] else None


def _finding(document: Document, violation: Violation, *, begins_item: bool) -> Finding:
    first = violation.other or violation.span
    line = document.text.line_at(first.start) + 1
    message = f"duplicate key `{violation.name}`; it stands on line {line} already"
    if begins_item:
        message += ", and no dash begins another item"
    related = (Related(first, f"`{violation.name}` stands here first"),)
    cause = violation._replace(meant=_DASH) if begins_item else violation
    return Finding(violation.span, message, cause, related=related)


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    cause = finding.cause
    if not isinstance(cause, Violation) or cause.other is None:
        return
    string = document.text.string
    later, earlier = _pair(document, cause.start), _pair(document, cause.other.start)
    if later is None or earlier is None:
        return
    if cause.meant == _DASH:
        yield Fix("put a dash before it", (Edit(Span(cause.start - len(_DASH), cause.start), _DASH),), preferred=True)
    same = string[slice(*later.span)].rstrip() == string[slice(*earlier.span)].rstrip()
    for pair, title in ((later, f"remove this `{cause.name}`"), (earlier, f"remove the first `{cause.name}`")):
        edit = without_pair(document, pair)
        if edit is not None:
            yield Fix(
                title,
                (edit,),
                preferred=pair is later and cause.meant != _DASH,
                safe=same and pair is later and cause.meant != _DASH,
            )


def _pair(document: Document, offset: int) -> tree.Pair | None:
    place = place_at(document, offset)
    return place.pair if place else None


RULE = Rule("duplicate-key", Severity.ERROR, "0.1.0", Group.SYNTAX, _check, _fixes, is_quiet=without_violations)
