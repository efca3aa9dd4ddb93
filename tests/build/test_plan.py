"""What is run for a manifest, and what is refused with which words."""

from pathlib import PurePosixPath as Path

import pytest

from scone_ls.build.plan import Command, Environment, Refusal, Target, command, folder_for, plan

COMPLETE = Environment("/bin/sconectl", "/bin/docker", "/home/me/.kube/config", posix=True)


def target(file: str, folder: str = "/shop", real_file: str | None = None) -> Target:
    return Target(Path(file), Path(folder), Path(real_file or file), Path(folder))


def planned(file: str, folder: str = "/shop", environment: Environment = COMPLETE, errors: int = 0) -> str:
    match plan(target(file, folder), environment, errors):
        case Command() as found:
            return f"{found.shown} in {found.folder}"
        case Refusal(message):
            return message


def test_the_command_names_the_manifest_relative_to_its_folder():
    assert Command("/bin/sconectl", ("--quiet", "apply", "-f", "mesh.yaml"), "/shop") == plan(
        target("/shop/mesh.yaml"), COMPLETE, 0
    )


def test_a_manifest_in_a_sub_folder():
    assert "sconectl --quiet apply -f services/cart.yaml in /shop" == planned("/shop/services/cart.yaml")


@pytest.mark.parametrize("name", ["our cart.yaml", "cart*.yaml", "~cart.yaml", "größe.yaml", "a'b.yaml", "cart!.yaml"])
def test_a_name_that_double_quotes_protect_is_taken_as_it_is(name: str):
    found = plan(target(f"/shop/{name}"), COMPLETE, 0)

    assert isinstance(found, Command)
    assert name == found.arguments[-1]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("$HOME.yaml", "a dollar sign"),
        ("`id`.yaml", "a backtick"),
        ('a".yaml', "a double quote"),
        ("a\\b.yaml", "a backslash"),
        ("$(id)/mesh.yaml", "a dollar sign"),
    ],
)
def test_a_name_that_the_inner_shell_would_interpret(name: str, what: str):
    assert f"`{name}` has {what} in its path, which the shell inside sconectl interprets; rename it" == planned(
        f"/shop/{name}"
    )


@pytest.mark.parametrize("name", ["a\nb.yaml", "a\x1b[2J.yaml", "a\x00.yaml", "gr\udce9.yaml"])
def test_a_name_with_a_character_that_no_argument_takes(name: str):
    message = planned(f"/shop/{name}")

    assert f"{name!r} has a character in its path that sconectl can't take; rename it" == message
    assert message.isprintable()


def test_a_name_that_looks_like_an_option():
    assert "`-f.yaml` begins with a dash, so that sconectl would take it for an option; rename it" == planned(
        "/shop/-f.yaml"
    )


def test_a_template_is_rendered_first():
    assert (
        "`mesh.yaml.template` is a template; fill in its variables and build the result: "
        "SCONE='$SCONE' envsubst < mesh.yaml.template > mesh.yaml" == planned("/shop/mesh.yaml.template")
    )


def test_a_manifest_outside_of_the_folder():
    assert (
        "`/other/mesh.yaml` is outside of `/shop`, and sconectl sees only what is in the folder it runs in; "
        "build in a folder that holds the manifest and all its files" == planned("/other/mesh.yaml")
    )


def test_a_link_that_leads_out_of_the_folder():
    found = plan(target("/shop/mesh.yaml", real_file="/other/mesh.yaml"), COMPLETE, 0)

    assert isinstance(found, Refusal)
    assert "outside of `/shop`" in found.message


def test_a_folder_that_is_reached_through_a_link():
    linked = Target(Path("/shop/mesh.yaml"), Path("/link"), Path("/shop/mesh.yaml"), Path("/shop"))

    found = plan(linked, COMPLETE, 0)

    assert isinstance(found, Command)
    assert ("mesh.yaml", "/link") == (found.arguments[-1], found.folder)


def test_a_folder_with_a_colon():
    assert "`/a:b` has a colon in its path, at which docker would cut it; build in another folder" == planned(
        "/a:b/mesh.yaml", "/a:b"
    )


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        (
            Environment(None, "/bin/docker", "/k", posix=True),
            "`sconectl` is not on PATH; install it or add the folder that holds it to PATH",
        ),
        (
            Environment("/bin/sconectl", None, "/k", posix=True),
            "`docker` is not on PATH, and sconectl does all its work in containers; install Docker or add the folder that holds its command to PATH",
        ),
        (
            Environment("/bin/sconectl", "/bin/docker", None, posix=True),
            "there is no kubeconfig, without which sconectl can't start its container, even to build an image; create `~/.kube/config` or name another file in KUBECONFIG",
        ),
        (
            Environment("/bin/sconectl", "/bin/docker", "/k", posix=False),
            "sconectl runs on Linux and macOS only; on Windows, build inside WSL",
        ),
    ],
)
def test_what_the_machine_lacks_is_said_in_one_sentence(environment: Environment, message: str):
    assert message == planned("/shop/mesh.yaml", environment=environment)


@pytest.mark.parametrize(("errors", "count"), [(1, "1 error"), (2, "2 errors")])
def test_a_manifest_with_errors_is_not_built(errors: int, count: str):
    assert f"`mesh.yaml` has {count}; mend what `scone-ls check` reports first" == planned(
        "/shop/mesh.yaml", errors=errors
    )


def test_doubts_can_be_overruled_and_nothing_else():
    poor = Environment("/bin/sconectl", "/bin/docker", None, posix=True)
    found = plan(target("/shop/mesh.yaml"), poor, 3)

    assert isinstance(found, Refusal)
    assert found.doubtful
    assert isinstance(command(target("/shop/mesh.yaml"), poor), Command)
    assert isinstance(command(target("/shop/$x.yaml"), COMPLETE), Refusal)


@pytest.mark.parametrize(
    ("setting", "workspace", "expected"),
    [
        ("/set", ["/shop"], "/set"),
        (None, ["/shop", "/shop/services", "/other"], "/shop/services"),
        (None, ["/other"], "/current"),
        (None, ["/shop/serv"], "/current"),
        (None, [], "/current"),
    ],
)
def test_the_folder_for_a_build(setting: str | None, workspace: list[str], expected: str):
    chosen = folder_for(
        Path("/shop/services/cart.yaml"),
        None if setting is None else Path(setting),
        [Path(folder) for folder in workspace],
        Path("/current"),
    )

    assert Path(expected) == chosen


def test_a_shown_command_can_be_typed():
    assert (
        "sconectl --quiet apply -f 'our cart.yaml'"
        == Command("/x", ("--quiet", "apply", "-f", "our cart.yaml"), "/").shown
    )
