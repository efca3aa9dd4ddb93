"""What speaks against a build: each condition with its sentence, from plain facts."""

from dataclasses import replace
from typing import Any

import pytest

from scone_ls.build.command import Refusal
from scone_ls.build.preflight import (
    Engine,
    EngineState,
    Inputs,
    Logins,
    LoginState,
    Machine,
    State,
    Unset,
    of_inputs,
    of_machine,
    refusal,
)

MACHINE = Machine(
    posix=True,
    processor="x86_64",
    home="/home/me",
    sconectl="/bin/sconectl",
    docker="/bin/docker",
    engine=Engine("unix:///run/docker.sock", EngineState.REACHED, "20.10.24"),
    getent="/bin/getent",
    docker_group=True,
    kubeconfig="/home/me/.kube/config",
    kubeconfig_exists=True,
    logins=Logins("/c.json", LoginState.GOOD, ("registry.example.com",)),
    registry="registry.example.com",
    stray_version=None,
)
INPUTS = Inputs("shop.yaml", manifests=1, errors=0)
LOGIN = "run `docker login registry.example.com`"


def wrong(**facts: Any) -> str:
    """The one sentence about a machine with other facts, with the state before it."""
    (verdict,) = [one for one in of_machine(replace(MACHINE, **facts)) if one.state is not State.GOOD]
    return f"{verdict.state.value}: {verdict.message}"


def wrong_input(**facts: Any) -> str:
    (verdict,) = [one for one in of_inputs(replace(INPUTS, **facts)) if one.state is not State.GOOD]
    return f"{verdict.state.value}: {verdict.message}"


def test_a_complete_machine_and_a_good_manifest():
    verdicts = (*of_machine(MACHINE), *of_inputs(INPUTS))

    assert {State.GOOD} == {verdict.state for verdict in verdicts}
    assert len(verdicts) == len({verdict.name for verdict in verdicts})


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"posix": False}, "bad: sconectl runs on Linux and macOS only; on Windows, build inside WSL"),
        (
            {"processor": "aarch64"},
            "doubt: the processor is `aarch64`, and the tools are made for x86-64; build on such a machine",
        ),
        ({"home": None}, "bad: HOME is not set, and sconectl ends without it; set it to your home folder"),
        (
            {"sconectl": None},
            "bad: `sconectl` is not on PATH; install it, or add the folder that holds it to PATH",
        ),
        (
            {"docker": None},
            (
                "bad: `docker` is not on PATH, and sconectl does all its work in containers; install Docker, "
                "or add the folder that holds its command to PATH"
            ),
        ),
        (
            {"getent": None},
            (
                "doubt: `getent` is not on PATH, and without it sconectl calls docker with the wrong arguments; "
                "build on Linux, or put a `getent` on PATH that prints the group `docker`"
            ),
        ),
        (
            {"docker_group": False},
            (
                "doubt: there is no group `docker`, without which sconectl calls docker with the wrong arguments; "
                "create it: `groupadd docker`"
            ),
        ),
        (
            {"kubeconfig": None},
            (
                "doubt: there is no kubeconfig, without which sconectl can't start its container, even to build an image; "
                "create `~/.kube/config` or name another file in KUBECONFIG"
            ),
        ),
        (
            {"kubeconfig": "/a:/b"},
            "doubt: KUBECONFIG names several files (`/a:/b`), and sconectl takes one; name one",
        ),
        (
            {"kubeconfig": "/a b"},
            "doubt: KUBECONFIG is `/a b`, which sconectl hands to a shell without quotes; name a file without blanks",
        ),
        (
            {"kubeconfig": "config"},
            "doubt: KUBECONFIG is `config`, which docker takes for the name of a volume; write the whole path",
        ),
        (
            {"kubeconfig_exists": False},
            "note: `/home/me/.kube/config` does not exist; docker makes a folder of that name, owned by root",
        ),
        (
            {"stray_version": "2"},
            (
                "note: VERSION is `2`, which sconectl takes for the version of its own image; "
                "unset it, or set SCONECTL_VERSION"
            ),
        ),
    ],
)
def test_what_a_machine_lacks(facts: dict[str, Any], message: str):
    assert message == wrong(**facts)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (EngineState.ABSENT, "doubt: there is no docker engine at `x`; start it, or name another one in DOCKER_HOST"),
        (EngineState.DEAF, "doubt: no docker engine listens at `x`; start it, or name another one in DOCKER_HOST"),
        (
            EngineState.FORBIDDEN,
            "doubt: you may not use the docker engine at `x`; join the group `docker` and log in anew",
        ),
        (
            EngineState.SILENT,
            "doubt: the docker engine at `x` does not answer in time; look what it does, or start it again",
        ),
        (EngineState.NOT_ASKED, "note: whether an engine answers at `x` is for docker to find out"),
    ],
)
def test_the_engine(state: EngineState, message: str):
    assert message == wrong(engine=Engine("x", state))


