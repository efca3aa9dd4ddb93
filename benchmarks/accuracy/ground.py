"""A manifest prepared for planting mistakes: its pairs, its items, and which of them the specification speaks about."""

import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from benchmarks.accuracy import oracle
from benchmarks.accuracy.oracle import Child, Fault, Kind, Node, Path, Value
from benchmarks.generate import KINDS
from benchmarks.manifests import Manifest

_UNHEARD_OF = "zzqx_unheard_of"


@dataclass(frozen=True, slots=True)
class Entry:
    """A pair or an item where the specification says what may stand; `path` leads to its value."""

    path: Path
    parent: Node
    parent_key: Node | None
    child: Child


@dataclass(frozen=True, slots=True)
class Ground:
    """A manifest of a known kind with one YAML document, and what is wrong with it before anything is planted."""

    manifest: Manifest
    kind: str
    root: Node
    faults: Counter[Fault]
    entries: tuple[Entry, ...]

    @property
    def text(self) -> str:
        """The manifest's text."""
        return self.manifest.text

    def line_start(self, offset: int) -> int:
        """Return where the line of an offset begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """Return where the line of an offset ends, before its line end."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end

    def last_line_end(self, node: Node) -> int:
        """Return where the last line of a node ends; blank lines at the end of a block scalar are not counted."""
        return self.line_end(max(node.start, len(self.text[: node.end].rstrip())))

    def leads_its_line(self, node: Node) -> bool:
        """Tell whether nothing but indentation and list dashes stands before a node on its line."""
        return not self.text[self.line_start(node.start) : node.start].strip(" -")

    def new_faults(self, value: Value) -> Counter[Fault]:
        """Return what the schema has against changed data that it had not against the original."""
        return oracle.schema_faults(value, self.kind) - self.faults

    def with_value(self, path: Path, value: Value) -> Value:
        """Return the manifest's data with another value at a path; keys may be new."""
        changed = copy.deepcopy(self.root.value)
        _parent(changed, path)[path[-1]] = value
        return changed

    def without(self, path: Path) -> Value:
        """Return the manifest's data without the pair at a path."""
        changed = copy.deepcopy(self.root.value)
        del _parent(changed, path)[path[-1]]
        return changed


def prepare(manifest: Manifest) -> Ground | None:
    """Return the manifest ready for planting, or None where it is not YAML, not one document or not of a known kind."""
    try:
        nodes = oracle.documents(manifest.text)
    except oracle.BrokenError:
        return None
    match nodes:
        case (Node(value={"kind": str(kind)}) as root,) if kind in KINDS:
            faults = oracle.faults(manifest.text, kind)
            bare = Ground(manifest, kind, root, faults, ())
            entries = tuple(_entries(bare, root, (), None))
            return Ground(manifest, kind, root, faults, entries)
        case _:
            return None


def _entries(ground: Ground, node: Node, path: Path, key: Node | None) -> Iterator[Entry]:
    if node.kind is Kind.MAPPING and not ground.new_faults(ground.with_value((*path, _UNHEARD_OF), "x")):
        return  # Any key may stand here: a free part.
    for child in node.children:
        yield Entry((*path, child.name), node, key, child)
        yield from _entries(ground, child.node, (*path, child.name), child.key)


def _parent(value: Value, path: Path) -> dict[str | int, Value]:
    """Return the collection that holds the last part of a path; lists are written to by index like mappings."""
    found = value
    for part in path[:-1]:
        found = cast("dict[str | int, Value]", found)[part]
    return cast("dict[str | int, Value]", found)
