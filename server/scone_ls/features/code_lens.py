"""What can be done with a manifest as a whole, offered above the places where it is built: build, check, doctor.

It says what is offered where, and for which manifest; what a click does is the business of the edge.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from scone_ls.analysis.document import Document, Manifest
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.workspace.interface import interface
from scone_ls.analysis.workspace.links import only_builder, place_of, services
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.spec import facts
from scone_ls.syntax import tree
from scone_ls.text import Span

_BUILD_KEY = "build"


class Deed(Enum):
    """What is offered."""

    BUILD = "build"
    BUILD_WITH_SERVICES = "build with services"
    CHECK = "check"
    DOCTOR = "doctor"


@dataclass(frozen=True, slots=True)
class CodeLens:
    """One offer above a word: its span (half-open, in code points), its title, and the manifest that it is about."""

    span: Span
    title: str
    deed: Deed
    uri: str


_OF_ONE = (Deed.BUILD, Deed.CHECK, Deed.DOCTOR)
_OF_MESH = (Deed.BUILD, Deed.BUILD_WITH_SERVICES, Deed.CHECK, Deed.DOCTOR)
_TITLES = {
    Deed.BUILD: "Build",
    Deed.BUILD_WITH_SERVICES: "Build with its services",
    Deed.CHECK: "Check",
    Deed.DOCTOR: "Doctor",
}


def code_lenses(document: Document, workspace: Workspace) -> tuple[CodeLens, ...]:
    """Return the offers in a document, in the order of the text; nothing in documents of other tools."""
    found: list[CodeLens] = []
    for manifest in document.manifests:
        found += _of_build(manifest, document.uri)
    for names in document.names:
        found += _of_services(names, workspace)
    for manifest in document.manifests:
        if _is_mesh(manifest):
            found += _of_mesh(manifest, document.uri)
    return tuple(sorted(found, key=lambda lens: lens.span))


def _of_build(manifest: Manifest, uri: str) -> Iterator[CodeLens]:
    key = _key(manifest, _BUILD_KEY)
    if key is not None:
        yield from _offers(key, _OF_ONE, uri)


def _of_mesh(manifest: Manifest, uri: str) -> Iterator[CodeLens]:
    key = _key(manifest, facts.kinds().kind_key.key)
    if key is not None:
        yield from _offers(key, _OF_MESH, uri)


def _of_services(mesh: Names, workspace: Workspace) -> Iterator[CodeLens]:
    for linked in services(workspace, interface(mesh)):
        builder, place = only_builder(linked), place_of(mesh, linked.service)
        if builder is not None and place is not None:
            yield from _offers(place.span, _OF_ONE, builder.uri)


def _is_mesh(manifest: Manifest) -> bool:
    """Tell whether a manifest puts services together and builds nothing itself."""
    root = manifest.root
    return root is not None and _BUILD_KEY not in root.properties


def _offers(span: Span, deeds: tuple[Deed, ...], uri: str) -> Iterator[CodeLens]:
    for deed in deeds:
        yield CodeLens(span, _TITLES[deed], deed, uri)


def _key(manifest: Manifest, name: str) -> Span | None:
    if manifest.mapping is None:
        return None
    return next(
        (
            pair.key.span
            for pair in manifest.mapping.pairs
            if isinstance(pair.key, tree.Scalar) and pair.key.value == name
        ),
        None,
    )
