"""One version of a document: its text, its trees, the manifests in it, and what these have against the specification.

A document never changes; an edit makes a new one that takes over all that the edit left untouched. It reads no file.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import is_
from typing import Any, TypeVar, cast

from scone_ls.analysis import anywhere
from scone_ls.analysis.doubt import certain
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.structure import violations
from scone_ls.analysis.suppressions import Suppression, suppressions
from scone_ls.analysis.together import without_cascades
from scone_ls.analysis.violations import Keyword, Violation
from scone_ls.edit import Edit
from scone_ls.spec import kinds, schema
from scone_ls.spec.kinds import Identity
from scone_ls.spec.schema import Field
from scone_ls.syntax import green, tree
from scone_ls.syntax.faults import Fault
from scone_ls.syntax.file import File, YamlDocument, parse
from scone_ls.text import Span, Text

_Part = TypeVar("_Part")

_TEMPLATE_ENDING = ".template"
_TOP_LINE = re.compile(r"(?m)^([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+([^\s#][^\r\n#]*?))?[ \t]*(?:#[^\r\n]*)?$")
_LOOKED_AT = 20_000  # Code points of a text without a tree in which its top-level keys are looked for.


@dataclass(frozen=True, slots=True)
class Manifest:
    """A YAML document that is ours; `root` is the field of its kind, none where the kind can't be known."""

    document: YamlDocument
    identity: Identity
    root: Field | None

    @property
    def mapping(self) -> tree.Mapping | None:
        """The top level, where it could be read."""
        node = self.document.root
        return node if isinstance(node, tree.Mapping) else None


