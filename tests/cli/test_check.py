"""What `scone-ls check` prints and how it ends."""

import json
import os
import pty
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from scone_ls import __version__
from scone_ls.features.diagnostics import Asked
from scone_ls.rules import RULES, unknown_key
from scone_ls.rules.rule import Rule
from tests.cli.command import FOREIGN, MISSPELT, PROGRAM, SERVICE, Outcome, program, scone_ls

ROOT = Path(__file__).parents[2]
FAULTY = ROOT / "examples" / "faulty" / "manifest.yaml"

WARNING = """\
a.yaml:7:3: warning[unknown-key] unknown key `qcommand`; did you mean `command`?
   |
 7 |   qcommand: python3 shop.py
   |   ^^^^^^^^
   = help: rename it to `command`

"""
WRONG_TYPE = SERVICE.replace("name: shop\n", "name: [shop]\n")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(name: str, content: str | bytes) -> None:
    Path(name).write_bytes(content.encode() if isinstance(content, str) else content)


def test_a_mistake_with_its_line_its_place_and_the_way_out():
    put("a.yaml", MISSPELT)

    assert Outcome(1, f"{WARNING}found 1 warning in 1 manifest (1 fixable with --fix)\n", "") == scone_ls("check")


def test_nothing_wrong():
    put("a.yaml", f"{SERVICE}---\n{SERVICE}")

    assert Outcome(0, "found nothing wrong in 2 manifests\n", "") == scone_ls("check", "a.yaml")


def test_nothing_to_check():
    put("pod.yaml", FOREIGN)

    assert Outcome(0, "found no manifests\n", "") == scone_ls("check")
    assert Outcome(0, "found no manifests\n", "") == scone_ls("check", "pod.yaml")


def test_several_sorts_in_several_files():
    put("a.yaml", MISSPELT)
    put("b.yaml", WRONG_TYPE.replace("shop:1", "shop:2"))
    outcome = scone_ls("check")

    assert 1 == outcome.code
    assert outcome.out.startswith(WARNING)
    assert outcome.out.endswith("\n\nfound 1 error and 1 warning in 2 manifests (1 fixable with --fix)\n")


def test_standard_input():
    expected = WARNING.replace("a.yaml", "shop.yaml")

    assert expected in scone_ls("check", "-", "--stdin-filename", "shop.yaml", stdin=MISSPELT).out
    assert WARNING.replace("a.yaml", "-") in scone_ls("check", "-", stdin=MISSPELT).out


def test_standard_input_that_is_not_utf_8():
    assert (
        Outcome(2, "", "scone-ls: `-` is not UTF-8: byte 0xff at line 1, column 1; save it as UTF-8\n")
    ) == scone_ls("check", "-", stdin=b"\xff")


@pytest.mark.parametrize(
    ("content", "options", "code"),
    [
        (SERVICE, [], 0),
        (MISSPELT, [], 1),
        (WRONG_TYPE, [], 1),
        (MISSPELT, ["--severity", "error"], 0),
        (MISSPELT, ["--severity", "warning"], 1),
        (WRONG_TYPE, ["--severity", "error"], 1),
        (WRONG_TYPE, ["--exit-zero"], 0),
        (MISSPELT, ["--ignore", "unknown-key"], 0),
        (WRONG_TYPE, ["--ignore", "unknown-key"], 1),
        (SERVICE + "# scone-ls: ignore[unknown-key]\n", [], 0),
    ],
)
def test_the_exit_code(content: str, options: list[str], code: int):
    put("a.yaml", content)

    assert code == scone_ls("check", *options).code


def test_hints_are_shown_and_do_not_count():
    put("a.yaml", SERVICE.replace("genservice\n", "genservice  # scone-ls: ignore[unknown-kind]\n"))
    outcome = scone_ls("check")

    assert 0 == outcome.code
    assert "hint[unused-ignore]" in outcome.out
    assert outcome.out.endswith("found 1 hint in 1 manifest (1 fixable with --fix)\n")


def test_what_is_less_severe_is_left_out_and_not_counted():
    put("a.yaml", MISSPELT)

    assert "found nothing wrong in 1 manifest\n" == scone_ls("check", "--severity", "error").out


