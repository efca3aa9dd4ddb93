"""What went wrong in a build is read from its output."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scone_ls.build.errors import Level, Listener, Origin, Place, Problem, problems_in
from scone_ls.build.lines import is_frame, plain, step_of


def found(*lines: str, code: int = 1) -> tuple[Problem, ...]:
    return problems_in(map(plain, lines), code)


def only(*lines: str, code: int = 1) -> Problem:
    (problem,) = found(*lines, code=code)
    return problem


def test_an_error_with_its_number():
    problem = only("error rendering template (Error 5134-30338-3378)")

    assert (Origin.TOOL, Level.ERROR, "5134-30338-3378") == (problem.origin, problem.level, problem.code)
    assert "error rendering template" == problem.message


def test_a_warning_with_its_number():
    problem = only("Warning: no stable image 'shop:1' (Warning 1-2-3)", code=0)

    assert (Level.WARNING, "1-2-3", "no stable image 'shop:1'") == (problem.level, problem.code, problem.message)


def test_colours_and_turning_wheels_are_no_part_of_it():
    frames = "\r⠋     0.100 s\tExecuting command 'apply'\r⠙     0.200 s\tExecuting command 'apply'"
    problem = only(frames, "\x1b[1;31mERROR: no access\x1b[0m (Error 1-2-3)")

    assert "no access" == problem.message


def test_causes_belong_to_what_they_caused():
    problem = only("error: cannot read (Error 1-2-3)", "", "Caused by:", "    0: no file", "    1: no folder", "other")

    assert ("no file", "no folder") == problem.causes
    assert "cannot read\ncaused by: no file\ncaused by: no folder" == problem.text
    assert ["error: cannot read (Error 1-2-3)", "Caused by:", "    0: no file", "    1: no folder"] == [
        raw.text for raw in problem.raw
    ]
    assert 3 == problem.raw[1].number


def test_causes_on_one_line_each():
    assert ("denied", "no login") == only("ERROR: push failed", "  Caused by: denied", "  Caused by: no login").causes


def test_a_place_in_the_manifest():
    assert Place(3, 5) == only("error: missing field `name` at line 3 column 5").place
    assert Place(3, 5) == only("build: invalid type at line 3, column 5").place
    assert (
        Place(3, 5) == only("error: bad manifest (Error 1-2-3)", "  Caused by: invalid type at line 3 column 5").place
    )


@pytest.mark.parametrize(
    "line",
    [
        "docker: invalid spec: :/home/nonroot/.kube/config: empty section between colons.",
        "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
        "docker: Error response from daemon: pull access denied for x, repository does not exist.",
        "Error response from daemon: No such image: x",
        "denied: requested access to the resource is denied",
        "unauthorized: authentication required",
        "ERROR: failed to solve: process did not complete",
        "The command '/bin/sh -c pip install x' returned a non-zero code: 1",
        "COPY failed: file not found in build context: stat shop.py: file does not exist",
        "permission denied while trying to connect to the Docker daemon socket",
    ],
)
def test_failures_of_docker_are_told_apart(line: str):
    problem = only(line)

    assert (Origin.DOCKER, Level.ERROR) == (problem.origin, problem.level)


def test_failures_of_sconectl_itself_are_told_apart():
    problem = only("help", "ERROR: You need to specify a COMMAND. (Error 696-7363-5766)")

    assert (Origin.SCONECTL, "You need to specify a COMMAND.") == (problem.origin, problem.message)


@pytest.mark.parametrize(
    ("line", "level", "message"),
    [
        ("[SCONE|FATAL] tools/starter.c:12:main(): no enclave", Level.ERROR, "no enclave"),
        ("[SCONE|WARN] tools/starter.c:12:main(): slow", Level.WARNING, "slow"),
        ("[2025-08-01T10:00:00Z ERROR scone] no session", Level.ERROR, "no session"),
        ("[2025-08-01T10:00:00Z WARN  scone] old session", Level.WARNING, "old session"),
        ("thread 'main' panicked at 'no manifest', src/main.rs:1:2", Level.ERROR, "no manifest"),
        ("error[E0001]: no way", Level.ERROR, "no way"),
    ],
)
def test_the_forms_in_which_the_tool_speaks(line: str, level: Level, message: str):
    problem = found(line)[0]

    assert (Origin.TOOL, level, message) == (problem.origin, problem.level, problem.message)


def test_what_sconectl_says_at_the_end_is_no_problem_of_its_own():
    end = "Execution failed:  'docker run x' - See messages above. Command apply returned error."
    status = "  Error=ExitStatus(unix_wait_status(256)) (Error 22597-24820-10449)"

    assert "bad" == only("error: bad (Error 1-2-3)", end, status).message


@pytest.mark.parametrize(
    ("status", "origin", "message"),
    [
        (32000, Origin.DOCKER, "docker ended with exit code 125: something"),
        (512, Origin.TOOL, "the build ended with exit code 2: something"),
    ],
)
def test_where_nothing_looks_like_an_error_the_last_lines_are_shown(status: int, origin: Origin, message: str):
    problem = only("one", "something", f"  Error=ExitStatus(unix_wait_status({status})) (Error 22597-24820-10449)")

    assert (origin, message) == (problem.origin, problem.message)
    assert ["one", "something"] == [raw.text for raw in problem.raw]


def test_a_wish_of_the_user_is_no_warning():
    assert () == found("Warning: SCONECTL_NOPULL is set hence, not pulling CLI image", code=0)


def test_a_build_without_a_word():
    assert "the build ended with exit code 1 and said nothing" == only().message


def test_a_build_that_succeeded_has_no_errors():
    assert () == found("all is well", code=0)
    assert [Level.WARNING] == [problem.level for problem in found("ERROR: cannot pull (Error 1-2-3)", code=0)]


def test_names_are_those_in_quotes_then_paths_and_images():
    assert ("shop", "registry.example.com/shop:1", "stat.py") == only(
        "error: image 'shop' is not registry.example.com/shop:1, see stat.py"
    ).names


def test_the_same_is_said_once():
    assert 1 == len(found("error: bad", "error: bad", "error: bad"))


def test_a_flood_is_not_kept():
    listener = Listener()
    for number in range(10_000):
        listener.hear(f"error: number {number}")

    assert 50 == len(listener.problems(1))


@pytest.mark.parametrize("part", [".", "/", "a.", "'", "`a", ", a:", "1-", "[", "ERROR ", "at line 1 ", "\x1b["])
def test_long_lines_of_odd_characters_are_read_at_once(part: str):
    for start in ("error: ", "[SCONE|ERROR] ", "thread 'main' panicked at '", "x (Error 1"):
        assert found(start + part * 1000)


@given(st.lists(st.text(), max_size=20), st.integers(0, 255))
def test_any_output_gives_an_answer(lines: list[str], code: int):
    assert (code == 0) or found(*lines, code=code)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("10 %\r50 %\r100 %", "100 %"),
        ("done\r", "done"),
        ("\x1b]0;title\x07text", "text"),
        ("", ""),
        ("a\tb", "a\tb"),
        ("\r⠋     0.100 s\tPulling image 'x'\r⠙     0.200 s\tPulling image 'x'", "⠙     0.200 s\tPulling image 'x'"),
        ("\r⠋     0.100 s\tExecuting command 'apply'done", "done"),
        ("done\r⠋     0.100 s\tExecuting command 'apply'", "done"),
    ],
)
def test_what_a_terminal_would_show(written: str, shown: str):
    assert shown == plain(written)


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("⠋     0.001 s\tPulling image 'x'", "Pulling image 'x'"),
        ("Step 2/5 : RUN true", "Step 2/5 : RUN true"),
        ("#7 [2/4] COPY . .", "[2/4] COPY . ."),
        ("[2025-08-01T10:00:00Z INFO  scone] sconify", "sconify"),
        ("x" * 10, None),
        (f"Building {'x' * 100}", f"Building {'x' * 70}…"),
    ],
)
def test_steps(line: str, step: str | None):
    assert step == step_of(line)


def test_frames():
    assert is_frame("⠋     0.001 s\tPulling image 'x'")
    assert not is_frame("Step 1/2 : FROM x")
