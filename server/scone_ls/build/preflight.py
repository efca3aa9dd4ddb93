"""What would make `sconectl` fail, judged from gathered facts: one verdict per condition, in one sentence each.

Nothing is looked up here; `machine` gathers the facts about the machine, `inputs` those about a manifest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from scone_ls.build.command import PROGRAM, Refusal


class State(Enum):
    """What a verdict means for a build."""

    GOOD = "good"
    NOTE = "note"
    """Worth knowing; the build may begin."""
    DOUBT = "doubt"
    """It fails as far as can be known; a user may insist."""
    BAD = "bad"
    """It can't even be started."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One condition: its name, how it is met, and a sentence with the fact and, where that is no good, the way out."""

    name: str
    state: State
    message: str


class EngineState(Enum):
    """How the docker engine answers."""

    REACHED = "reached"
    ABSENT = "absent"
    DEAF = "deaf"
    """There is a socket or a host, and nobody listens."""
    FORBIDDEN = "forbidden"
    SILENT = "silent"
    NOT_ASKED = "not asked"
    """Its address is of a sort that only docker itself can use."""


@dataclass(frozen=True, slots=True)
class Engine:
    """The docker engine at an address, and what it said about itself."""

    address: str
    state: EngineState
    version: str | None = None


class LoginState(Enum):
    """What docker's configuration file says about logins."""

    GOOD = "good"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    MALFORMED = "malformed"
    NO_LOGINS = "no logins"
    STORE = "store"
    """They are in a store of the system, where the container can't get at them."""


@dataclass(frozen=True, slots=True)
class Logins:
    """Docker's configuration file: which registries it has a login for, and the store it names."""

    path: str
    state: LoginState
    registries: tuple[str, ...] = ()
    store: str = ""


@dataclass(frozen=True, slots=True)
class Machine:
    """What the machine has; paths are absolute, `None` where there is no such thing."""

    posix: bool
    processor: str
    home: str | None
    sconectl: str | None
    docker: str | None
    engine: Engine
    getent: str | None
    docker_group: bool
    kubeconfig: str | None
    kubeconfig_exists: bool
    logins: Logins
    registry: str
    """The host that the image of the tool comes from."""
    stray_version: str | None
    """The value of `VERSION` where it chooses the image of the tool by accident."""


