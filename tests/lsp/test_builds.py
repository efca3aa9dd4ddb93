"""Builds from the editor, with the stand-in for sconectl: options, progress, problems under their words, cancelling."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.cli.command import SERVICE
from tests.lsp.client import MODERN, Client, ErrorAnswerError, insertion, range_of, replacement

STAND_IN = Path(__file__).parents[1] / "standin"
EXECUTE = "workspace/executeCommand"
BUILD = "scone-ls.build"
FORCE = {"force": True}
"""As a group `docker` and an engine are not on every machine."""
MESH = "apiVersion: scone/5.8\nkind: mesh\nservices:\n  - name: x\n    image: registry.example.com/shop:1\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with a manifest; beside it what a build needs."""
    home = tmp_path.resolve()
    for folder in ("bin", ".kube", ".docker", "shop"):
        (home / folder).mkdir()
    (home / ".kube" / "config").touch()
    (home / ".docker" / "config.json").write_text('{"auths": {"registry.scontain.com": {}}}', encoding="utf-8")
    (home / "bin" / "sconectl").symlink_to(STAND_IN / "sconectl")
    (home / "bin" / "docker").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (home / "bin" / "docker").chmod(0o755)
    put(home / "shop")
    return home / "shop"


def put(shop: Path, *directives: str, name: str = "shop.yaml", text: str = SERVICE) -> str:
    """Write a manifest that tells the stand-in what to do, and return its text."""
    text += "".join(f"# stand-in: {directive}\n" for directive in directives)
    (shop / name).write_text(text, encoding="utf-8")
    return text


@pytest.fixture
def client(shop: Path) -> Iterator[Client]:
    home = shop.parent
    environment = {
        "HOME": str(home),
        "PATH": f"{home / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin",
        "XDG_STATE_HOME": str(home / "state"),
        "STAND_IN_ENGINE": "none",
        "DOCKER_HOST": f"unix://{home}/docker.sock",
        "KUBECONFIG": "",
        "VERSION": "",
    }
    with Client(environment=environment) as client:
        client.answers["window/workDoneProgress/create"] = lambda _: None
        capabilities = {**MODERN, "window": {"workDoneProgress": True}}
        client.start(capabilities, workspaceFolders=[{"uri": shop.as_uri(), "name": "shop"}])
        yield client


def uri(shop: Path, name: str = "shop.yaml") -> str:
    return (shop / name).as_uri()


def build(client: Client, uri: str, **options: Any) -> Any:
    return client.request(EXECUTE, {"command": BUILD, "arguments": [uri, {**FORCE, **options}]})


def logged(client: Client) -> str:
    messages = (
        message["params"]["message"] for message in client.messages if message.get("method") == "window/logMessage"
    )
    return "\n".join(messages)


def test_a_build_runs_in_the_workspace_folder_and_shows_its_output(client: Client, shop: Path):
    put(shop, "show", "exit 0")
    result = build(client, uri(shop), mode="debug", push=False, dryRun=True, version="5.9", verbosity=2, release="r")
    flags = "--mode=debug --no-push --dry-run --set-version 5.9 -vv"

    assert (0, 0) == (result["exitCode"], result["problems"])
    assert f"sconectl --quiet apply -f shop.yaml {flags}  (in {shop})\narguments: -f shop.yaml {flags}\n" in logged(
        client
    )
    assert "is done" in client.notification("window/showMessage")["message"]


def test_progress_has_a_step_and_the_time(client: Client, shop: Path):
    put(shop, "say Building the image", "sleep 0.5")
    build(client, uri(shop))
    values = [message["params"]["value"] for message in client.messages if message.get("method") == "$/progress"]
    mine = [value for value in values if value["kind"] != "begin" or "sconectl" in value["title"]]

    assert any(value.get("title") == "sconectl --quiet apply -f shop.yaml" for value in mine)
    assert any(value.get("message") == "0 s · Building the image" for value in mine)
    assert "end" == mine[-1]["kind"]


def test_a_doubt_can_be_overruled(client: Client, shop: Path):
    refused = client.request(EXECUTE, {"command": BUILD, "arguments": [uri(shop)]})

    assert True is refused["doubtful"]
    assert refused["refused"] == client.notification("window/showMessage")["message"]
    assert 0 == build(client, uri(shop))["exitCode"]


def test_a_failure_stands_under_its_word(client: Client, shop: Path):
    text = put(
        shop, "say error: no access to 'registry.example.com/shop:1' (Error 1-2-3)", "say   Caused by: x", "exit 3"
    )
    client.open(text, uri(shop))
    assert [] == client.diagnostics(1, uri(shop))
    result = build(client, uri(shop))
    found = client.wait_for(is_about(uri(shop)))["params"]["diagnostics"]

    assert (1, 1) == (result["exitCode"], result["problems"])
    assert found == [
        {
            "range": range_of((5, 6), (5, 33)),
            "severity": 1,
            "source": "sconectl",
            "code": "1-2-3",
            "message": "no access to 'registry.example.com/shop:1'\ncaused by: x",
            "relatedInformation": [
                {
                    "location": {"uri": result["log"], "range": range_of((0, 0), (0, 63))},
                    "message": "error: no access to 'registry.example.com/shop:1' (Error 1-2-3)",
                },
                {
                    "location": {"uri": result["log"], "range": range_of((1, 0), (1, 14))},
                    "message": "  Caused by: x",
                },
            ],
        }
    ]