@dataclass(frozen=True, eq=False)
class Document:
    """One version of a document; `version` is the client's number for it. Each is equal only to itself."""

    uri: str
    version: int | None
    text: Text
    file: File
    names_before: tuple[Names, ...] = field(default=(), repr=False)
    """The names of the version before, from which those of this one are made faster."""
    _kept: dict[object, tuple[tuple[object, ...], Any]] = field(default_factory=dict[object, Any], repr=False)
    """What was derived from the names of some version, with what it rests on; all versions share it."""

    @classmethod
    def open(cls, uri: str, string: str, version: int | None = None) -> "Document":
        """Read a whole text."""
        return cls(uri, version, Text.of(string), parse(string))

    def edited(self, edits: Iterable[Edit | tuple[Span, str]], version: int | None = None) -> "Document":
        """Return the next version, after edits that are made one after the other.

        The spans (code points) of each edit speak of the text that the edits before it left; what lies outside of that
        text counts as its end.
        """
        text, file = self.text, self.file
        for span, new_text in edits:
            start = min(max(0, span.start), len(text))
            edit = Edit(Span(start, min(max(start, span.end), len(text))), new_text)
            text = text.replaced(*edit)
            file = file.edited(edit)
        return Document(self.uri, version, text, file, self.__dict__.get("names", ()), self._kept)

    @property
    def is_template(self) -> bool:
        """Whether the name of the file says that a shell fills in variables before it is used."""
        return self.uri.endswith(_TEMPLATE_ENDING)

    @cached_property
    def manifests(self) -> tuple[Manifest, ...]:
        """The YAML documents that are ours, in the order of the text."""
        found = (_manifest(document, self.file.string) for document in self.file.documents)
        return tuple(manifest for manifest in found if manifest is not None)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the manifests as YAML; nothing where there is none."""
        if not self.manifests or not self.file.faults:
            return ()
        if len(self.manifests) == len(self.file.documents):
            return self.file.faults
        spans = [manifest.document.span for manifest in self.manifests]
        return tuple(fault for fault in self.file.faults if any(span.touches(fault.start) for span in spans))

    @cached_property
    def violations(self) -> tuple[Violation, ...]:
        """What the manifests have against the specification, with absolute offsets; each mistake only once."""
        found: list[Violation] = []
        for manifest in self.manifests:
            several = without_cascades(self._violations_of(manifest), manifest.root)
            if several and self.faults:
                several = certain(several, self.faults, self.text, manifest.mapping)
            found += several
        return tuple(found)

    @cached_property
    def violations_by_keyword(self) -> dict[Keyword, tuple[Violation, ...]]:
        """The violations, sorted by what they are."""
        sorts: dict[Keyword, list[Violation]] = {}
        for violation in self.violations:
            sorts.setdefault(violation.keyword, []).append(violation)
        return {keyword: tuple(found) for keyword, found in sorts.items()}

    @cached_property
    def suppressions(self) -> tuple[Suppression, ...]:
        """The comments that silence diagnostics; nothing where there is no manifest."""
        return suppressions(self.text, self.file) if self.manifests else ()

    @cached_property
    def names(self) -> tuple[Names, ...]:
        """The names of each manifest whose kind is known, in the order of the text."""
        known = [(each.document, each.root) for each in self.manifests if each.root is not None]
        before = self.names_before if len(self.names_before) == len(known) else [None] * len(known)
        return tuple(
            Names(document, root, self.file.string, names)
            for (document, root), names in zip(known, before, strict=True)
        )

    def while_named(self, key: object, derive: Callable[[], _Part], *others: object) -> _Part:
        """Return what follows from what the names tell, and from other objects.

        It is derived anew only when the names tell something else than before, or the objects are not the same.
        A key goes with one derivation only.
        """
        grounds = (*(names.index.mark for names in self.names), *others)
        known = self._kept.get(key)
        if known is None or len(known[0]) != len(grounds) or not all(map(is_, known[0], grounds)):
            known = self._kept[key] = (grounds, derive())
        return cast("_Part", known[1])

    def names_at(self, offset: int) -> Names | None:
        """Return the names of the manifest around an offset."""
        return _touching(self.names, offset, lambda names: names.span)

    def manifest_at(self, offset: int) -> Manifest | None:
        """Return the manifest around an offset."""
        return _touching(self.manifests, offset, lambda manifest: manifest.document.span)

    def _violations_of(self, manifest: Manifest) -> Sequence[Violation]:
        entry, base = manifest.document.entry, manifest.document.base
        if manifest.root is None:
            child = entry.child
            found = () if child is None or isinstance(child, green.Pair | green.Item) else anywhere.found_in(child)
        else:
            found = violations(entry, manifest.root)
        return [violation.moved(base) for violation in found]


def _touching(parts: Sequence[_Part], offset: int, span_of: Callable[[_Part], Span]) -> _Part | None:
    """Return the first part of a text that touches an offset, of parts that follow each other."""
    behind = bisect_right(parts, offset, key=lambda part: span_of(part).start)
    return next((part for part in parts[max(0, behind - 2) : behind] if span_of(part).touches(offset)), None)


def _manifest(document: YamlDocument, string: str) -> Manifest | None:
    child = document.entry.child
    if isinstance(child, green.Mapping):
        keys = _top_level(child)
    elif document.entry.sound:
        return None
    else:
        end = min(document.span.end, document.base + _LOOKED_AT)
        keys = tuple((match[1], match[2]) for match in _TOP_LINE.finditer(string, document.base, end))
    identity = _identity(keys)
    if not identity.ours:
        return None
    return Manifest(document, identity, schema.root(identity.kind) if identity.kind else None)


def _top_level(mapping: green.Mapping) -> tuple[tuple[str, str | None], ...]:
    """Return the keys, each with its value where that is a scalar."""
    pairs = mapping.pairs
    if isinstance(pairs, green.Entries):
        entries = pairs.entries
        said = pairs.derived(_said_by_entry, lambda numbers: [_said_by_entry(entries[each]) for each in numbers])
        return tuple(filter(None, said))
    return tuple(filter(None, map(_said, pairs)))


def _said_by_entry(entry: green.Entry) -> tuple[str, str | None] | None:
    unmade = entry.unmade
    if unmade is not None and unmade.mould.key is not None and unmade.mould.is_nested:
        return unmade.mould.key, None
    return _said(entry.child)


def _said(child: object) -> tuple[str, str | None] | None:
    if not isinstance(child, green.Pair) or not isinstance(child.key, green.Scalar):
        return None
    return (child.key.value, child.value.value if isinstance(child.value, green.Scalar) else None)


@lru_cache(maxsize=64)
def _identity(keys: tuple[tuple[str, str | None], ...]) -> Identity:
    return kinds.identify(keys)
