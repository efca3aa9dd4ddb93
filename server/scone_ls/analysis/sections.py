"""The sections of a manifest: what stands under each key of its top level.

What follows from a section alone is kept with it until an edit touches it, so at most keystrokes only one is looked at.
"""

from collections.abc import Callable, Hashable, Iterator
from functools import cached_property, partial
from typing import Any, NamedTuple, TypeVar

from scone_ls.analysis.document import Document
from scone_ls.spec.schema import Field
from scone_ls.syntax import green, tree

_Kept = TypeVar("_Kept")


class Section:
    """One section; all places in it (code points) count from its `base` in the document."""

    def __init__(self, root: Field, held: green.Entry | green.Pair, base: int, document: Document) -> None:
        self.root = root
        """The field of the manifest."""
        self.base = base
        self._held = held
        self._document = document

    @property
    def name(self) -> str | None:
        """The key, where it is a scalar; told without a look at what stands under it."""
        return self._held.key if isinstance(self._held, green.Entry) else self.pair.name

    @cached_property
    def pair(self) -> tree.Pair:
        """The key with what stands under it.

        Raises:
            TypeError: there is no key.

        """
        pair = self._held.child if isinstance(self._held, green.Entry) else self._held
        if not isinstance(pair, green.Pair):
            raise TypeError("a section without a key")
        return tree.Pair(pair, 0)

    @cached_property
    def string(self) -> str:
        """The text that the places are places of."""
        return self._document.file.string[self.base : self.base + self.pair.span.end]


def sections(document: Document) -> Iterator[Section]:
    """Yield the sections of all manifests of a document whose kind is known."""
    for manifest in document.manifests:
        child, base = manifest.document.entry.child, manifest.document.base
        if manifest.root is not None and isinstance(child, green.Mapping):
            for start, pair in green.pairs_of(child):
                yield Section(manifest.root, pair, base + start, document)


def in_sections(document: Document, key: Hashable, derive: Callable[[Section], _Kept]) -> list[tuple[_Kept, int]]:
    """Return what follows from each section of a document, with the base of the section.

    It is kept under the key; `derive` must look at nothing but the section.
    """
    found: list[tuple[_Kept, int]] = []
    for manifest in document.manifests:
        root, child, base = manifest.root, manifest.document.entry.child, manifest.document.base
        if root is None or not isinstance(child, green.Mapping):
            continue
        if isinstance(child.pairs, green.Entries):
            entries, own = child.pairs, (key, root.name)
            each = entries.derived(own, partial(_of_entries, entries, own, _Asking(document, root, base, derive)))
            found += [(kept[0], base + start) for kept, start in zip(each, entries.starts, strict=False) if kept]
        else:
            found += [(derive(Section(root, pair, base, document)), base) for pair in child.pairs]
    return found


class _Asking(NamedTuple):
    """What is asked of the sections of a manifest that begins at the offset `base`."""

    document: Document
    root: Field
    base: int
    derive: Callable[[Section], Any]


def _of_entries(entries: green.Entries, key: Hashable, asking: _Asking, numbers: range) -> Iterator[tuple[Any, ...]]:
    """Yield what follows from some of the entries, nothing for one that is no section; what is known is not asked."""
    for number in numbers:
        entry = entries.entries[number]
        if entry.is_pair and key not in entry.memo:
            section = Section(asking.root, entry, asking.base + entries.starts[number], asking.document)
            entry.memo[key] = asking.derive(section)
        yield (entry.memo[key],) if key in entry.memo else ()
