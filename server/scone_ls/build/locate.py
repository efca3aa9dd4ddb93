"""The place in a manifest that a problem of a build is about: the best that is known, and some place in any case."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from scone_ls.analysis.document import Document
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
    words = _words(document)
    found = (_span_of(name, words, document.text.string) for name in problem.names)
    return next((span for span in found if span is not None), None) or _head(document)


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


@dataclass(frozen=True, slots=True)
class _Words:
    """What may be meant by a name in a message: whole values and keys by their text, and all values in their order."""

    whole: Mapping[str, Span]
    keys: Mapping[str, Span]
    spans: tuple[Span, ...]
    commands: tuple[tuple[str, Span], ...]
    """The values with blanks inside."""


@lru_cache(maxsize=2)
def _words(document: Document) -> _Words:
    whole: dict[str, Span] = {}
    keys: dict[str, Span] = {}
    commands: list[tuple[str, Span]] = []
    for manifest in document.manifests:
        for node in tree.walk(manifest.mapping) if manifest.mapping is not None else ():
            for pair in node.pairs if isinstance(node, tree.Mapping) else ():
                keys.setdefault(pair.name or "", pair.key.span)
            for value in _values_of(node):
                text = value.value.strip()
                whole.setdefault(text, value.span)
                if " " in text:
                    commands.append((text, value.span))
    return _Words(whole, keys, tuple(sorted(whole.values())), tuple(commands))


def _values_of(node: tree.Node) -> Iterator[tree.Scalar]:
    """Yield the scalars that a collection holds, without its keys and without empty ones."""
    steps: tuple[tree.Step, ...] = ()
    match node:
        case tree.Mapping():
            steps = node.pairs
        case tree.Sequence():
            steps = node.items
        case _:
            pass
    for step in steps:
        if isinstance(step.value, tree.Scalar) and step.value.span.end > step.value.span.start:
            yield step.value


def _span_of(name: str, words: _Words, string: str) -> Span | None:
    """Return where a name stands: as a whole value, as a key, inside of a value, or around a whole command line."""
    known = words.whole.get(name) or words.keys.get(name)
    if known is not None:
        return known
    found = string.find(name) if len(name) >= _SHORTEST_PART else -1
    while found >= 0:
        index = bisect_right(words.spans, found, key=lambda span: span.start) - 1
        if index >= 0 and found < words.spans[index].end:
            return Span(found, found + len(name))
        found = string.find(name, found + 1)
    commands = [one for one in words.commands if " " in name and one[0] in name]
    return max(commands, key=lambda one: len(one[0]))[1] if commands else None


def _head(document: Document) -> Span:
    """Return the place that stands for a whole manifest: its kind."""
    key = facts.kinds().kind_key.key
    for manifest in document.manifests:
        for pair in manifest.mapping.pairs if manifest.mapping is not None else ():
            if pair.name == key:
                return pair.span
    return document.text.line_span(0)