def test_a_file_that_can_not_be_read_comes_before_all_else():
    put("a.yaml", MISSPELT)
    outcome = scone_ls("check", "gone.yaml", "a.yaml", "--exit-zero")

    assert (2, "scone-ls: can't read `gone.yaml`: no such file or directory\n") == (outcome.code, outcome.err)
    assert outcome.out.startswith(WARNING)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "--ignore", "unknwn-key"], "there is no rule `unknwn-key`; did you mean `unknown-key`?"),
        (["check", "--ignore", "x"], "there is no rule `x`; `scone-ls rule` lists all"),
        (
            ["check", "--fxi"],
            "unknown option `--fxi`; did you mean `--fix`? (`scone-ls check --help` says more)",
        ),
        (["check", "--x=1"], "unknown option `--x` (`scone-ls check --help` says more)"),
        (
            ["check", "--severity", "errer"],
            "`errer` is no value for --severity; did you mean `error`? (`scone-ls check --help` says more)",
        ),
        (
            ["check", "--color", "red"],
            "`red` is no value for --color; there are `auto`, `always`, `never` (`scone-ls check --help` says more)",
        ),
        (["checks"], "there is no command `checks`; did you mean `check`? (`scone-ls --help` says more)"),
        (["rule", "a", "b"], "`b` is one argument too many (`scone-ls rule --help` says more)"),
    ],
)
def test_options_that_make_no_sense(arguments: list[str], message: str):
    assert Outcome(2, "", f"scone-ls: {message}\n") == scone_ls(*arguments)


def test_a_bom_is_no_part_of_the_text():
    put("a.yaml", b"\xef\xbb\xbf" + MISSPELT.replace("apiVersion", "apiVersio").encode())

    assert scone_ls("check").out.startswith("a.yaml:1:1: ")


def test_windows_line_ends_change_nothing():
    put("a.yaml", MISSPELT.replace("\n", "\r\n"))

    assert scone_ls("check").out.startswith(WARNING)


def test_columns_count_characters():
    put("a.yaml", MISSPELT.replace("  qcommand:", "  '😀': 1\n  qcommand:").replace("  qcommand", '  "qcommand"'))

    assert "a.yaml:8:3: warning[unknown-key]" in scone_ls("check").out


def test_a_text_gives_a_terminal_no_orders():
    put("a.yaml", SERVICE + "\x1b]0;owned\x07: 1\n")
    outcome = scone_ls("check", "--color", "never")

    assert "\x1b" not in outcome.out
    assert 1 == outcome.code


def test_a_file_name_gives_a_terminal_no_orders():
    put("a\x1b[2J\n.yaml", MISSPELT)

    assert scone_ls("check").out.startswith("a␛[2J␊.yaml:7:3: ")


def test_a_file_name_that_is_no_text(folder: Path):
    (folder / os.fsdecode(b"gr\xe9.yaml")).write_text(MISSPELT, encoding="utf-8")

    outcome = scone_ls("check")

    assert (1, "") == (outcome.code, outcome.err)
    assert outcome.out.startswith("gr\ufffd.yaml:7:3: ")
    assert 1 == scone_ls("check", "--output-format", "json").code


@pytest.mark.parametrize(
    ("options", "variables", "look"),
    [
        ([], {}, "plain"),
        (["--color", "always"], {}, "coloured"),
        ([], {"FORCE_COLOR": "1"}, "coloured"),
        ([], {"FORCE_COLOR": "0"}, "plain"),
        ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, "plain"),
        (["--color", "always"], {"NO_COLOR": "1"}, "coloured"),
        (["--color", "never"], {"FORCE_COLOR": "1"}, "plain"),
    ],
)
def test_colour(options: list[str], variables: dict[str, str], look: str, monkeypatch: pytest.MonkeyPatch):
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    put("a.yaml", MISSPELT)

    assert look == ("coloured" if "\x1b[" in scone_ls("check", *options).out else "plain")


def test_colour_on_a_terminal(monkeypatch: pytest.MonkeyPatch):
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    put("a.yaml", MISSPELT)
    ours, theirs = pty.openpty()
    subprocess.run([*PROGRAM, "check"], stdout=theirs, env={**os.environ, "TERM": "xterm"}, check=False, timeout=60)
    os.close(theirs)

    assert b"\x1b[1ma.yaml:7:3:\x1b[0m \x1b[1;33mwarning[unknown-key]\x1b[0m unknown key" in os.read(ours, 10_000)
    os.close(ours)


def test_json_has_the_shape_that_ruff_prints(folder: Path):
    put("a.yaml", MISSPELT)
    outcome = scone_ls("check", "--output-format", "json")

    assert (1, "") == (outcome.code, outcome.err)
    assert [
        {
            "cell": None,
            "code": "unknown-key",
            "end_location": {"column": 11, "row": 7},
            "filename": str(folder / "a.yaml"),
            "fix": {
                "applicability": "safe",
                "edits": [
                    {
                        "content": "command",
                        "end_location": {"column": 11, "row": 7},
                        "location": {"column": 3, "row": 7},
                    }
                ],
                "message": "rename it to `command`",
            },
            "location": {"column": 3, "row": 7},
            "message": "unknown key `qcommand`; did you mean `command`?",
            "noqa_row": 7,
            "severity": "warning",
            "url": objects(outcome)[0]["url"],
        }
    ] == objects(outcome)
    assert objects(outcome)[0]["url"].endswith("/rules/unknown-key/")