@dataclass(frozen=True, slots=True)
class Unset:
    """A variable that is left in a manifest, and its place as `file:line:column`."""

    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is known about a manifest and the files it names; `refusal` is about its own path."""

    name: str
    manifests: int
    errors: int
    unset: tuple[Unset, ...] = ()
    outside: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    refusal: Refusal | None = None


NO_PROGRAM = f"`{PROGRAM}` is not on PATH; install it, or add the folder that holds it to PATH"


def of_machine(machine: Machine) -> tuple[Verdict, ...]:
    """Return the verdicts about the machine, in the order in which they matter."""
    return (
        _platform(machine),
        _processor(machine),
        _home(machine),
        _sconectl(machine),
        _docker(machine),
        _engine(machine.engine),
        _group(machine),
        _kubeconfig(machine),
        _logins(machine),
        _version(machine),
    )


def of_inputs(inputs: Inputs) -> tuple[Verdict, ...]:
    """Return the verdicts about a manifest."""
    return (_path(inputs), _manifest(inputs), _variables(inputs), _files(inputs))


def refusal(verdicts: Iterable[Verdict], *, force: bool) -> Refusal | None:
    """Return why nothing is run: what makes it impossible before what makes it doubtful, which `force` overrules."""
    found = list(verdicts)
    bad = next((Refusal(verdict.message) for verdict in found if verdict.state is State.BAD), None)
    if bad is not None or force:
        return bad
    return next((Refusal(verdict.message, doubtful=True) for verdict in found if verdict.state is State.DOUBT), None)


def _platform(machine: Machine) -> Verdict:
    if machine.posix:
        return Verdict("system", State.GOOD, "Linux or macOS")
    return Verdict("system", State.BAD, f"{PROGRAM} runs on Linux and macOS only; on Windows, build inside WSL")


def _processor(machine: Machine) -> Verdict:
    if machine.processor.lower() in {"x86_64", "amd64"}:
        return Verdict("processor", State.GOOD, f"`{machine.processor}`")
    return Verdict(
        "processor",
        State.DOUBT,
        f"the processor is `{machine.processor}`, and the tools are made for x86-64; build on such a machine",
    )


def _home(machine: Machine) -> Verdict:
    if machine.home:
        return Verdict("home", State.GOOD, f"`{machine.home}`")
    return Verdict("home", State.BAD, f"HOME is not set, and {PROGRAM} ends without it; set it to your home folder")


def _sconectl(machine: Machine) -> Verdict:
    if machine.sconectl:
        return Verdict(PROGRAM, State.GOOD, f"`{machine.sconectl}`")
    return Verdict(PROGRAM, State.BAD, NO_PROGRAM)


def _docker(machine: Machine) -> Verdict:
    if machine.docker:
        return Verdict("docker", State.GOOD, f"`{machine.docker}`")
    return Verdict(
        "docker",
        State.BAD,
        f"`docker` is not on PATH, and {PROGRAM} does all its work in containers; install Docker, "
        "or add the folder that holds its command to PATH",
    )


def _engine(engine: Engine) -> Verdict:
    where = f"`{engine.address}`"
    match engine.state:
        case EngineState.REACHED:
            version = f" {engine.version}" if engine.version else ""
            return Verdict("engine", State.GOOD, f"docker engine{version} at {where}")
        case EngineState.NOT_ASKED:
            return Verdict("engine", State.NOTE, f"whether an engine answers at {where} is for docker to find out")
        case EngineState.ABSENT:
            why = f"there is no docker engine at {where}; start it, or name another one in DOCKER_HOST"
        case EngineState.DEAF:
            why = f"no docker engine listens at {where}; start it, or name another one in DOCKER_HOST"
        case EngineState.FORBIDDEN:
            why = f"you may not use the docker engine at {where}; join the group `docker` and log in anew"
        case EngineState.SILENT:
            why = f"the docker engine at {where} does not answer in time; look what it does, or start it again"
    return Verdict("engine", State.DOUBT, why)


def _group(machine: Machine) -> Verdict:
    if machine.getent is None:
        return Verdict(
            "group",
            State.DOUBT,
            f"`getent` is not on PATH, and without it {PROGRAM} calls docker with the wrong arguments; "
            "build on Linux, or put a `getent` on PATH that prints the group `docker`",
        )
    if machine.docker_group:
        return Verdict("group", State.GOOD, "there is a group `docker`")
    return Verdict(
        "group",
        State.DOUBT,
        f"there is no group `docker`, without which {PROGRAM} calls docker with the wrong arguments; "
        "create it: `groupadd docker`",
    )


def _kubeconfig(machine: Machine) -> Verdict:
    named = machine.kubeconfig
    if named is None:
        return Verdict(
            "kubeconfig",
            State.DOUBT,
            f"there is no kubeconfig, without which {PROGRAM} can't start its container, even to build an image; "
            "create `~/.kube/config` or name another file in KUBECONFIG",
        )
    if ":" in named:
        return Verdict(
            "kubeconfig", State.DOUBT, f"KUBECONFIG names several files (`{named}`), and {PROGRAM} takes one; name one"
        )
    if " " in named or "$" in named:
        return Verdict(
            "kubeconfig",
            State.DOUBT,
            f"KUBECONFIG is `{named}`, which {PROGRAM} hands to a shell without quotes; name a file without blanks",
        )
    if not named.startswith("/"):
        return Verdict(
            "kubeconfig",
            State.DOUBT,
            f"KUBECONFIG is `{named}`, which docker takes for the name of a volume; write the whole path",
        )
    if not machine.kubeconfig_exists:
        return Verdict(
            "kubeconfig", State.NOTE, f"`{named}` does not exist; docker makes a folder of that name, owned by root"
        )
    return Verdict("kubeconfig", State.GOOD, f"`{named}`")


def _logins(machine: Machine) -> Verdict:
    logins, where = machine.logins, f"`{machine.logins.path}`"
    match logins.state:
        case LoginState.MISSING:
            why = f"{where} is missing, where {PROGRAM} looks for logins; run `docker login {machine.registry}`"
        case LoginState.UNREADABLE:
            why = f"{where} can't be read, where {PROGRAM} looks for logins; make it readable for you"
        case LoginState.MALFORMED:
            why = f"{where} is not JSON; mend it, or move it away and run `docker login {machine.registry}`"
        case LoginState.NO_LOGINS:
            why = f"{where} has no `auths`, so no login; run `docker login {machine.registry}`"
        case LoginState.STORE:
            why = (
                f"{where} keeps logins in the store `{logins.store}` (`credsStore`), which the container can't ask; "
                f'set `"credsStore": ""` and run `docker login {machine.registry}`'
            )
        case LoginState.GOOD:
            if machine.registry in logins.registries:
                return Verdict("logins", State.GOOD, f"{where} has a login for `{machine.registry}`")
            return Verdict(
                "logins",
                State.NOTE,
                f"{where} has no login for `{machine.registry}`, where the image of the tool comes from; "
                f"run `docker login {machine.registry}`",
            )
    return Verdict("logins", State.DOUBT, why)


def _version(machine: Machine) -> Verdict:
    if machine.stray_version is None:
        return Verdict("version", State.GOOD, "no stray VERSION in the environment")
    return Verdict(
        "version",
        State.NOTE,
        f"VERSION is `{machine.stray_version}`, which {PROGRAM} takes for the version of its own image; "
        "unset it, or set SCONECTL_VERSION",
    )


def _path(inputs: Inputs) -> Verdict:
    if inputs.refusal is None:
        return Verdict("path", State.GOOD, f"`{inputs.name}`")
    return Verdict("path", State.BAD, inputs.refusal.message)


def _manifest(inputs: Inputs) -> Verdict:
    if not inputs.manifests:
        return Verdict("manifest", State.DOUBT, f"`{inputs.name}` holds no manifest")
    if inputs.errors:
        count = "1 error" if inputs.errors == 1 else f"{inputs.errors} errors"
        return Verdict(
            "manifest", State.DOUBT, f"`{inputs.name}` has {count}; mend what `scone-ls check` reports first"
        )
    return Verdict("manifest", State.GOOD, f"`{inputs.name}` has no errors")


def _variables(inputs: Inputs) -> Verdict:
    if not inputs.unset:
        return Verdict("variables", State.GOOD, "no variable is left unset")
    first = inputs.unset[0]
    more = f" (and {len(inputs.unset) - 1} more)" if len(inputs.unset) > 1 else ""
    return Verdict(
        "variables",
        State.DOUBT,
        f"`${first.name}` at {first.place} is not filled in{more}, and {PROGRAM} knows no variables of yours; "
        "make it a template and set it, or write the value",
    )


def _files(inputs: Inputs) -> Verdict:
    if inputs.outside:
        return Verdict(
            "files",
            State.DOUBT,
            f"{_listed(inputs.outside)} outside of the folder to build in, and {PROGRAM} sees only what is inside; "
            "move it there, or build in a folder that holds it",
        )
    if inputs.absent:
        return Verdict(
            "files",
            State.DOUBT,
            f"{_listed(inputs.absent)} not in the folder to build in; write paths as seen from that folder",
        )
    return Verdict("files", State.GOOD, "all files to copy are there")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:3]) + (", …" if len(names) > len(names[:3]) else "")
    return f"{shown} {'is' if len(names) == 1 else 'are'}"
