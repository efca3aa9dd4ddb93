"""All manifests that are known, open or not, and what is known of the files beside them, as one immutable value.

It reads nothing: whoever has a disk puts texts in. A change makes a new workspace that shares all the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.workspace.interface import Interface, interface
from scone_ls.analysis.workspace.listing import Listed, listing
from scone_ls.text import Span

_KEPT = 64
"""Manifests that are not open and whose trees are kept, as they were looked at lately."""


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One file with manifests; `opened` is there while a client has it open."""

    uri: str
    string: str
    interfaces: tuple[Interface, ...]
    opened: Document | None = None
    _listed: tuple[Listed, ...] = ()

    @classmethod
    def of(cls, document: Document, *, is_open: bool = False) -> "Member":
        """Return the member for a document; without `is_open` its tree is not kept."""
        interfaces = tuple(map(interface, document.names))
        if is_open:
            return cls(document.uri, document.file.string, interfaces, document)
        return cls(document.uri, document.file.string, interfaces, None, listing(document))

    @property
    def document(self) -> Document:
        """The file with all that follows from its text."""
        return self.opened or _document(self.uri, self.string)

    @property
    def listed(self) -> tuple[Listed, ...]:
        """What the file declares; found without reading it again."""
        return self._listed if self.opened is None else listing(self.opened)


class Export(NamedTuple):
    """A value that a file of the workspace gives to a variable of the shell; none where only a shell can know it."""

    uri: str
    span: Span
    value: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Workspace:
    """Manifests by URI, and by the images through which they belong to each other.

    `files` tells of paths in manifests, by the URI of the manifest and the path as written, the URI of what lies there,
    or `None` where nothing does; what is not in it is not known. `exports` are values for variables of the shell.
    """

    members: Mapping[str, Member] = field(default_factory=lambda: MappingProxyType({}))
    files: Mapping[tuple[str, str], str | None] = field(default_factory=lambda: MappingProxyType({}))
    exports: Mapping[str, tuple[Export, ...]] = field(default_factory=lambda: MappingProxyType({}))
    is_complete: bool = False
    """Whether all manifests are known that there are."""
    built: frozenset[str] = frozenset()
    """All images that manifests of the workspace build."""
    mark: object = field(default_factory=object, init=False)
    """The same object as in the workspace before if no more than places in files, or what they alone know, changed."""
    _by_image: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    _builders: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, documents: Iterable[Document]) -> "Workspace":
        """Return the workspace that consists of some documents."""
        return cls(is_complete=True).changed(
            {document.uri: Member.of(document, is_open=True) for document in documents}
        )

    def changed(self, members: Mapping[str, Member | None]) -> "Workspace":
        """Return the workspace with other versions of some files; `None` takes a file out."""
        kept = dict(self.members)
        before = {uri: kept.pop(uri, None) for uri in members}
        kept.update((uri, member) for uri, member in members.items() if member is not None and member.interfaces)
        if all(_is_seen_alike(before[uri], members[uri]) for uri in members):
            made = replace(self, members=kept)
            object.__setattr__(made, "mark", self.mark)
            return made
        by_image = _renewed(self._by_image, ((uri, _images(before[uri]), _images(members[uri])) for uri in members))
        builders = _renewed(self._builders, ((uri, _built(before[uri]), _built(members[uri])) for uri in members))
        built = self.built if builders is self._builders else frozenset(builders)
        return replace(self, members=kept, built=built, _by_image=by_image, _builders=builders)

    def document(self, uri: str) -> Document | None:
        """Return the newest version of a file with manifests."""
        member = self.members.get(uri)
        return None if member is None else member.document

    def names(self, uri: str) -> tuple[Names, ...]:
        """Return the names of each manifest in a file."""
        member = self.members.get(uri)
        return () if member is None else member.document.names

    def with_image(self, image: str) -> tuple[Member, ...]:
        """Return the files that build, run or refer to an image, in the order of their URIs."""
        return tuple(self.members[uri] for uri in sorted(self._by_image.get(image, ())))

    def builders_of(self, image: str) -> tuple[Member, ...]:
        """Return the files that build an image, in the order of their URIs."""
        uris = self._builders.get(image)
        return () if uris is None else tuple(self.members[uri] for uri in sorted(uris))

    def builds_any(self, images: frozenset[str]) -> bool:
        """Tell whether some manifest of the workspace builds one of the images."""
        return not images.isdisjoint(self._builders)

    def neighbours(self, uri: str) -> frozenset[str]:
        """Return the files whose names can have to do with those of a file, itself not included.

        Those are the files with an image in common, and all services of the meshes among them.
        """
        images = _images(self.members.get(uri))
        near = frozenset[str]().union(*(self._by_image.get(image, ()) for image in images))
        return near.union(*map(self._services_of, near)) - {uri}

    def _services_of(self, uri: str) -> set[str]:
        images = {service.image for each in self.members[uri].interfaces for service in each.services}
        return {near for image in images for near in self._by_image.get(image, ())}


ALONE = Workspace()
"""The workspace in which nothing is known."""


@lru_cache(maxsize=_KEPT)
def _document(uri: str, string: str) -> Document:
    return Document.open(uri, string)


def _is_seen_alike(before: Member | None, after: Member | None) -> bool:
    return before is not None and after is not None and before.interfaces == after.interfaces


def _images(member: Member | None) -> frozenset[str]:
    return _together([each.images for each in member.interfaces] if member is not None else ())


def _built(member: Member | None) -> frozenset[str]:
    return _together([each.builds for each in member.interfaces] if member is not None else ())


def _together(sets: Sequence[frozenset[str]]) -> frozenset[str]:
    return sets[0] if len(sets) == 1 else frozenset[str]().union(*sets)


def _renewed(
    table: Mapping[str, frozenset[str]], files: Iterable[tuple[str, frozenset[str], frozenset[str]]]
) -> Mapping[str, frozenset[str]]:
    """Return the table after files were taken from the images that they had, and put to those that they have."""
    changes = [(uri, before, after) for uri, before, after in files if before != after]
    if not changes:
        return table
    renewed = dict(table)
    for uri, before, after in changes:
        for image in before - after:
            renewed[image] -= {uri}
            if not renewed[image]:
                del renewed[image]
        for image in after - before:
            renewed[image] = renewed.get(image, frozenset()) | {uri}
    return renewed