def is_about(uri: str) -> Callable[[dict[str, Any]], bool]:
    """Tell a publication of at least one diagnostic of a document."""

    def fits(message: dict[str, Any]) -> bool:
        params = message.get("params", {})
        is_publication = message.get("method") == "textDocument/publishDiagnostics"
        return is_publication and params["uri"] == uri and bool(params["diagnostics"])

    return fits


def failed(client: Client, shop: Path) -> str:
    """Have a build fail in an open document; return what the document is."""
    text = put(shop, "say error: no access to 'registry.example.com/shop:1' (Error 1-2-3)", "exit 3")
    client.open(text, uri(shop))
    build(client, uri(shop))
    client.wait_for(is_about(uri(shop)))
    client.messages.clear()
    return text


def test_a_failure_moves_with_its_word_and_goes_when_that_is_edited(client: Client, shop: Path):
    failed(client, shop)
    client.change(2, insertion(0, 0, "# new\n"), uri=uri(shop))
    moved = client.diagnostics(2, uri(shop))
    client.change(3, replacement((6, 29), (6, 30), "x"), uri=uri(shop))

    assert [range_of((6, 6), (6, 33))] == [found["range"] for found in moved]
    assert [] == client.diagnostics(3, uri(shop))


def test_a_failure_goes_with_the_next_build(client: Client, shop: Path):
    failed(client, shop)
    put(shop)
    build(client, uri(shop))

    assert [] == client.diagnostics(1, uri(shop))


def test_a_failure_in_a_file_that_is_not_open_is_shown_as_well(client: Client, shop: Path):
    put(shop, "say error: no 'python3' (Error 1-2-3)", "exit 3")
    build(client, uri(shop))

    assert ["1-2-3"] == [found["code"] for found in client.wait_for(is_about(uri(shop)))["params"]["diagnostics"]]


def test_what_is_not_saved_is_not_built_by_accident(client: Client, shop: Path):
    client.open(f"{SERVICE}# new\n", uri(shop))
    refused = client.request(EXECUTE, {"command": BUILD, "arguments": [uri(shop)]})

    assert refused == {
        "refused": "`shop.yaml` has changes that are not saved, and sconectl reads the file; save it",
        "doubtful": True,
    }


def test_a_build_that_cannot_begin_is_refused_in_one_sentence(client: Client):
    refused = client.request(EXECUTE, {"command": BUILD, "arguments": ["untitled:new"]})

    assert refused == {
        "refused": "only a file on this machine can be built; save the document first",
        "doubtful": False,
    }


@pytest.mark.skipif(os.name == "nt", reason="named pipes are files there")
def test_a_pipe_is_not_waited_for(client: Client, tmp_path: Path):
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    refusal = {"refused": f"`{pipe}` is not a file that can be built; save the document first", "doubtful": False}

    assert client.request(EXECUTE, {"command": BUILD, "arguments": [uri(tmp_path, "pipe.yaml")]}) == refusal
    client.open(SERVICE, uri(tmp_path, "pipe.yaml"))
    assert client.request(EXECUTE, {"command": BUILD, "arguments": [uri(tmp_path, "pipe.yaml")]}) == refusal


def test_a_template_is_filled_in_and_built(client: Client, shop: Path):
    text = SERVICE.replace("registry.example.com/shop:1", "$REPO/shop:1")
    put(shop, "say denied: r.example.com/shop:1", "exit 1", name="t.yaml.template", text=text)
    refused = build(client, uri(shop, "t.yaml.template"))
    result = build(client, uri(shop, "t.yaml.template"), variables={"REPO": "r.example.com"})
    (found,) = client.wait_for(is_about(uri(shop, "t.yaml.template")))["params"]["diagnostics"]

    assert refused["refused"].startswith("t.yaml.template:6:7: `REPO` is not set")
    assert (1, range_of((5, 6), (5, 18))) == (result["exitCode"], found["range"])


def test_a_mesh_has_its_services_built_first(client: Client, shop: Path):
    put(shop, name="mesh.yaml", text=MESH)
    client.open(MESH, uri(shop, "mesh.yaml"))
    client.diagnostics(1, uri(shop, "mesh.yaml"))
    alone = build(client, uri(shop, "mesh.yaml"))
    result = build(client, uri(shop, "mesh.yaml"), withServices=True)

    assert "builds" not in alone
    assert [uri(shop), uri(shop, "mesh.yaml")] == [each["uri"] for each in result["builds"]]


