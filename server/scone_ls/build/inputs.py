"""What there is to know about a manifest before it is built: what is left to fill in, and the files it names.

It reads no manifest, but looks whether the files are there.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from scone_ls.analysis.document import Document, Manifest
from scone_ls.analysis.steps import Entry, steps_of
from scone_ls.build.command import Refusal, Target
from scone_ls.build.preflight import Inputs, Unset
from scone_ls.syntax import tree
from scone_ls.syntax.templates import TemplateKind, templates_in
from scone_ls.text import Encoding, Span


def inputs(document: Document, name: str, errors: int, target: Target, refusal: Refusal | None) -> Inputs:
    """Look at the manifests of a document in which so many errors were found; `refusal` is about its path."""
    files = [entry.text for manifest in document.manifests for entry in files_of(document, manifest)]
    outside = tuple(file for file in files if not _is_inside(file, target))
    return Inputs(
        name=name,
        manifests=len(document.manifests),
        errors=errors,
        unset=tuple(_unset(document, name)),
        outside=outside,
        absent=tuple(file for file in files if file not in outside and not _exists(file, target)),
        refusal=refusal,
    )


def files_of(document: Document, manifest: Manifest) -> Iterator[Entry]:
    """Yield the entries of a manifest that name files of the folder to build in, but for those to be filled in."""
    for step in steps_of(manifest):
        for entry in step.entries if step.is_files else ():
            if entry.text and not (entry.span and templates_in(document.text.string, entry.span)):
                yield entry


def _is_inside(file: str, target: Target) -> bool:
    try:
        return Path(os.path.realpath(Path(target.folder, file))).is_relative_to(target.real_folder)
    except ValueError:  # No file can have such a name, wherever it is.
        return True


def _exists(file: str, target: Target) -> bool:
    return os.path.exists(Path(target.folder, file))  # noqa: PTH110 -- Unlike pathlib, it never raises.


def _unset(document: Document, name: str) -> Iterator[Unset]:
    for manifest in document.manifests:
        commands = {entry.span for step in steps_of(manifest) if step.is_shell for entry in step.entries}
        for span in _scalars(manifest, commands):
            for template in templates_in(document.text.string, span):
                if template.kind is TemplateKind.SHELL:
                    place = document.text.position(template.span.start, Encoding.UTF32)
                    yield Unset(template.name, f"{name}:{place.line + 1}:{place.column + 1}")


def _scalars(manifest: Manifest, commands: set[Span | None]) -> Iterator[Span]:
    """Yield the scalars in which a dollar sign is a variable for sure: no text in a block, no command line."""
    for node in tree.walk(manifest.mapping) if manifest.mapping is not None else ():
        if isinstance(node, tree.Scalar) and node.style not in ("|", ">") and node.span not in commands:
            yield node.span
