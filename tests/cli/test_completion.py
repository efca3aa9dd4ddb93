"""`scone-ls completion`, in the real shells; those that are not installed are left to CI, which installs them."""

import os
import pty
import re
import select
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from scone_ls.cli.arguments import parser
from scone_ls.rules import RULES
from tests.cli.command import scone_ls

SECONDS = 20.0
BASH = """
source scone-ls.bash
COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
compopt() {{ :; }}
_scone_ls
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
ZSH = "PS1='ready>'; autoload -Uz compinit && compinit -u -D; zstyle ':completion:*' list-prompt ''; source ./scone-ls.zsh"
INSTALLED = [shell for shell in ("bash", "fish") if shutil.which(shell)]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for shell in ("bash", "zsh", "fish"):
        Path(f"scone-ls.{shell}").write_text(scone_ls("completion", shell).out)
    Path("service.yaml").touch()
    Path("shop").mkdir()
    return tmp_path


def completed(shell: str, line: str) -> set[str]:
    """Return what a shell offers after a line."""
    if shell == "bash":
        words = " ".join(f"'{word}'" for word in line.split(" "))
        program = ["bash", "--norc", "-c", BASH.format(words=words)]
    else:
        program = ["fish", "--no-config", "-c", f"source scone-ls.fish; complete -C {line!r}"]
    run = subprocess.run(program, capture_output=True, text=True, check=True, env={**os.environ, "HOME": os.getcwd()})  # noqa: PTH109
    return {offer.partition("\t")[0].rstrip("/") for offer in run.stdout.splitlines() if offer}


@pytest.mark.parametrize("shell", INSTALLED)
@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("scone-ls che", {"check"}),
        ("scone-ls check --sev", {"--severity"}),
        ("scone-ls check --severity ", {"error", "warning", "information", "hint"}),
        ("scone-ls check --output-format s", {"sarif"}),
        ("scone-ls check --ignore unused-", {"unused-ignore"}),
        ("scone-ls rule unknown-k", {"unknown-key", "unknown-kind"}),
        ("scone-ls schema ", {"genservice", "mesh"}),
        ("scone-ls completion ", {"bash", "zsh", "fish"}),
        ("scone-ls check serv", {"service.yaml"}),
        ("scone-ls build --folder s", {"shop"}),
    ],
)
def test_what_is_offered(shell: str, line: str, offers: set[str]):
    assert completed(shell, line) == offers


@pytest.mark.parametrize("shell", INSTALLED)
def test_all_commands_are_offered(shell: str):
    commands = set(re.findall(r"^    (\w+)(?=  |$)", parser().format_help(), re.MULTILINE))

    assert len(commands) > 5
    assert {offer for offer in completed(shell, "scone-ls ") if not offer.startswith("-")} == commands


def test_every_rule_is_in_every_script():
    for shell in ("bash", "zsh", "fish"):
        script = Path(f"scone-ls.{shell}").read_text()
        assert [rule.code for rule in RULES if rule.code not in script] == []


@pytest.mark.parametrize("shell", [shell for shell in ("bash", "zsh", "fish") if shutil.which(shell)])
def test_the_script_is_sound(shell: str):
    assert subprocess.run([shell, "-n", f"scone-ls.{shell}"], capture_output=True, check=True).stderr == b""


@pytest.mark.parametrize("shell", [shell for shell in ("zsh",) if shutil.which(shell)])
@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("scone-ls che", "scone-ls check "),
        ("scone-ls check --sev", "scone-ls check --severity "),
        ("scone-ls check --output-format sa", "scone-ls check --output-format sarif "),
        ("scone-ls rule unused-", "scone-ls rule unused-ignore "),
        ("scone-ls schema m", "scone-ls schema mesh "),
        ("scone-ls check serv", "scone-ls check service.yaml "),
    ],
)
def test_what_zsh_makes_of_a_line(shell: str, typed: str, line: str):
    ours, its = pty.openpty()
    with subprocess.Popen(
        [shell, "-f", "-i"],
        stdin=its,
        stdout=its,
        stderr=its,
        start_new_session=True,
        env={**os.environ, "TERM": "dumb", "HOME": os.getcwd()},  # noqa: PTH109
    ) as running:
        try:
            os.write(ours, f"{ZSH}; echo now' 'ready\n".encode())
            read_until("now ready", ours)
            os.write(ours, f"{typed}\t".encode())
            read_until(line, ours)
        finally:
            running.kill()
            os.close(ours)
            os.close(its)


def read_until(end: str, terminal: int) -> None:
    shown = ""
    deadline = time.monotonic() + SECONDS
    while end not in shown:
        assert time.monotonic() < deadline, f"zsh shows only {shown!r}"
        if select.select([terminal], [], [], 0.1)[0]:
            shown += os.read(terminal, 4096).decode(errors="replace").replace("\a", "")