@pytest.mark.parametrize("way", ["request", "progress"])
def test_a_build_can_be_cancelled(client: Client, shop: Path, way: str):
    put(shop, "say started", "sleep 60")
    params = {"command": BUILD, "arguments": [uri(shop), FORCE], "workDoneToken": "mine"}
    number = client.begin(EXECUTE, params)
    client.wait_for(lambda message: "started" in str(message))
    again = build(client, uri(shop))
    if way == "request":
        client.notify("$/cancelRequest", {"id": number})
    else:
        client.notify("window/workDoneProgress/cancel", {"token": "mine"})

    assert "is being built already" in again["refused"]
    with pytest.raises(ErrorAnswerError) as caught:
        client.answer(number)
    assert caught.value.code == -32800
    client.wait_for(lambda message: "a container may be left running" in str(message))


def test_a_build_ends_with_the_server(client: Client, shop: Path):
    put(shop, "say started", "sleep 60")
    client.begin(EXECUTE, {"command": BUILD, "arguments": [uri(shop), FORCE]})
    client.wait_for(lambda message: "started" in str(message))
    client.request("shutdown")
    client.notify("exit")

    assert client.wait_for_end() == 0


def test_the_server_answers_while_a_build_floods(client: Client, shop: Path):
    text = put(shop, "flood 100000", "sleep 60")
    client.open(text, uri(shop))
    number = client.begin(EXECUTE, {"command": BUILD, "arguments": [uri(shop), FORCE]})
    client.wait_for(lambda message: "line 100000 of the flood" in str(message))

    assert "`build`" in client.ask("hover", 2, 1, uri(shop))["contents"]["value"]
    client.notify("$/cancelRequest", {"id": number})
    with pytest.raises(ErrorAnswerError):
        client.answer(number)
    lines = logged(client).count("of the flood")
    assert lines < 5000, "most of them are only in the log"


def test_the_other_commands(client: Client, shop: Path):
    def run(command: str, name: str = "shop.yaml") -> Any:
        return client.request(EXECUTE, {"command": f"scone-ls.{command}", "arguments": [uri(shop, name)]})

    (shop / "t.yaml.template").write_text("apiVersion: scone/5.8\nkind: mesh\ncas: $A\n", encoding="utf-8")

    assert {"errors": 0, "warnings": 0} == run("check")
    assert "sconectl" in [verdict["name"] for verdict in run("doctor")["verdicts"]]
    assert run("plan")["text"].startswith("1. Base image\n")
    assert run("render", "t.yaml.template") == {
        "uri": f"scone-ls-rendered:t.yaml?{quote(uri(shop, 't.yaml.template'), safe='')}",
        "text": "apiVersion: scone/5.8\nkind: mesh\ncas: \n",
        "unset": [
            {
                "name": "A",
                "range": range_of((2, 5), (2, 7)),
                "message": "`A` is not set; set it in the environment or in the file of variables",
            }
        ],
    }


def test_what_a_template_becomes_is_a_document_that_follows_it(shop: Path):
    template = uri(shop, "t.yaml.template")
    content = f"scone-ls-rendered:t.yaml?{quote(template, safe='')}"
    with Client(environment={"REPO": "registry.example.com"}) as client:
        client.answers["workspace/textDocumentContent/refresh"] = lambda _: None
        offered = client.start({"workspace": {"textDocumentContent": {}}})
        client.open("to: $REPO\n", template)
        before = client.request("workspace/textDocumentContent", {"uri": content})
        client.change(2, insertion(1, 0, "a: $GONE\n"), uri=template)
        told = client.wait_for(lambda message: message.get("method") == "workspace/textDocumentContent/refresh")
        after = client.request("workspace/textDocumentContent", {"uri": content})

    assert ["scone-ls-rendered"] == offered["capabilities"]["workspace"]["textDocumentContent"]["schemes"]
    assert {"text": "to: registry.example.com\n"} == before
    assert {"uri": content} == told["params"]
    assert after["text"].endswith("to: registry.example.com\na: \n")
    assert after["text"].startswith("# `GONE` is not set; ")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"forse": True}, "there is no option `forse`; did you mean `force`?"),
        ({"force": 1}, "the option `force` is true or false, not `1`"),
        ({"mode": "fast"}, "the option `mode` is `production` or `debug`, not `fast`"),
    ],
)
def test_options_that_there_are_not(client: Client, shop: Path, options: dict[str, Any], message: str):
    with pytest.raises(ErrorAnswerError, match=message.replace("?", r"\?")):
        client.request(EXECUTE, {"command": BUILD, "arguments": [uri(shop), options]})


def test_a_lens_offers_what_can_be_done(client: Client, shop: Path):
    client.open(SERVICE, uri(shop))
    lenses = client.request("textDocument/codeLens", {"textDocument": {"uri": uri(shop)}})

    assert lenses[0] == {
        "range": range_of((2, 0), (2, 5)),
        "command": {"title": "Build", "command": "scone-ls.build", "arguments": [uri(shop)]},
    }
    assert ["Build", "Check", "Doctor"] == [lens["command"]["title"] for lens in lenses]
