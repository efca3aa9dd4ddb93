"""Gathering what the machine offers to a build, anew each time and in milliseconds; it judges nothing."""

import hashlib
import json
import os
import platform
import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from scone_ls.build.command import PROGRAM, Target
from scone_ls.build.preflight import Engine, EngineState, Logins, LoginState, Machine

_SOCKET = "unix:///var/run/docker.sock"
_REPOSITORY = "registry.scontain.com/sconectl"
"""Where `sconectl` takes the image of the tool from, unless SCONECTL_REPO says otherwise."""
_SECONDS_FOR_AN_ANSWER = 0.5
_LONGEST_ANSWER = 65_536


def machine(variables: Mapping[str, str], program: str | None = None) -> Machine:
    """Look up what a process with these variables would find; `program` is the `sconectl` that a setting names."""
    search = variables.get("PATH", os.defpath)
    home = variables.get("HOME") or None
    kubeconfig = _kubeconfig(variables)
    config = Path(home or "/", ".docker", "config.json")
    logins = _logins(config)
    getent = _program("getent", search)
    return Machine(
        posix=os.name == "posix",
        processor=platform.machine(),
        home=home,
        sconectl=_program(program or PROGRAM, search),
        docker=_program("docker", search),
        engine=engine(_address(variables, config)),
        getent=getent,
        docker_group=getent is not None and _has_docker_group(getent),
        kubeconfig=kubeconfig,
        kubeconfig_exists=kubeconfig is not None and os.path.exists(kubeconfig),  # noqa: PTH110 -- Unlike pathlib, it never raises.
        logins=logins,
        registry=variables.get("SCONECTL_REPO", _REPOSITORY).partition("/")[0],
        stray_version=None if variables.get("SCONECTL_VERSION") else variables.get("VERSION") or None,
    )


def target(file: str | Path, folder: str | Path) -> Target:
    """Return a manifest and its folder with all links resolved; relative paths start at the current folder."""
    return Target(
        file=Path(os.path.abspath(file)),  # noqa: PTH100 -- Unlike Path.resolve it keeps links, as the user wrote them.
        folder=Path(os.path.abspath(folder)),  # noqa: PTH100 -- Likewise.
        real_file=Path(os.path.realpath(file)),
        real_folder=Path(os.path.realpath(folder)),
    )


def engine(address: str) -> Engine:
    """Ask the docker engine at an address for its version, without docker's command."""
    scheme, _, rest = address.partition("://")
    if scheme not in ("unix", "tcp") or not rest:
        return Engine(address, EngineState.NOT_ASKED)
    try:
        answer = _version_answer(scheme, rest)
    except FileNotFoundError:
        return Engine(address, EngineState.ABSENT)
    except PermissionError:
        return Engine(address, EngineState.FORBIDDEN)
    except TimeoutError:
        return Engine(address, EngineState.SILENT)
    except (OSError, ValueError):
        return Engine(address, EngineState.DEAF)
    return Engine(address, EngineState.REACHED, _version(answer))


def _version_answer(scheme: str, rest: str) -> bytes:
    with _connection(scheme, rest) as connection:
        connection.sendall(b"GET /version HTTP/1.0\r\nHost: docker\r\n\r\n")
        answer = b""
        while len(answer) < _LONGEST_ANSWER and (part := connection.recv(4096)):
            answer += part
    return answer


def _connection(scheme: str, rest: str) -> socket.socket:
    if scheme == "unix":
        if sys.platform == "win32":
            raise FileNotFoundError
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(_SECONDS_FOR_AN_ANSWER)
        try:
            connection.connect(rest)
        except BaseException:
            connection.close()
            raise
        return connection
    host, _, port = rest.rstrip("/").rpartition(":")
    place = (host.strip("[]"), int(port)) if host else (rest, 2375)
    return socket.create_connection(place, timeout=_SECONDS_FOR_AN_ANSWER)


def _version(answer: bytes) -> str | None:
    try:
        said: object = json.loads(answer.partition(b"\r\n\r\n")[2])
    except ValueError:
        return None
    version = cast("dict[str, object]", said).get("Version") if isinstance(said, dict) else None
    return version if isinstance(version, str) else None


def _address(variables: Mapping[str, str], config: Path) -> str:
    """Return where docker looks for its engine: DOCKER_HOST, else the context that is chosen, else the usual socket."""
    host = variables.get("DOCKER_HOST")
    if host:
        return host if "://" in host else f"tcp://{host}"
    context = variables.get("DOCKER_CONTEXT") or _json(config).get("currentContext")
    if not isinstance(context, str) or context in ("", "default"):
        return _SOCKET
    identity = hashlib.sha256(context.encode()).hexdigest()
    match _json(config.parent / "contexts" / "meta" / identity / "meta.json"):
        case {"Endpoints": {"docker": {"Host": str(named)}}}:
            return named
        case _:
            return _SOCKET


def _json(path: Path) -> dict[str, Any]:
    try:
        content: object = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return cast("dict[str, Any]", content) if isinstance(content, dict) else {}


def _logins(config: Path) -> Logins:
    shown = str(config)
    try:
        content: object = json.loads(config.read_bytes())
    except FileNotFoundError:
        return Logins(shown, LoginState.MISSING)
    except OSError:
        return Logins(shown, LoginState.UNREADABLE)
    except ValueError:
        return Logins(shown, LoginState.MALFORMED)
    if not isinstance(content, dict):
        return Logins(shown, LoginState.MALFORMED)
    said = cast("dict[str, object]", content)
    store, registries = said.get("credsStore"), said.get("auths")
    if isinstance(store, str) and store:
        return Logins(shown, LoginState.STORE, store=store)
    if not isinstance(registries, dict) or not registries:
        return Logins(shown, LoginState.NO_LOGINS)
    return Logins(shown, LoginState.GOOD, tuple(cast("dict[str, object]", registries)))


def _has_docker_group(getent: str) -> bool:
    """Ask as `sconectl` does, so that the answer is the same wherever groups are kept."""
    try:
        asked = subprocess.run(  # noqa: S603 -- The program that sconectl would run, with fixed arguments.
            [getent, "group", "docker"], capture_output=True, check=False, timeout=_SECONDS_FOR_AN_ANSWER
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _program(name: str, search: str) -> str | None:
    """Return where the program is; absolute, as it is started in another folder than this one."""
    found = shutil.which(name, path=search)
    return None if found is None else str(Path(found).absolute())


def _kubeconfig(variables: Mapping[str, str]) -> str | None:
    named = variables.get("KUBECONFIG")
    if named:
        return named
    home = variables.get("HOME")
    usual = Path(home, ".kube", "config") if home else None
    return str(usual) if usual is not None and os.path.isfile(usual) else None  # noqa: PTH113 -- Unlike pathlib, it never raises.
