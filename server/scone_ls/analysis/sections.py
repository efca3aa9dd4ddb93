"""The sections of a manifest: what stands under each key of its top level.

What follows from a section alone is kept with it until an edit touches it, so at most keystrokes only one is looked at.
"""

from collections.abc import Callable, Hashable, Iterator
from functools import cached_property, lru_cache
from typing import TypeVar, cast

from scone_ls.analysis.document import Document
from scone_ls.spec.schema import Field
from scone_ls.syntax import green, tree

_Kept = TypeVar("_Kept")
_NOT_YET = object()


class Section:
    """One section; all places in it (code points) count from its `base` in the document."""

    def __init__(self, root: Field, pair: green.Pair, entry: green.Entry, base: int, document: Document) -> None:
        self.root = root
        """The field of the manifest."""
        self.pair = tree.Pair(pair, 0)
        self.base = base
        self._entry = entry
        self._document = document

    @cached_property
    def string(self) -> str:
        """The text that the places are places of."""
        return self._document.file.string[self.base : self.base + self._entry.length]

    def kept(self, key: Hashable, derive: Callable[["Section"], _Kept]) -> _Kept:
        """Return what follows from this section alone; it is kept under the key, for all that have equal text."""
        # What is not in an entry of its own is not kept.
        memo = self._entry.memo if isinstance(self._entry.child, green.Pair) else {}
        kept = memo.get((key, self.root.name), _NOT_YET)
        if kept is _NOT_YET:
            kept = memo[key, self.root.name] = derive(self)
        return cast("_Kept", kept)


@lru_cache(maxsize=2)
def sections(document: Document) -> tuple[Section, ...]:
    """Return the sections of all manifests of a document whose kind is known."""
    return tuple(_sections(document))


def _sections(document: Document) -> Iterator[Section]:
    for manifest in document.manifests:
        whole, base = manifest.document.entry, manifest.document.base
        if manifest.root is None or not isinstance(whole.child, green.Mapping):
            continue
        pairs = whole.child.pairs
        if not isinstance(pairs, green.Entries):
            yield from (Section(manifest.root, pair, whole, base, document) for pair in pairs)
            continue
        for start, entry in zip(pairs.starts, pairs.entries, strict=False):
            if isinstance(entry.child, green.Pair):
                yield Section(manifest.root, entry.child, entry, base + start, document)
