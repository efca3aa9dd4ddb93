"""Which manifests a build needs, and in which order: an image is built before what runs it or starts from it."""

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from scone_ls.analysis.document import Document
from scone_ls.analysis.workspace.interface import interface

_Key = TypeVar("_Key")


class Candidate(NamedTuple, Generic[_Key]):
    """A manifest that can be built, under the name that its edge knows it by."""

    key: _Key
    document: Document


def needed_by(document: Document, candidates: Sequence[Candidate[_Key]]) -> tuple[Candidate[_Key], ...]:
    """Return the candidates that build images for a manifest, directly or for one another, in the order to build them."""
    found: list[Candidate[_Key]] = []
    wanted = [document]
    while wanted:
        images = _needs(wanted.pop())
        for candidate in candidates:
            if candidate not in found and candidate.document is not document and images & _builds(candidate.document):
                found.append(candidate)
                wanted.append(candidate.document)
    return ordered([candidate for candidate in candidates if candidate in found])


def ordered(candidates: Iterable[Candidate[_Key]]) -> tuple[Candidate[_Key], ...]:
    """Return the candidates, each behind those whose images it needs; else in their order, also within a circle."""
    left = list(candidates)
    done: list[Candidate[_Key]] = []
    while left:
        free = [one for one in left if not any(_needs(one.document) & _builds(other.document) for other in left)]
        done += free or left[:1]
        left = [one for one in left if one not in done]
    return tuple(done)


def _builds(document: Document) -> frozenset[str]:
    return frozenset[str]().union(*(interface(names).builds for names in document.names))


def _needs(document: Document) -> frozenset[str]:
    found = [interface(names) for names in document.names]
    return frozenset[str]().union(*(one.images - one.builds for one in found))
