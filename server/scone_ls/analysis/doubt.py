"""What can't be known for sure beside a line that is no YAML: such violations are better left unsaid.

A line that stands at the wrong column, say, tears a key out of one mapping and puts it into another; once it is mended,
both may be fine.
"""

from collections.abc import Sequence

from scone_ls.analysis.violations import Keyword, Violation
from scone_ls.syntax import tree
from scone_ls.syntax.faults import Fault
from scone_ls.text import Span, Text

_FAR = 50  # Lines without content that are looked through.


def certain(found: Sequence[Violation], faults: Sequence[Fault], text: Text, root: tree.Node | None) -> list[Violation]:
    """Return the violations that hold whatever the faulty lines mean."""
    faulty = {text.line_at(fault.start) for fault in faults}
    return [violation for violation in found if not _is_doubtful(violation, faulty, text, root)]


def mapping_of(violation: Violation, root: tree.Node) -> tree.Mapping | None:
    """Return the mapping that has an unknown key, lacks one, or has an old form."""
    if not violation.path:
        return root if isinstance(root, tree.Mapping) else None
    steps = tree.path_to(root, violation.start)
    nodes = [root, *(step.value for step in steps)]
    at_key = violation.keyword is Keyword.MISSING and isinstance(violation.path[-1], str)
    inside = not at_key and len(nodes) > 1 and isinstance(steps[-1], tree.Pair)
    node = nodes[-2] if inside else nodes[-1]
    return node if isinstance(node, tree.Mapping) else None


def _is_doubtful(violation: Violation, faulty: set[int], text: Text, root: tree.Node | None) -> bool:
    if text.line_at(violation.start) in faulty:
        return True
    match violation.keyword:
        case Keyword.MISSING:
            torn = True
        case Keyword.UNKNOWN:
            torn = violation.meant is None
        case Keyword.DEPRECATED:
            torn = not violation.name
        case Keyword.TYPE if violation.name == "object":
            return not faulty.isdisjoint(_around(text, violation.span))  # It may be an item that lacks its dash.
        case _:
            torn = False
    mapping = mapping_of(violation, root) if torn and violation.path and root is not None else None
    return mapping is not None and not faulty.isdisjoint(_around(text, mapping.span))


def _around(text: Text, span: Span) -> range:
    """Return the lines of a node, and those before and behind it up to the next one with content."""
    first, last = text.line_at(span.start), text.line_at(max(span.start, span.end - 1))
    before, behind = first, last
    while before > max(0, first - _FAR):
        before -= 1
        if _has_content(text, before):
            break
    while behind < min(text.line_count - 1, last + _FAR):
        behind += 1
        if _has_content(text, behind):
            break
    return range(before, behind + 1)


def _has_content(text: Text, line: int) -> bool:
    content = text.string[slice(*text.line_span(line))].lstrip()
    return bool(content) and not content.startswith("#")
