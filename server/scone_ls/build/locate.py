"""The place in a manifest that a problem of a build is about: the best that is known, and some place in any case."""

from collections.abc import Iterator

from scone_ls.analysis.document import Document, Manifest
from scone_ls.build.errors import Place, Problem
from scone_ls.build.rendering import Rendered
from scone_ls.spec import facts
from scone_ls.syntax import tree
from scone_ls.text import Encoding, Position, Span, Text

_SHORTEST_PART = 4
"""Code points that a name has at least, to be looked for inside of longer texts."""


def locate(problem: Problem, document: Document) -> Span:
    """Return the span (code points) of the word that a problem is about; the kind of the manifest if nothing is known."""
    if problem.place is not None:
        return _word_at(document, problem.place)
    for name in problem.names:
        for manifest in document.manifests:
            span = _span_of(name, manifest, document.text.string)
            if span is not None:
                return span
    return _head(document)


def locate_in_source(problem: Problem, built: Document, rendered: Rendered | None) -> Span:
    """Return the span in the manifest or template as the user has it; `rendered` is how a template was filled in."""
    span = locate(problem, built)
    return span if rendered is None else rendered.origin_of(span)


def _word_at(document: Document, place: Place) -> Span:
    """Return the key or value at a line and column; the content of the line where there is none."""
    line = min(place.line - 1, document.text.line_count - 1)
    offset = document.text.offset(Position(max(0, line), max(0, place.column - 1)), Encoding.UTF32)
    yaml = document.file.document_at(offset)
    root = yaml.root if yaml else None
    steps = tree.path_to(root, offset) if root is not None else ()
    for step in reversed(steps):
        nodes = (step.key, step.value) if isinstance(step, tree.Pair) else (step.value,)
        for node in nodes:
            if isinstance(node, tree.Scalar) and node.span.start < node.span.end and node.span.touches(offset):
                return node.span
    return _content_up_to(document.text, max(0, line))


def _content_up_to(text: Text, line: int) -> Span:
    """Return the content of a line; of the last one before it where it has none."""
    for number in range(line, -1, -1):
        start, end = text.line_span(number)
        content = text.string[start:end]
        if content.strip():
            return Span(end - len(content.lstrip()), start + len(content.rstrip()))
    return text.line_span(line)


def _span_of(name: str, manifest: Manifest, string: str) -> Span | None:
    """Return where a name stands: as a whole value, as a key, inside of a value, or around a whole command line."""
    if manifest.mapping is None:
        return None
    values = list(_values(manifest.mapping))
    for node in values:
        if node.value.strip() == name and node.span.end > node.span.start:
            return node.span
    for pair in _pairs(manifest.mapping):
        if pair.name == name:
            return pair.key.span
    for node in values if len(name) >= _SHORTEST_PART else ():
        found = string.find(name, *node.span)
        if found >= 0:
            return Span(found, found + len(name))
    commands = [node for node in values if " " in node.value.strip() and node.value.strip() in name]
    return max(commands, key=lambda node: len(node.value)).span if commands else None


def _values(root: tree.Node) -> Iterator[tree.Scalar]:
    for node in tree.walk(root):
        match node:
            case tree.Mapping():
                yield from (pair.value for pair in node.pairs if isinstance(pair.value, tree.Scalar))
            case tree.Sequence():
                yield from (item.value for item in node.items if isinstance(item.value, tree.Scalar))
            case _:
                pass


def _pairs(root: tree.Node) -> Iterator[tree.Pair]:
    for node in tree.walk(root):
        if isinstance(node, tree.Mapping):
            yield from node.pairs


def _head(document: Document) -> Span:
    """Return the place that stands for a whole manifest: its kind."""
    key = facts.kinds().kind_key.key
    for manifest in document.manifests:
        for pair in manifest.mapping.pairs if manifest.mapping is not None else ():
            if pair.name == key:
                return pair.span
    return document.text.line_span(0)
