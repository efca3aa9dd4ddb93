"""What a build that was ended leaves behind: containers that go on without it, and half-written files.

Docker's command passes on the signal to the program in the container, which may not listen to it; then the container
stays when the command is killed. So the containers of this very build are looked for and ended.
"""

import asyncio
import json
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, cast

from scone_ls.build.command import Command

_SECONDS_FOR_DOCKER = 3.0
_MOUNTED_AT = "/wd"
"""Where `sconectl` mounts the folder to build in."""
_CLOCKS_DIFFER = timedelta(seconds=2)


class Container(NamedTuple):
    """A container, with the first letters of its identity."""

    id: str


class Left(NamedTuple):
    """What was found: the containers that were ended, those that could not be, and what may be left besides."""

    ended: tuple[Container, ...]
    running: tuple[Container, ...]
    sentences: tuple[str, ...]


async def clean_up(command: Command, docker: str | None, began: datetime) -> Left:
    """End the containers of a build that was ended, and say what may be left."""
    found = [] if docker is None else await _containers(docker, command, began)
    ended: list[Container] = []
    running: list[Container] = []
    for container in found or ():
        done = docker is not None and await _said(docker, "kill", container.id) is not None
        (ended if done else running).append(container)
    return Left(tuple(ended), tuple(running), tuple(_sentences(command, found, ended, running)))


def is_of_build(inspected: dict[str, Any], command: Command, began: datetime) -> bool:
    """Tell whether a container, as `docker inspect` describes it, was started by a build that began then."""
    match inspected:
        case {"Created": str(created), "Path": str(path), "Args": [*arguments], "Mounts": [*mounts]}:
            words = tuple(map(str, (path, *cast("list[object]", arguments))))
        case _:
            return False
    wanted = command.arguments[command.arguments.index("apply") :] if "apply" in command.arguments else ()
    return (
        words == wanted
        and any(_is_mount_of(mount, command.folder) for mount in cast("list[object]", mounts))
        and _time(created) >= began - _CLOCKS_DIFFER
    )


def _is_mount_of(mount: object, folder: str) -> bool:
    match mount:
        case {"Source": str(source), "Destination": str(destination)}:
            return destination == _MOUNTED_AT and source in (folder, str(Path(folder).resolve()))
        case _:
            return False


def _time(text: str) -> datetime:
    try:
        return datetime.strptime(text[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def _sentences(
    command: Command, found: list[Container] | None, ended: list[Container], running: list[Container]
) -> Iterator[str]:
    if found is None:
        yield "a container may be left running, as docker could not be asked; `docker ps` shows it"
    for container in ended:
        yield f"the container `{container.id}` went on without the build and was ended"
    for container in running:
        yield f"the container `{container.id}` goes on; end it with `docker kill {container.id}`"
    if Path(command.folder, "target").is_dir():
        yield "what is in `target/` may be half-written"


async def _containers(docker: str, command: Command, began: datetime) -> list[Container] | None:
    """Return the containers of a build; nothing where docker does not say."""
    listed = await _said(docker, "ps", "--quiet", "--no-trunc", "--filter", f"volume={_MOUNTED_AT}")
    if listed is None:
        return None
    names = listed.split()
    if not names:
        return []
    described = await _said(docker, "inspect", "--type", "container", *names)
    try:
        content: object = json.loads(described or "null")
    except ValueError:
        return None
    if not isinstance(content, list):
        return None
    described_ones = [cast("dict[str, Any]", one) for one in cast("list[object]", content) if isinstance(one, dict)]
    return [Container(str(one.get("Id"))[:12]) for one in described_ones if is_of_build(one, command, began)]


async def _said(docker: str, *arguments: str) -> str | None:
    """Return what docker prints; nothing where it fails or takes too long."""
    try:
        process = await asyncio.create_subprocess_exec(docker, *arguments, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL)
    except OSError:
        return None
    try:
        out, _ = await asyncio.wait_for(process.communicate(), _SECONDS_FOR_DOCKER)
    except TimeoutError:
        process.kill()
        await process.wait()
        return None
    return out.decode("utf-8", "replace") if process.returncode == 0 else None
