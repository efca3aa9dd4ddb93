"""The manifests of the workspace folders, open or not, and what happens to their files; by the real server."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.client import MODERN, PULLING, Client, insertion, replacement

WATCHING = {**MODERN, "workspace": {"workspaceEdit": {"documentChanges": True}}}
REFRESHED = {**PULLING, "workspace": {"diagnostics": {"refreshSupport": True}}}
CREATED, CHANGED, DELETED = 1, 2, 3

MESH = """\
apiVersion: scone/5.8
kind: mesh
cas:
  - name: cas
    alias: [image, security, access, attestation]
    cas_url: cas.shop
policy:
  namespace: shop
env:
  - service: till
    env:
      - name: GREETING
        value: hello
services:
  - name: store
    image: registry.example.com/shop/store:1
  - name: till
    image: registry.example.com/shop/till:1
"""
STORE = """\
apiVersion: scone/5.8
kind: genservice
build:
  name: store
  kind: python
  to: registry.example.com/shop/store:1
  command: python3 -m store
secrets:
  global:
    - name: password
      kind: ascii
      size: 32
environment:
"""
TILL = """\
apiVersion: scone/5.8
kind: genservice
build:
  name: till
  kind: python
  to: registry.example.com/shop/till:1
  command: python3 -m till
secrets:
  import:
    - password
environment:
  global:
    - name: GREETING
  local:
    - name: PASSWORD
      value: $$SCONE::password$$
