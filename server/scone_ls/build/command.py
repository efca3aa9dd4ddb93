"""What to run for a manifest, or why it can't be run: decided from plain data, without touching the system.

`sconectl` joins its arguments to one line for a shell, each between double quotes, and runs that line beside a
container which sees the current folder and nothing else. Hence the refusals: what is passed on must survive the
quotes, and the manifest must lie in the folder and be named relative to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath

PROGRAM = "sconectl"

_SPECIAL_TO_THE_SHELL = {"$": "a dollar sign", "`": "a backtick", '"': "a double quote", "\\": "a backslash"}
_MOST_VERBOSE = 8


class Mode(Enum):
    """What an image is built for."""

    PRODUCTION = "production"
    DEBUG = "debug"


@dataclass(frozen=True, slots=True)
class Options:
    """How to build; what is `None`, others decide: settings, then the tool."""

    mode: Mode | None = None
    push: bool | None = None
    """Whether the image of a service is pushed; a mesh has none."""
    dry_run: bool = False
    version: str | None = None
    """The version of the helper images."""
    verbosity: int | None = None
    """How often `-v` is given; at most 8 make a difference."""
    release: str | None = None
    """The name of the release that a mesh is for; a service has none."""
    arguments: tuple[str, ...] = ()
    """What else to pass on."""

    def over(self, base: "Options") -> "Options":
        """Return these options where they say something, and others for the rest; further arguments of both."""
        return Options(
            mode=self.mode if self.mode is not None else base.mode,
            push=self.push if self.push is not None else base.push,
            dry_run=self.dry_run or base.dry_run,
            version=self.version if self.version is not None else base.version,
            verbosity=self.verbosity if self.verbosity is not None else base.verbosity,
            release=self.release if self.release is not None else base.release,
            arguments=(*base.arguments, *self.arguments),
        )


@dataclass(frozen=True, slots=True)
class Target:
    """The manifest to build and the folder to build it in, both absolute, as written and with links resolved."""

    file: PurePath
    folder: PurePath
    real_file: PurePath
    real_folder: PurePath


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


def command(program: str, target: Target, options: Options, *, is_mesh: bool) -> Command | Refusal:
    """Return the command that builds a manifest, or why there is none."""
    relative = relative_path(target)
    if isinstance(relative, Refusal):
        return relative
    flags = _flags(options, is_mesh=is_mesh)
    refusal = _bad_path(relative, target) or next(filter(None, map(_bad_argument, flags)), None)
    if refusal:
        return refusal
    return Command(program, ("--quiet", "apply", "-f", relative, *flags), str(target.folder))


def manifest_of(command: Command) -> str:
    """Return the manifest that a command builds, relative to its folder."""
    return command.arguments[command.arguments.index("-f") + 1]


def relative_path(target: Target) -> str | Refusal:
    """Return the file's path as the container will see it."""
    if not target.real_file.is_relative_to(target.real_folder):
        return Refusal(
            f"`{target.file}` is outside of `{target.folder}`, and {PROGRAM} sees only what is in the folder it runs in; "
            "build in a folder that holds the manifest and all its files"
        )
    if target.file.is_relative_to(target.folder):
        return target.file.relative_to(target.folder).as_posix()
    return target.real_file.relative_to(target.real_folder).as_posix()


def folder_for(file: PurePath, setting: PurePath | None, workspace: Sequence[PurePath], current: PurePath) -> PurePath:
    """Return the folder to build in: the setting, else the innermost workspace folder with the file, else the current."""
    if setting is not None:
        return setting
    holding = [folder for folder in workspace if file.is_relative_to(folder)]
    return max(holding, key=lambda folder: len(folder.parts), default=current)


def _flags(options: Options, *, is_mesh: bool) -> tuple[str, ...]:
    flags: list[str] = []
    if options.mode is not None:
        flags.append(f"--mode={options.mode.value}")
    if options.push is False and not is_mesh:
        flags.append("--no-push")
    if options.dry_run:
        flags.append("--dry-run")
    if options.version is not None:
        flags += ("--set-version", options.version)
    if options.release is not None and is_mesh:
        flags += ("--release", options.release)
    if options.verbosity:
        flags.append(f"-{'v' * min(options.verbosity, _MOST_VERBOSE)}")
    return (*flags, *options.arguments)


def _bad_path(relative: str, target: Target) -> Refusal | None:
    bad = _bad_character(relative)
    if bad is not None:
        return Refusal(f"`{relative}` has {bad} in its path, which the shell inside {PROGRAM} interprets; rename it")
    if not relative.isprintable():
        return Refusal(f"{relative!r} has a character in its path that {PROGRAM} can't take; rename it")
    if relative.startswith("-"):
        return Refusal(f"`{relative}` begins with a dash, so that {PROGRAM} would take it for an option; rename it")
    if any(":" in str(folder) for folder in (target.folder, target.real_folder) if not folder.drive):
        return Refusal(
            f"`{target.folder}` has a colon in its path, at which docker would cut it; build in another folder"
        )
    return None


def _bad_argument(argument: str) -> Refusal | None:
    bad = _bad_character(argument)
    if bad is None and argument.isprintable():
        return None
    what = bad or "a character that can't be printed"
    return Refusal(f"the argument `{argument}` has {what}, which the shell inside {PROGRAM} interprets; leave it out")


def _bad_character(text: str) -> str | None:
    return next((_SPECIAL_TO_THE_SHELL[character] for character in text if character in _SPECIAL_TO_THE_SHELL), None)
