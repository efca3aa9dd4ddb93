"""What a build makes of a manifest, step by step, read off its tree with the table of steps; no file is looked at.

Which step there is and where it is written is data (`schemas/build-steps.json`); what is not written in the manifest but
decided by the tool is marked.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scone_ls.analysis.document import Manifest
from scone_ls.spec import facts, schema
from scone_ls.spec.facts import BuildStep
from scone_ls.spec.schema import Field
from scone_ls.syntax import tree
from scone_ls.text import Span


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a step; the span (code points) is that of its name in the manifest, none where it is not there.

    `by_tool` says that only the tool knows more.
    """

    text: str
    detail: str
    span: Span | None
    by_tool: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a build."""

    title: str
    entries: tuple[Entry, ...]
    is_files: bool
    """Whether the entries name files of the folder to build in."""
    is_shell: bool
    """Whether they are command lines."""
    prefix: str
    """What stands before each of them in the file from which the image is built."""


def steps_of(manifest: Manifest) -> tuple[Step, ...]:
    """Return the steps of a build in their order; nothing where the kind or the tree is not known."""
    root = manifest.mapping
    if root is None or manifest.root is None:
        return ()
    found: list[Step] = []
    for step in facts.build_steps().get(manifest.root.name, ()):
        entries = tuple(_entries(step, root, manifest.root))
        if entries:
            found.append(Step(step.title, entries, step.files, step.shell, step.prefix))
    return tuple(found)


def _entries(step: BuildStep, root: tree.Mapping, field: Field) -> Iterator[Entry]:
    node = None if step.path is None else value_at(root, step.path)
    written = False
    if step.path is not None and node is not None:
        for entry in _written(node, schema.field_at(field, step.path), step):
            written = True
            yield entry
    if not written and step.absent is not None:
        yield Entry(step.absent, _of_kind(step, root), None, by_tool=step.by_tool)


def value_at(root: tree.Node, path: tuple[str, ...]) -> tree.Node | None:
    """Return the value that a path of keys leads to."""
    node: tree.Node | None = root
    for key in path:
        node = node.value(key) if isinstance(node, tree.Mapping) else None
    return node


def _written(node: tree.Node, field: Field | None, step: BuildStep) -> Iterator[Entry]:
    match node:
        case tree.Scalar() if not node.is_null:
            yield Entry(node.value.rstrip("\n"), "", node.span)
        case tree.Sequence():
            label = () if field is None or field.items is None else field.items.label
            for item in node.items:
                yield from _of_item(item.value, label, step)
        case _:
            return


def _of_item(node: tree.Node, label: tuple[str, ...], step: BuildStep) -> Iterator[Entry]:
    match node:
        case tree.Scalar() if not node.is_null:
            yield Entry(node.value.rstrip("\n"), "", node.span)
        case tree.Mapping():
            keys = {pair.name for pair in node.pairs}
            if (step.having is not None and step.having not in keys) or step.without in keys:
                return
            values = [value for key in label if isinstance(value := node.value(key), tree.Scalar) and not value.is_null]
            if values:
                name, details = values[0], values[1:]
                yield Entry(name.value, " · ".join(value.value for value in details), name.span)
        case _:
            return


def _of_kind(step: BuildStep, root: tree.Mapping) -> str:
    """Return what is known about the kind of build that stands where the table says."""
    node = None if step.kind_path is None else value_at(root, step.kind_path)
    if not isinstance(node, tree.Scalar):
        return ""
    known = {kind.name: kind for kind in facts.build_kinds()}
    if node.value not in known:
        return node.value
    kind = known[node.value]
    words = [word for word in (kind.language, kind.base) if word]
    return f"{node.value}: {', '.join(dict.fromkeys(words))}" if words else node.value