@pytest.mark.parametrize(
    ("logins", "message"),
    [
        (
            Logins("/c.json", LoginState.MISSING),
            f"doubt: `/c.json` is missing, where sconectl looks for logins; {LOGIN}",
        ),
        (
            Logins("/c.json", LoginState.UNREADABLE),
            "doubt: `/c.json` can't be read, where sconectl looks for logins; make it readable for you",
        ),
        (
            Logins("/c.json", LoginState.MALFORMED),
            f"doubt: `/c.json` is not JSON; mend it, or move it away and {LOGIN}",
        ),
        (Logins("/c.json", LoginState.NO_LOGINS), f"doubt: `/c.json` has no `auths`, so no login; {LOGIN}"),
        (
            Logins("/c.json", LoginState.STORE, store="desktop"),
            (
                "doubt: `/c.json` keeps logins in the store `desktop` (`credsStore`), which the container can't ask; "
                f'set `"credsStore": ""` and {LOGIN}'
            ),
        ),
        (
            Logins("/c.json", LoginState.GOOD, ("other.example.com",)),
            f"note: `/c.json` has no login for `registry.example.com`, where the image of the tool comes from; {LOGIN}",
        ),
    ],
)
def test_logins(logins: Logins, message: str):
    assert message == wrong(logins=logins)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"manifests": 0}, "doubt: `shop.yaml` holds no manifest"),
        ({"errors": 1}, "doubt: `shop.yaml` has 1 error; mend what `scone-ls check` reports first"),
        ({"errors": 2}, "doubt: `shop.yaml` has 2 errors; mend what `scone-ls check` reports first"),
        (
            {"unset": (Unset("A", "shop.yaml:6:7"), Unset("B", "shop.yaml:7:7"))},
            (
                "doubt: `$A` at shop.yaml:6:7 is not filled in (and 1 more), and sconectl knows no variables of yours; "
                "make it a template and set it, or write the value"
            ),
        ),
        (
            {"outside": ("../a",)},
            (
                "doubt: `../a` is outside of the folder to build in, and sconectl sees only what is inside; "
                "move it there, or build in a folder that holds it"
            ),
        ),
        (
            {"absent": ("a", "b", "c", "d")},
            "doubt: `a`, `b`, `c`, … are not in the folder to build in; write paths as seen from that folder",
        ),
        ({"refusal": Refusal("rename it")}, "bad: rename it"),
    ],
)
def test_what_a_manifest_lacks(facts: dict[str, Any], message: str):
    assert message == wrong_input(**facts)


def test_what_is_impossible_is_said_before_what_is_doubtful():
    verdicts = of_machine(replace(MACHINE, kubeconfig=None, sconectl=None, processor="aarch64"))

    assert "`sconectl` is not on PATH" in str(refusal(verdicts, force=False))
    assert "`sconectl` is not on PATH" in str(refusal(verdicts, force=True))


def test_doubts_can_be_overruled_and_notes_need_not_be():
    doubtful = refusal(of_machine(replace(MACHINE, kubeconfig=None)), force=False)

    assert doubtful is not None
    assert doubtful.doubtful
    assert None is refusal(of_machine(replace(MACHINE, kubeconfig=None)), force=True)
    assert None is refusal(of_machine(replace(MACHINE, stray_version="1")), force=False)