def test_json_of_nothing():
    put("a.yaml", SERVICE)

    assert Outcome(0, "[]\n", "") == scone_ls("check", "--output-format", "json")


def test_text_and_json_name_the_same_places():
    lines = [line for line in scone_ls("check", FAULTY).out.splitlines() if line.startswith(str(FAULTY))]
    places = [
        f"{one['filename']}:{one['location']['row']}:{one['location']['column']}: {one['severity']}[{one['code']}] {one['message']}"
        for one in objects(scone_ls("check", FAULTY, "--output-format", "json"))
    ]

    assert len(places) >= 9
    assert places == lines


def test_json_edits_mend_what_they_belong_to():
    text = FAULTY.read_text(encoding="utf-8")
    found = objects(scone_ls("check", "-", "--output-format", "json", stdin=text))
    safe = [one["fix"]["edits"] for one in found if one["fix"] and one["fix"]["applicability"] == "safe"]

    assert len(safe) >= 3
    for edits in safe:
        mended = applied(text, edits)

        assert len(objects(scone_ls("check", "-", "--output-format", "json", stdin=mended))) < len(found)


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """Apply edits as a program would that knows nothing but the JSON."""
    lines = text.split("\n")

    def offset(location: dict[str, int]) -> int:
        return sum(len(line) + 1 for line in lines[: location["row"] - 1]) + location["column"] - 1

    for edit in sorted(edits, key=lambda edit: offset(edit["location"]), reverse=True):
        text = text[: offset(edit["location"])] + edit["content"] + text[offset(edit["end_location"]) :]
    return text


def objects(outcome: Outcome) -> list[dict[str, Any]]:
    return json.loads(outcome.out)


def test_a_rule_that_fails_costs_one_line_and_an_exit_code(monkeypatch: pytest.MonkeyPatch):
    """A defect is put in the place of a rule; everything else is found all the same."""
    put("a.yaml", MISSPELT)
    monkeypatch.setattr("scone_ls.features.diagnostics.ASKED", Asked.of((broken(unknown_key.RULE), *RULES)))
    outcome = scone_ls("check")

    assert 2 == outcome.code
    assert WARNING in outcome.out
    assert (
        "scone-ls: a defect of scone-ls showed in `a.yaml`: ValueError: two lines; please report it with what --debug prints\n"
    ) == outcome.err
    assert "Traceback" in scone_ls("check", "--debug").err


def broken(rule: Rule) -> Rule:
    def check(_: object) -> tuple[()]:
        raise ValueError("two\nlines")

    return Rule(rule.code, rule.severity, rule.since, rule.group, check)


def test_a_reader_that_goes_away_early():
    for index in range(200):
        put(f"{index}.yaml", MISSPELT)
    running = subprocess.Popen([*PROGRAM, "check"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.readline()
    running.stdout.close()

    assert b"" == running.stderr.read()
    assert 141 == running.wait()
    running.stderr.close()


def test_a_device_that_is_full():
    put("a.yaml", MISSPELT)
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run([*PROGRAM, "check"], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)

    assert (2, b"scone-ls: can't go on: no space left on device\n") == (ended.returncode, ended.stderr)


def test_a_standard_output_that_is_closed():
    put("a.yaml", MISSPELT)
    ended = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", *PROGRAM, "check"], stderr=subprocess.PIPE, check=False, timeout=60
    )

    assert (1, b"") == (ended.returncode, ended.stderr)


def test_a_terminal_that_knows_few_characters():
    put("a.yaml", MISSPELT.replace("python3 shop.py", "python3 größe.py"))

    assert "gr\\xf6\\xdfe.py" in program("check", PYTHONIOENCODING="ascii").out


def test_an_interrupt():
    os.mkfifo("fifo.yaml")
    command = [*PROGRAM, "check", "fifo.yaml"]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running,
        Path("fifo.yaml").open("w"),  # Opened only once the program is about to read, but perhaps not yet reading.
    ):
        time.sleep(0.5)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)

    assert (130, b"", b"") == (running.returncode, out, err)


def test_a_named_pipe_is_read():
    os.mkfifo("fifo.yaml")
    with subprocess.Popen([*PROGRAM, "check", "fifo.yaml"], stdout=subprocess.PIPE) as running:
        Path("fifo.yaml").write_text(SERVICE, encoding="utf-8")
        out, _ = running.communicate(timeout=60)

    assert b"found nothing wrong in 1 manifest\n" == out


def test_the_version():
    assert Outcome(0, f"scone-ls {__version__}\n", "") == scone_ls("--version")


def test_no_command():
    outcome = scone_ls()

    assert (2, "usage: scone-ls [-h] [--version] COMMAND ...") == (outcome.code, outcome.out.splitlines()[0])
