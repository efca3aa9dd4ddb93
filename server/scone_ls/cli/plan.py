"""`scone-ls plan FILE`: shows what a build would make of a manifest, without building anything."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from scone_ls.analysis.document import Document, Manifest
from scone_ls.analysis.steps import steps_of
from scone_ls.build.rendering import TEMPLATE_SUFFIX, render, uses_in
from scone_ls.cli.build import Form
from scone_ls.cli.failure import Failure
from scone_ls.cli.render import chosen_for, known_variables
from scone_ls.cli.report.terminal import harmless
from scone_ls.features import preview
from scone_ls.files.reading import read


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    file: str
    folder: str | None
    env_files: tuple[str, ...]
    given: tuple[str, ...]
    form: Form


def run(options: Options) -> int:
    """Print the steps of each manifest; a template is filled in as far as its variables are set. Raises `Failure`."""
    if options.folder is not None and not os.path.isdir(options.folder):  # noqa: PTH112 -- Unlike pathlib, it never raises.
        raise Failure(f"`{options.folder}` is not a folder")
    source = read(options.file)
    string = source.string
    if options.file.endswith(TEMPLATE_SUFFIX):
        known = known_variables(options.env_files, options.given, chosen_for(options.file))
        as_written = {use.name: f"${{{use.name}}}" for use in uses_in(string)}
        string = render(string, {**as_written, **known.values}).text
    document = Document.open(Path(os.path.abspath(options.file)).as_uri(), string)  # noqa: PTH100 -- Kept as written.
    folder = Path(options.folder) if options.folder is not None else Path.cwd()
    plans = [(manifest, _sizes(manifest, folder)) for manifest in document.manifests]
    if not plans:
        raise Failure(f"`{options.file}` holds no manifest")
    if options.form is Form.JSON:
        steps = [preview.preview(manifest, sizes) for manifest, sizes in plans]
        print(json.dumps(steps, indent=2, ensure_ascii=False))
    else:
        for manifest, sizes in plans:
            for line in preview.as_text(manifest, sizes).split("\n"):
                print(harmless(line))
    return 0


def _sizes(manifest: Manifest, folder: Path) -> dict[str, int | None]:
    """Return the size in bytes of each file or folder that is copied; `None` for what is not there."""
    names = {entry.text for step in steps_of(manifest) if step.is_files for entry in step.entries}
    return {name: _size(folder / name) for name in names}


def _size(path: Path) -> int | None:
    try:
        if path.is_dir():
            return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        return path.stat().st_size
    except (OSError, ValueError):  # ValueError: no file can have such a name.
        return None
