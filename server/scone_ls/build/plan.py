"""What to run for a manifest, or why it would fail: decided from plain data, without touching the system.

`sconectl` joins its arguments to one line for a shell, each between double quotes, and runs that line beside a
container which sees the current folder and nothing else. Hence the refusals: a path must survive the quotes,
lie in the folder, and be named relative to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

PROGRAM = "sconectl"

_SPECIAL_TO_THE_SHELL = {"$": "a dollar sign", "`": "a backtick", '"': "a double quote", "\\": "a backslash"}
_TEMPLATE_SUFFIX = ".template"


@dataclass(frozen=True, slots=True)
class Target:
    """The manifest to build and the folder to build it in, both absolute, as written and with links resolved."""

    file: PurePath
    folder: PurePath
    real_file: PurePath
    real_folder: PurePath


@dataclass(frozen=True, slots=True)
class Environment:
    """What the machine has; paths are absolute, `None` where there is no such thing."""

    sconectl: str | None
    docker: str | None
    kubeconfig: str | None
    posix: bool


@dataclass(frozen=True, slots=True)
class Command:
    """A program with its arguments, to be started in a folder and never through a shell."""

    program: str
    arguments: tuple[str, ...]
    folder: str

    @property
    def shown(self) -> str:
        """The command as a person would type it."""
        words = (PROGRAM, *self.arguments)
        return " ".join(
            f"'{word}'" if any(not (c.isalnum() or c in "-_./=:,+@%") for c in word) else word for word in words
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is run: one sentence that names the cause and the way out."""

    message: str
    doubtful: bool = False
    """Whether it might work all the same, so that a user may insist."""


def plan(target: Target, environment: Environment, errors: int) -> Command | Refusal:
    """Return the command that builds a manifest in which `errors` mistakes were found, or why there is none."""
    certain = command(target, environment)
    if isinstance(certain, Refusal):
        return certain
    return _doubt(environment, certain.arguments[-1], errors) or certain


def command(target: Target, environment: Environment) -> Command | Refusal:
    """Return the command without regard to doubts, for a user who insists; what can't work is refused all the same."""
    relative = _relative(target)
    if isinstance(relative, Refusal):
        return relative
    refusal = _bad_path(relative, target) or _missing(environment)
    if refusal or environment.sconectl is None:
        return refusal or _NO_SCONECTL
    return Command(environment.sconectl, ("--quiet", "apply", "-f", relative), str(target.folder))


def folder_for(file: PurePath, setting: PurePath | None, workspace: Sequence[PurePath], current: PurePath) -> PurePath:
    """Return the folder to build in: the setting, else the innermost workspace folder with the file, else the current."""
    if setting is not None:
        return setting
    holding = [folder for folder in workspace if file.is_relative_to(folder)]
    return max(holding, key=lambda folder: len(folder.parts), default=current)


_NO_SCONECTL = Refusal(f"`{PROGRAM}` is not on PATH; install it or add the folder that holds it to PATH")


def _relative(target: Target) -> str | Refusal:
    """Return the file's path as the container will see it."""
    if not target.real_file.is_relative_to(target.real_folder):
        return Refusal(
            f"`{target.file}` is outside of `{target.folder}`, and {PROGRAM} sees only what is in the folder it runs in; "
            "build in a folder that holds the manifest and all its files"
        )
    if target.file.is_relative_to(target.folder):
        return target.file.relative_to(target.folder).as_posix()
    return target.real_file.relative_to(target.real_folder).as_posix()


def _bad_path(relative: str, target: Target) -> Refusal | None:
    for character in relative:
        if character in _SPECIAL_TO_THE_SHELL:
            what = _SPECIAL_TO_THE_SHELL[character]
            return Refusal(
                f"`{relative}` has {what} in its path, which the shell inside {PROGRAM} interprets; rename it"
            )
        if not character.isprintable():
            return Refusal(f"{relative!r} has a character in its path that {PROGRAM} can't take; rename it")
    if relative.startswith("-"):
        return Refusal(f"`{relative}` begins with a dash, so that {PROGRAM} would take it for an option; rename it")
    if relative.endswith(_TEMPLATE_SUFFIX):
        return Refusal(
            f"`{relative}` is a template; fill in its variables and build the result: "
            f"SCONE='$SCONE' envsubst < {relative} > {relative.removesuffix(_TEMPLATE_SUFFIX)}"
        )
    if any(":" in str(folder) for folder in (target.folder, target.real_folder) if not folder.drive):
        return Refusal(
            f"`{target.folder}` has a colon in its path, at which docker would cut it; build in another folder"
        )
    return None


def _missing(environment: Environment) -> Refusal | None:
    if not environment.posix:
        return Refusal(f"{PROGRAM} runs on Linux and macOS only; on Windows, build inside WSL")
    if environment.sconectl is None:
        return _NO_SCONECTL
    if environment.docker is None:
        return Refusal(
            f"`docker` is not on PATH, and {PROGRAM} does all its work in containers; install Docker "
            "or add the folder that holds its command to PATH"
        )
    return None


def _doubt(environment: Environment, relative: str, errors: int) -> Refusal | None:
    if errors:
        count = "1 error" if errors == 1 else f"{errors} errors"
        return Refusal(f"`{relative}` has {count}; mend what `scone-ls check` reports first", doubtful=True)
    if environment.kubeconfig is None:
        return Refusal(
            f"there is no kubeconfig, without which {PROGRAM} can't start its container, even to build an image; "
            "create `~/.kube/config` or name another file in KUBECONFIG",
            doubtful=True,
        )
    return None
