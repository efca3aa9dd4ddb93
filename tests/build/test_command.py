"""What is run for a manifest, and what is refused with which words."""

from pathlib import PurePosixPath as Path

import pytest

from scone_ls.build.command import Command, Mode, Options, Refusal, Target, command, folder_for


def target(file: str, folder: str = "/shop", real_file: str | None = None) -> Target:
    return Target(Path(file), Path(folder), Path(real_file or file), Path(folder))


def asked(goal: Target, options: Options | None = None, *, is_mesh: bool = False) -> Command | Refusal:
    return command("/bin/sconectl", goal, options or Options(), is_mesh=is_mesh)


def planned(file: str, folder: str = "/shop", options: Options | None = None, *, is_mesh: bool = False) -> str:
    match asked(target(file, folder), options, is_mesh=is_mesh):
        case Command() as found:
            return f"{found.shown} in {found.folder}"
        case Refusal(message):
            return message


def test_the_command_names_the_manifest_relative_to_its_folder():
    assert Command("/bin/sconectl", ("--quiet", "apply", "-f", "mesh.yaml"), "/shop") == asked(
        target("/shop/mesh.yaml")
    )


def test_a_manifest_in_a_sub_folder():
    assert "sconectl --quiet apply -f services/cart.yaml in /shop" == planned("/shop/services/cart.yaml")


@pytest.mark.parametrize("name", ["our cart.yaml", "cart*.yaml", "~cart.yaml", "größe.yaml", "a'b.yaml", "cart!.yaml"])
def test_a_name_that_double_quotes_protect_is_taken_as_it_is(name: str):
    found = asked(target(f"/shop/{name}"))

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


def test_a_manifest_outside_of_the_folder():
    assert (
        "`/other/mesh.yaml` is outside of `/shop`, and sconectl sees only what is in the folder it runs in; "
        "build in a folder that holds the manifest and all its files" == planned("/other/mesh.yaml")
    )


def test_a_link_that_leads_out_of_the_folder():
    found = asked(target("/shop/mesh.yaml", real_file="/other/mesh.yaml"))

    assert isinstance(found, Refusal)
    assert "outside of `/shop`" in found.message


def test_a_folder_that_is_reached_through_a_link():
    linked = Target(Path("/shop/mesh.yaml"), Path("/link"), Path("/shop/mesh.yaml"), Path("/shop"))

    found = asked(linked)

    assert isinstance(found, Command)
    assert ("mesh.yaml", "/link") == (found.arguments[-1], found.folder)


def test_a_folder_with_a_colon():
    assert "`/a:b` has a colon in its path, at which docker would cut it; build in another folder" == planned(
        "/a:b/mesh.yaml", "/a:b"
    )


@pytest.mark.parametrize(
    ("options", "flags"),
    [
        (Options(mode=Mode.DEBUG), "--mode=debug"),
        (Options(push=False), "--no-push"),
        (Options(push=True), ""),
        (Options(dry_run=True), "--dry-run"),
        (Options(version="5.9.0"), "--set-version 5.9.0"),
        (Options(verbosity=3), "-vvv"),
        (Options(verbosity=20), "-vvvvvvvv"),
        (Options(release="shop"), ""),
        (Options(arguments=("--otp", "1")), "--otp 1"),
    ],
)
def test_options_of_a_service(options: Options, flags: str):
    assert f"sconectl --quiet apply -f a.yaml {flags}".rstrip() + " in /shop" == planned(
        "/shop/a.yaml", options=options
    )


def test_options_of_a_mesh():
    options = Options(push=False, release="shop")

    assert "sconectl --quiet apply -f a.yaml --release shop in /shop" == planned(
        "/shop/a.yaml", options=options, is_mesh=True
    )


def test_an_argument_that_the_inner_shell_would_interpret():
    message = "the argument `$(id)` has a dollar sign, which the shell inside sconectl interprets; leave it out"

    assert message == planned("/shop/a.yaml", options=Options(version="$(id)"))
    assert message == planned("/shop/a.yaml", options=Options(arguments=("$(id)",)))


def test_settings_fill_in_what_is_left_open():
    settings = Options(mode=Mode.DEBUG, push=False, version="1", verbosity=1, arguments=("a",))

    assert settings == Options().over(settings)
    assert Options(mode=Mode.PRODUCTION, push=True, version="2", verbosity=0, arguments=("a", "b")) == Options(
        mode=Mode.PRODUCTION, push=True, version="2", verbosity=0, arguments=("b",)
    ).over(settings)


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
