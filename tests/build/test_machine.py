"""What the machine offers is looked up, each thing where docker and sconectl look for it."""

import hashlib
import json
import os
import socket
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scone_ls.build.machine import engine, machine, target
from scone_ls.build.preflight import EngineState, Logins, LoginState
from tests.standin.engine import answering


def program(folder: Path, name: str) -> str:
    path = folder / name
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_programs_and_files_are_found(tmp_path: Path):
    kubeconfig = tmp_path / ".kube" / "config"
    kubeconfig.parent.mkdir()
    kubeconfig.touch()
    sconectl, docker = program(tmp_path, "sconectl"), program(tmp_path, "docker")

    found = machine({"PATH": str(tmp_path), "HOME": str(tmp_path)})

    assert (sconectl, docker, None) == (found.sconectl, found.docker, found.getent)
    assert (str(kubeconfig), True) == (found.kubeconfig, found.kubeconfig_exists)
    assert (str(tmp_path), True) == (found.home, found.posix)


def test_what_the_machine_lacks_is_none(tmp_path: Path):
    found = machine({"PATH": str(tmp_path)})

    assert (None, None, None, None) == (found.sconectl, found.docker, found.kubeconfig, found.home)


def test_a_program_that_a_setting_names(tmp_path: Path):
    other = program(tmp_path, "other")

    assert other == machine({"PATH": ""}, other).sconectl
    assert None is machine({"PATH": ""}, str(tmp_path / "gone")).sconectl


def test_a_file_that_can_not_be_started_is_not_found(tmp_path: Path):
    (tmp_path / "sconectl").touch(0o644)

    assert None is machine({"PATH": str(tmp_path)}).sconectl


def test_a_kubeconfig_that_the_environment_names(tmp_path: Path):
    found = machine({"PATH": "", "HOME": str(tmp_path), "KUBECONFIG": "/gone"})

    assert ("/gone", False) == (found.kubeconfig, found.kubeconfig_exists)


def test_a_stray_version():
    assert "2" == machine({"PATH": "", "VERSION": "2"}).stray_version
    assert None is machine({"PATH": "", "VERSION": "2", "SCONECTL_VERSION": "3"}).stray_version


def test_an_engine_that_answers(tmp_path: Path):
    with answering(tmp_path / "docker.sock") as address:
        found = engine(address)

    assert (address, EngineState.REACHED, "20.10.24") == found_as_tuple(found)


def test_an_engine_that_says_something_else(tmp_path: Path):
    with answering(tmp_path / "docker.sock", b"what?") as address:
        assert (address, EngineState.REACHED, None) == found_as_tuple(engine(address))


def test_an_engine_that_keeps_silent(tmp_path: Path):
    with answering(tmp_path / "docker.sock", None) as address:
        assert EngineState.SILENT is engine(address).state


def test_an_engine_that_is_not_there(tmp_path: Path):
    assert EngineState.ABSENT is engine(f"unix://{tmp_path}/gone.sock").state


def test_a_socket_to_which_nobody_listens(tmp_path: Path):
    path = tmp_path / "docker.sock"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))

    assert EngineState.DEAF is engine(f"unix://{path}").state
    assert EngineState.DEAF is engine("tcp://127.0.0.1:1").state


def test_a_socket_for_others_only(tmp_path: Path):
    with answering(tmp_path / "docker.sock") as address:
        (tmp_path / "docker.sock").chmod(0)
        with nobody():
            assert EngineState.FORBIDDEN is engine(address).state


@contextmanager
def nobody() -> Generator[None]:
    """Be an ordinary user while the block runs, where the tests are run by root."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_an_address_that_only_docker_understands():
    assert EngineState.NOT_ASKED is engine("ssh://me@example.com").state


def address(tmp_path: Path, **variables: str) -> str:
    return machine({"PATH": "", "HOME": str(tmp_path), **variables}).engine.address


def test_where_docker_looks_for_its_engine(tmp_path: Path):
    assert "unix:///var/run/docker.sock" == address(tmp_path)
    assert "unix:///other" == address(tmp_path, DOCKER_HOST="unix:///other")
    assert "tcp://127.0.0.1:1" == address(tmp_path, DOCKER_HOST="127.0.0.1:1")


def test_a_context_of_docker(tmp_path: Path):
    meta = tmp_path / ".docker" / "contexts" / "meta" / hashlib.sha256(b"mine").hexdigest() / "meta.json"
    meta.parent.mkdir(parents=True)
    meta.write_text(json.dumps({"Endpoints": {"docker": {"Host": "unix:///mine"}}}), encoding="utf-8")
    (tmp_path / ".docker" / "config.json").write_text('{"currentContext": "mine"}', encoding="utf-8")

    assert "unix:///mine" == address(tmp_path)
    assert "unix:///var/run/docker.sock" == address(tmp_path, DOCKER_CONTEXT="default")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"auths": {"registry.example.com": {}}}', (LoginState.GOOD, ("registry.example.com",), "")),
        ('{"auths": {}}', (LoginState.NO_LOGINS, (), "")),
        ("{}", (LoginState.NO_LOGINS, (), "")),
        ('{"credsStore": "desktop", "auths": {"x": {}}}', (LoginState.STORE, (), "desktop")),
        ('{"credsStore": "", "auths": {"x": {}}}', (LoginState.GOOD, ("x",), "")),
        ("{", (LoginState.MALFORMED, (), "")),
        ("[]", (LoginState.MALFORMED, (), "")),
        (None, (LoginState.MISSING, (), "")),
    ],
)
def test_logins(tmp_path: Path, content: str | None, expected: tuple[LoginState, tuple[str, ...], str]):
    path = tmp_path / ".docker" / "config.json"
    path.parent.mkdir()
    if content is not None:
        path.write_text(content, encoding="utf-8")

    assert Logins(str(path), *expected) == machine({"PATH": "", "HOME": str(tmp_path)}).logins


def test_links_are_kept_and_resolved(tmp_path: Path):
    real = tmp_path.resolve()
    (real / "shop").mkdir()
    (real / "link").symlink_to("shop")

    found = target(real / "link" / ".." / "link" / "mesh.yaml", real / "link")

    assert (real / "link" / "mesh.yaml", real / "shop" / "mesh.yaml") == (found.file, found.real_file)
    assert (real / "link", real / "shop") == (found.folder, found.real_folder)


def found_as_tuple(found: object) -> tuple[object, ...]:
    return tuple(getattr(found, name) for name in ("address", "state", "version"))


def test_the_group_is_the_one_that_getent_knows(tmp_path: Path):
    getent = tmp_path / "getent"
    program(tmp_path, "getent")
    known = machine({"PATH": str(tmp_path)}).docker_group
    getent.write_text("#!/bin/sh\nexit 2\n", encoding="utf-8")

    assert (True, False) == (known, machine({"PATH": str(tmp_path)}).docker_group)
