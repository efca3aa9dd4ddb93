"""Which files `check` looks at."""

import os
from pathlib import Path

import pytest

from scone_ls.analysis.document import Document
from scone_ls.files.discovery import sources
from scone_ls.files.failure import UnreadableError
from scone_ls.files.sieve import may_hold_manifest
from tests.cli.command import FOREIGN, SERVICE, scone_ls

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(name: str, content: str | bytes = SERVICE) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def found(*names: str) -> list[str]:
    return [
        f"! {one}" if isinstance(one, UnreadableError) else Path(one.name).as_posix()
        for one in sources(names or (".",), "-")
    ]


def test_manifests_are_found_by_what_is_in_them():
    put("a.yaml")
    put("b.yml")
    put("c.yaml.template")
    put("sub/any-name.yaml", f"{FOREIGN}---\n{SERVICE}")
    put("pod.yaml", FOREIGN)
    put("notes.txt")
    put("list.yaml", "- one\n- two\n")
    put("empty.yaml", "")

    assert ["a.yaml", "b.yml", "c.yaml.template", "sub/any-name.yaml"] == found()


def test_named_files_are_always_looked_at():
    put("pod.yaml", FOREIGN)
    put("manifest")

    assert ["pod.yaml", "manifest"] == found("pod.yaml", "manifest")


def test_names_are_shown_as_they_were_given(folder: Path):
    put("sub/a.yaml")

    assert ["sub/a.yaml"] == found("sub")
    assert ["sub/a.yaml"] == found("./sub/")
    assert [(folder / "sub" / "a.yaml").as_posix()] == found(str(folder))


@pytest.mark.parametrize("name", [".git", "target", "node_modules", ".venv", "__pycache__"])
def test_folders_that_are_surely_not_ours_are_passed_over(name: str):
    put(f"sub/{name}/a.yaml")

    assert [] == found()
    assert [f"sub/{name}/a.yaml"] == found(f"sub/{name}")


def test_a_virtual_environment_of_any_name_is_passed_over():
    put("env/pyvenv.cfg", "")
    put("env/lib/a.yaml")

    assert [] == found()


def test_a_file_is_looked_at_once_whatever_it_is_called():
    put("a.yaml")
    Path("b.yaml").symlink_to("a.yaml")

    assert ["a.yaml"] == found("a.yaml", ".")
    assert ["a.yaml"] == found(".")


def test_links_to_folders_are_not_followed():
    put("sub/a.yaml")
    Path("sub/loop").symlink_to("..")
    Path("link").symlink_to("sub")

    assert ["sub/a.yaml"] == found()


def test_a_link_to_nowhere_in_a_folder_is_no_file():
    Path(".#a.yaml").symlink_to("user@host.1234")

    assert [] == found()


def test_a_link_to_itself():
    Path("a.yaml").symlink_to("a.yaml")

    assert ["! can't read `a.yaml`: too many levels of symbolic links"] == found()


def test_what_is_no_regular_file_is_passed_over_in_folders():
    os.mkfifo("a.yaml")
    Path("b.yaml").mkdir()

    assert [] == found()


def test_a_file_that_is_not_there():
    assert ["! can't read `a.yaml`: no such file or directory"] == found("a.yaml")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (SERVICE.encode() + b"# gr\xe9\n", "byte 0xe9 at line 9, column 5"),
        (b"kind: mesh\r\na: \xff\n", "byte 0xff at line 2, column 4"),
        ("ä: ö\nü: ".encode() + b"\x80", "byte 0x80 at line 2, column 4"),
        (SERVICE.encode("utf-16"), "it begins like UTF-16"),
    ],
)
def test_a_file_that_is_not_utf_8(content: bytes, place: str):
    put("a.yaml", content)

    assert [f"! `a.yaml` is not UTF-8: {place}; save it as UTF-8"] == found("a.yaml")


def test_in_folders_only_manifests_have_to_be_utf_8():
    put("pod.yaml", FOREIGN.encode() + b"# \xff")
    put("a.yaml", SERVICE.encode() + b"# \xff")
    put("b.yaml", SERVICE.encode("utf-16"))

    assert ["! `a.yaml` is not UTF-8", "! `b.yaml` is not UTF-8"] == [line.partition(":")[0] for line in found()]


def test_huge_files_are_of_interest_only_where_they_begin_like_manifests():
    for name, content in (("big.yaml", SERVICE), ("log.yaml", FOREIGN)):
        with put(name, content).open("r+b") as file:
            file.truncate(65 * 1024 * 1024)

    assert ["! `big.yaml` is too big for a manifest: more than 64 MB"] == found()
    assert ["! `log.yaml` is too big for a manifest: more than 64 MB"] == found("log.yaml")


def test_a_file_beside_one_that_can_not_be_read_is_checked():
    put("a.yaml", b"kind: genservice\n\xff")
    put("b.yaml")

    outcome = scone_ls("check")

    assert (2, "found nothing wrong in 1 manifest\n") == outcome[:2]
    assert "scone-ls: `a.yaml` is not UTF-8: byte 0xff at line 2, column 1; save it as UTF-8\n" == outcome.err


@pytest.mark.parametrize(
    "string",
    [
        SERVICE,
        SERVICE.replace("\n", "\r\n"),
        SERVICE.replace("\n", "\r"),
        '"kind": "mesh"\n\'apiVersion\' : scone/5.8 # ours\n',
        "{apiVersion: scone/5.8, kind: mesh}\n",
        "# comment\n\n  apiVersion: scone/5.8\n  kind: mesh\n",
        "---\n--- # second\nkind: genservice\n",
        "! {kind: mesh}\n",
        "apiVersion: scone/5.8\nkin",
        "%YAML 1.2\n---\nkind: genservice\n",
        "some: thing\n...\nkind: genservice\n",
    ],
)
def test_the_sieve_lets_manifests_through(string: str):
    assert may_hold_manifest(string)


@pytest.mark.parametrize("string", ["", "# only\n", FOREIGN, "- kind: mesh\n", "services:\n  web:\n    image: x\n"])
def test_the_sieve_holds_back_what_is_surely_not_ours(string: str):
    assert not may_hold_manifest(string)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the corpus beside the repository")
def test_the_sieve_agrees_with_the_parser_on_the_corpus():
    texts = [path.read_bytes().decode(errors="replace") for path in CORPUS.rglob("*") if path.is_file()]
    wrong = [text for text in texts if Document.open("file:///x.yaml", text).manifests and not may_hold_manifest(text)]

    assert len(texts) > 100
    assert [] == wrong


def test_all_examples_are_found():
    examples = ROOT / "examples"
    manifests = {
        str(path)
        for path in examples.rglob("*")
        if path.is_file() and Document.open("file:///x.yaml", path.read_bytes().decode(errors="replace")).manifests
    }

    assert manifests == {one.name for one in sources((str(examples),), "-") if not isinstance(one, UnreadableError)}
