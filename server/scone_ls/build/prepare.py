"""From a manifest and what the user wants to a job that can run, or the verdicts that speak against it.

A template is filled in first; the result is written below `target/`, so that no file of the user is overwritten.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from scone_ls.analysis.document import Document
from scone_ls.build.builds import Job
from scone_ls.build.command import Command, Options, Refusal, command, manifest_of, relative_path
from scone_ls.build.inputs import inputs
from scone_ls.build.machine import machine, target
from scone_ls.build.preflight import Machine, State, Verdict, of_inputs, of_machine, refusal
from scone_ls.build.rendering import TEMPLATE_SUFFIX, Rendered, render
from scone_ls.build.variables import Variables, why_unset
from scone_ls.text import Encoding

_RENDERED = Path("target", "scone-ls")
"""Where results of templates go, below the folder to build in."""
_MESH = "mesh"


@dataclass(frozen=True, slots=True)
class Request:
    """What to build and how; `program` is the `sconectl` that a setting names."""

    file: str | Path
    document: Document
    folder: Path
    options: Options
    variables: Variables
    program: str | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """The verdicts about a build, and what it would be."""

    about_machine: tuple[Verdict, ...]
    about_inputs: tuple[Verdict, ...]
    document: Document
    """What is built: the manifest, or what comes of the template."""
    rendered: Rendered | None
    """How the template was filled in; `None` where there is none."""
    command: Command | None
    machine: Machine
    environment: Mapping[str, str]

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """All verdicts, in the order in which they matter."""
        return (*self.about_machine, *self.about_inputs)

    def job(self, *, force: bool) -> Job | Refusal:
        """Return the job, unless something speaks against it."""
        refused = refusal(self.verdicts, force=force)
        if refused is not None:
            return refused
        if self.command is None:
            return Refusal("there is nothing to run")
        return Job(self.command, self.environment, self.machine.docker)

    def write(self) -> None:
        """Write the result of a template to where the command looks for it; raises `OSError`."""
        if self.rendered is not None and self.command is not None:
            path = Path(self.command.folder, manifest_of(self.command))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.rendered.text.encode("utf-8", "surrogatepass"))


def examine(request: Request, errors: Callable[[Document], int], environment: Mapping[str, str]) -> Examined:
    """Look at everything that a build depends on; `errors` counts the mistakes in a document."""
    found = machine(environment, request.program)
    goal = target(request.file, request.folder)
    document, rendered, about_variables = _filled_in(request)
    relative = relative_path(goal)
    name = Path(request.file).name if isinstance(relative, Refusal) else relative
    if rendered is not None and not isinstance(relative, Refusal):
        result = Path(request.folder, _RENDERED, relative.removesuffix(TEMPLATE_SUFFIX))
        goal = replace(target(result, request.folder), real_file=Path(os.path.realpath(result)))
    is_mesh = any(manifest.root is not None and manifest.root.name == _MESH for manifest in document.manifests)
    planned = command(found.sconectl or "", goal, request.options, is_mesh=is_mesh)
    refused = planned if isinstance(planned, Refusal) else None
    judged = request.document if rendered is not None and rendered.unset else document
    about_inputs = of_inputs(inputs(document, name, errors(judged), goal, refused))
    if about_variables is not None:
        about_inputs = tuple(about_variables if verdict.name == "variables" else verdict for verdict in about_inputs)
    return Examined(
        about_machine=of_machine(found),
        about_inputs=about_inputs,
        document=document,
        rendered=rendered,
        command=None if isinstance(planned, Refusal) else planned,
        machine=found,
        environment=environment,
    )


def built_document(request: Request) -> Document:
    """Return what is built: the manifest, or what comes of the template."""
    return _filled_in(request)[0]


def _filled_in(request: Request) -> tuple[Document, Rendered | None, Verdict | None]:
    """Return what is built of a document, and what is to be said about its variables where it is a template."""
    document = request.document
    if not str(request.file).endswith(TEMPLATE_SUFFIX):
        return document, None, None
    string = document.text.string
    result = render(string, request.variables.values, document.file.comments)
    made = Document.open(document.uri.removesuffix(TEMPLATE_SUFFIX), result.text)
    if not result.unset:
        return made, result, Verdict("variables", State.GOOD, "all variables of the template are set")
    first = result.unset[0]
    place = document.text.position(first.span.start, Encoding.UTF32)
    where = f"{Path(request.file).name}:{place.line + 1}:{place.column + 1}"
    more = f" (and {len(result.unset) - 1} more)" if len(result.unset) > 1 else ""
    return made, result, Verdict("variables", State.BAD, f"{where}: {why_unset(first.name, request.variables)}{more}")