"""
RENAMED = STORE.replace("password", "passphrase")
UNRESOLVED = "unresolved-import"
WORK, PART = "w", "p"
FOREIGN = "apiVersion: v1\nkind: Pod\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("mesh.yaml", MESH), ("store.yaml", STORE), ("till.yaml", TILL)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def start(client: Client, *folders: Path, capabilities: Any = WATCHING) -> None:
    client.start(capabilities, workspaceFolders=[{"uri": one.as_uri(), "name": one.name} for one in folders])


def show(client: Client, path: Path) -> str:
    client.open(path.read_text(encoding="utf-8"), path.as_uri())
    return path.as_uri()


def codes(found: list[dict[str, Any]]) -> set[str]:
    return {one["code"] for one in found}


def wait(client: Client, path: Path, fits: Callable[[set[str]], bool]) -> list[dict[str, Any]]:
    """Wait for diagnostics of a file that fit."""
    while True:
        found = client.diagnostics(None, path.as_uri())
        if fits(codes(found)):
            return found


def wait_for_mistake(client: Client, path: Path) -> list[dict[str, Any]]:
    return wait(client, path, lambda found: UNRESOLVED in found)


def wait_for_none(client: Client, path: Path) -> None:
    wait(client, path, lambda found: UNRESOLVED not in found)


def tell(client: Client, kind: int, *paths: Path) -> None:
    changes = [{"uri": path.as_uri(), "type": kind} for path in paths]
    client.notify("workspace/didChangeWatchedFiles", {"changes": changes})


def test_files_that_are_not_open_have_their_say(folder: Path):
    (folder / "store.yaml").write_text(RENAMED, encoding="utf-8")
    with Client() as client:
        start(client, folder)
        show(client, folder / "till.yaml")

        assert wait_for_mistake(client, folder / "till.yaml")


def test_what_is_open_wins_over_the_disk_until_it_is_closed(folder: Path):
    with Client() as client:
        start(client, folder)
        show(client, folder / "till.yaml")
        uri = show(client, folder / "store.yaml")
        line = STORE.split("\n").index("    - name: password")
        client.change(2, insertion(line, 20, "s"), uri=uri)
        wait_for_mistake(client, folder / "till.yaml")
        client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

        wait_for_none(client, folder / "till.yaml")


def test_an_edit_renews_what_depends_on_it_and_nothing_else(folder: Path):
    other = folder / "other.yaml"
    other.write_text(TILL.replace("till", "other").replace("$$SCONE::password$$", "none"), encoding="utf-8")
    with Client("--log-level", "debug") as client:
        start(client, folder)
        for path in (folder / "till.yaml", other, folder / "store.yaml"):
            show(client, path)
        client.request("workspace/diagnostic", {"previousResultIds": []})
        line = STORE.split("\n").index("    - name: password")
        client.ask("hover", 1, 1, other.as_uri())
        looks = looks_in(client)
        client.change(2, insertion(line, 20, "s"), uri=(folder / "store.yaml").as_uri())
        wait_for_mistake(client, folder / "till.yaml")
        client.change(3, insertion(line, 0, "# A comment.\n"), uri=(folder / "store.yaml").as_uri())
        client.diagnostics(3, (folder / "store.yaml").as_uri())
        client.ask("hover", 1, 1, other.as_uri())

        assert looks_in(client)[len(looks) :] == ["store.yaml", "till.yaml", "store.yaml"]


def looks_in(client: Client) -> list[str]:
    """Return the files at which the server looked for diagnostics, in their order."""
    return [line.rpartition("/")[2].strip("`\n") for line in list(client.errors) if "looks at `" in line]


def test_a_client_that_pulls_is_asked_to_do_so_when_another_file_depends_on_a_change(folder: Path):
    with Client() as client:
        client.answers["workspace/diagnostic/refresh"] = lambda _: None
        start(client, folder, capabilities=REFRESHED)
        till, store = show(client, folder / "till.yaml"), show(client, folder / "store.yaml")
        client.request("workspace/diagnostic", {"previousResultIds": []})
        first = client.request("textDocument/diagnostic", {"textDocument": {"uri": till}})
        same = {"textDocument": {"uri": till}, "previousResultId": first["resultId"]}
        unchanged = client.request("textDocument/diagnostic", same)
        client.wait_for(lambda message: message.get("method") == "workspace/diagnostic/refresh")
        client.change(2, {"text": RENAMED}, uri=store)
        client.wait_for(lambda message: message.get("method") == "workspace/diagnostic/refresh")
        second = client.request("textDocument/diagnostic", same)

        assert first["items"] == []
        assert unchanged["kind"] == "unchanged"
        assert UNRESOLVED in codes(second["items"])
        assert client.asked.count("workspace/diagnostic/refresh") == 2


def test_the_diagnostics_of_files_that_are_not_open_are_pulled_in_parts(folder: Path):
    (folder / "store.yaml").write_text(RENAMED, encoding="utf-8")
    with Client() as client:
        start(client, folder, capabilities=PULLING)
        params: dict[str, Any] = {"previousResultIds": [], "workDoneToken": WORK, "partialResultToken": PART}
        (report,) = client.request("workspace/diagnostic", params)["items"]
        kinds = [
            message["params"]["value"]["kind"]
            for message in client.messages
            if message.get("method") == "$/progress" and message["params"]["token"] == WORK
        ]
        known = [{"uri": report["uri"], "value": report["resultId"]}]
        (again,) = client.request("workspace/diagnostic", {"previousResultIds": known})["items"]
        (folder / "store.yaml").write_text(STORE, encoding="utf-8")
        tell(client, CHANGED, folder / "store.yaml")
        (mended,) = client.request("workspace/diagnostic", {"previousResultIds": known})["items"]

        assert report["uri"] == (folder / "till.yaml").as_uri()
        assert UNRESOLVED in codes(report["items"])
        assert (kinds[0], kinds[-1]) == ("begin", "end")
        assert again["kind"] == "unchanged"
        assert mended["items"] == []


def test_many_reports_come_in_parts(tmp_path: Path):
    for number in range(120):
        (tmp_path / f"{number}.yaml").write_text("apiVersion: scone/5.8\nkind: genservice\nbuil:\n", encoding="utf-8")
    with Client() as client:
        client.answers["window/workDoneProgress/create"] = lambda _: None
        start(client, tmp_path, capabilities={**PULLING, "window": {"workDoneProgress": True}})
        rest = client.request("workspace/diagnostic", {"previousResultIds": [], "partialResultToken": PART})["items"]
        values = [message["params"] for message in client.messages if message.get("method") == "$/progress"]
        parts = [value["value"]["items"] for value in values if value["token"] == PART]
        shown = [value["value"]["kind"] for value in values if value["token"] != PART]

        assert [len(part) for part in (*parts, rest)] == [50, 50, 20]
        assert (shown[0], shown[-1]) == ("begin", "end")


def test_files_that_change_are_followed(folder: Path):
    store, till = folder / "store.yaml", folder / "till.yaml"
    moved = folder / "moved.yaml"
    with Client() as client:
        start(client, folder)
        show(client, till)
        store.write_text(RENAMED, encoding="utf-8")
        tell(client, CHANGED, store)
        wait_for_mistake(client, till)
        store.write_text(STORE, encoding="utf-8")
        store.rename(moved)
        files = [{"oldUri": store.as_uri(), "newUri": moved.as_uri()}]
        client.notify("workspace/didRenameFiles", {"files": files})
        wait_for_none(client, till)
        moved.write_text(RENAMED, encoding="utf-8")
        client.notify("workspace/didCreateFiles", {"files": [{"uri": moved.as_uri()}]})

        assert wait_for_mistake(client, till)


def test_a_folder_that_is_deleted_takes_its_files_along(folder: Path):
    inner = folder / "inner"
    inner.mkdir()
    (folder / "store.yaml").rename(inner / "store.yaml")
    with Client() as client:
        start(client, folder)
        show(client, folder / "mesh.yaml")
        wait(client, folder / "mesh.yaml", lambda found: "unbuilt-image" not in found)
        (inner / "store.yaml").unlink()
        inner.rmdir()
        client.notify("workspace/didDeleteFiles", {"files": [{"uri": inner.as_uri()}]})

        assert wait(client, folder / "mesh.yaml", lambda found: "unbuilt-image" in found)


def test_what_git_ignores_does_not_count_until_it_does(folder: Path):
    (folder / "store.yaml").write_text(RENAMED, encoding="utf-8")
    (folder / "kept.yaml").write_text(STORE, encoding="utf-8")
    (folder / ".gitignore").write_text("store.yaml\n", encoding="utf-8")
    with Client() as client:
        start(client, folder)
        show(client, folder / "till.yaml")
        wait_for_none(client, folder / "till.yaml")
        (folder / ".gitignore").write_text("kept.yaml\n", encoding="utf-8")
        tell(client, CHANGED, folder / ".gitignore")

        assert wait_for_mistake(client, folder / "till.yaml")


def test_folders_come_and_go(folder: Path, tmp_path_factory: pytest.TempPathFactory):
    other = tmp_path_factory.mktemp("other")
    (folder / "store.yaml").rename(other / "store.yaml")
    (other / "store.yaml").write_text(RENAMED, encoding="utf-8")
    with Client() as client:
        start(client, folder)
        show(client, folder / "till.yaml")
        wait_for_none(client, folder / "till.yaml")
        added = {"uri": other.as_uri(), "name": "other"}
        client.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [added], "removed": []}})
        wait_for_mistake(client, folder / "till.yaml")
        client.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": [added]}})

        wait_for_none(client, folder / "till.yaml")


def test_a_file_under_two_names_counts_once(folder: Path, tmp_path_factory: pytest.TempPathFactory):
    link = tmp_path_factory.mktemp("links") / "link"
    link.symlink_to(folder)
    (folder / "again.yaml").symlink_to("store.yaml")
    (folder / "loop").symlink_to(".")
    with Client() as client:
        start(client, folder)
        show(client, link / "store.yaml")

        wait(client, link / "store.yaml", lambda found: "image-built-twice" not in found)


def test_a_place_in_another_file_is_that_of_its_own_text(folder: Path):
    (folder / "again.yaml").write_text(f"# A line more.\n{STORE}", encoding="utf-8")
    with Client() as client:
        start(client, folder)
        show(client, folder / "store.yaml")
        found = wait(client, folder / "store.yaml", lambda found: "image-built-twice" in found)
        (one,) = [each for each in found if each["code"] == "image-built-twice"]
        (place,) = [each["location"] for each in one["relatedInformation"]]

        assert place["uri"] == (folder / "again.yaml").as_uri()
        assert place["range"]["start"]["line"] == STORE.split("\n").index("  to: registry.example.com/shop/store:1") + 1


def test_what_is_bad_beside_the_manifests_does_no_harm(folder: Path):
    """A link to itself, a pipe, a manifest in UTF-16 and a big file of somebody else: the rest is found."""
    (folder / "loop.yaml").symlink_to("loop.yaml")
    os.mkfifo(folder / "pipe.yaml")
    (folder / "wide.yaml").write_bytes(STORE.encode("utf-16"))
    (folder / "store.yaml").write_text(RENAMED, encoding="utf-8")
    for name, text in (("big.yaml", FOREIGN), ("huge.yaml", STORE)):
        with (folder / name).open("wb") as file:
            file.write(text.encode())
            file.truncate(100 * 1024 * 1024)
    with Client() as client:
        start(client, folder)
        show(client, folder / "till.yaml")
        wait_for_mistake(client, folder / "till.yaml")

    log = "".join(client.errors)
    assert f"can't read `{folder / 'loop.yaml'}`: too many levels of symbolic links" in log
    assert f"`{folder / 'wide.yaml'}` is not UTF-8: it begins like UTF-16; save it as UTF-8" in log
    assert f"`{folder / 'huge.yaml'}` is too big for a manifest: more than 4 MB" in log
    assert "big.yaml" not in log
    assert "Traceback" not in log


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_named_and_passed_over(folder: Path):
    (folder / "closed").mkdir(mode=0)
    (folder / "store.yaml").write_text(RENAMED, encoding="utf-8")
    with Client() as client:
        start(client, folder)
        show(client, folder / "till.yaml")
        wait_for_mistake(client, folder / "till.yaml")

    assert f"can't read the folder `{folder / 'closed'}`: permission denied" in "".join(client.errors)


def test_a_workspace_folder_that_is_not_there_is_named(tmp_path: Path):
    with Client() as client:
        start(client, tmp_path / "gone")
        client.request("workspace/diagnostic", {"previousResultIds": []})

    assert f"can't read the folder `{tmp_path / 'gone'}`: no such file or directory" in "".join(client.errors)


def test_requests_are_answered_while_manifests_are_looked_for(tmp_path: Path):
    for number in range(300):
        (tmp_path / f"{number}.yaml").write_text(STORE.replace("store", f"store{number}"), encoding="utf-8")
    with Client() as client:
        client.answers["window/workDoneProgress/create"] = lambda _: None
        start(client, tmp_path, capabilities={**MODERN, "window": {"workDoneProgress": True}})
        client.open(STORE)
        client.wait_for(lambda message: message.get("method") == "$/progress")
        client.ask("hover", 1, 1)
        ended = [
            message
            for message in client.messages
            if message.get("method") == "$/progress" and message["params"]["value"]["kind"] == "end"
        ]

        assert ended == []


def test_a_path_is_found_when_its_file_is_made(folder: Path):
    path = folder / "copying.yaml"
    path.write_text(STORE.replace("store", "copier").replace("secrets:", "  copy:\n    - made.py\nsecrets:"), "utf-8")
    with Client() as client:
        start(client, folder)
        show(client, path)
        wait(client, path, lambda found: "missing-file" in found)
        (folder / "made.py").write_text("", encoding="utf-8")
        client.notify("workspace/didCreateFiles", {"files": [{"uri": (folder / "made.py").as_uri()}]})

        wait(client, path, lambda found: "missing-file" not in found)


def test_an_edit_is_undone_without_a_trace(folder: Path):
    with Client() as client:
        start(client, folder)
        show(client, folder / "till.yaml")
        uri = show(client, folder / "store.yaml")
        line = STORE.split("\n").index("    - name: password")
        client.change(2, insertion(line, 20, "s"), uri=uri)
        wait_for_mistake(client, folder / "till.yaml")
        client.change(3, replacement((line, 20), (line, 21), ""), uri=uri)

        wait_for_none(client, folder / "till.yaml")
