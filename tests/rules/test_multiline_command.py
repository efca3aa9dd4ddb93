import pytest

from tests.dsl.checks import check_diagnostics, check_fix, check_no_fix

SERVICE = (
    "apiVersion: scone/5.8\nkind: genservice\nbuild:\n  name: a\n  kind: python\n  to: b\n  command: c\n"
    "  run:\n    - %s\n    - echo done\nenvironment:\n"
)


def run(*lines: str) -> str:
    return SERVICE % "\n      ".join(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("mkdir -p /a",),
        ("|", "mkdir -p /a"),
        (">", "mkdir -p /a", "&& chmod 700 /a"),
        (">-", "mkdir -p /a &&", "chmod 700 /a"),
        (">", "apt-get install -y", "curl git", "python3"),
        (">", 'echo "No need for \\\\"', "&& true"),
        (">", "printf 'first", "mkdir -p /a'"),
        ("mkdir -p /a", "/b"),
        ('"mkdir -p /a \\', '  /b"'),
        ("> # both", "", "  echo", "", ""),
    ],
)
def test_silence(lines: tuple[str, ...]):
    check_diagnostics(run(*lines))


def test_a_backslash_at_the_end_of_a_line():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: genservice
        build:
          name: a
          kind: python
          to: b
          command: c
          run:
            - >
              mkdir -p /a \\
        #                 ^ multiline-command: the lines of this command become one, in which `\\` escapes a blank; leave it out
              && chmod 700 /a
        environment:
    """)


def test_a_command_without_a_connection():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: genservice
        build:
          name: a
          kind: python
          to: b
          command: c
          run:
            - >
              apt-get update
              apt-get install -y curl
        #     ^^^^^^^^^^^^^^^^^^^^^^^ multiline-command: the lines of this command become one, and `apt-get install` does not begin with `&&`
        environment:
    """)


def test_a_line_that_is_indented_further_stays_one():
    check_fix(run(">", "mkdir -p /a", "  && chmod 700 /a"), run(">", "mkdir -p /a", "&& chmod 700 /a"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("|", "a", "b"), (">", "a", "&& b")),
        (("|-  # two", "a &&", "b \\", "  && c"), (">-  # two", "a &&", "b", "&& c")),
        (("|", "a \\", "  --option", "", "b | ", "c"), (">", "a", "--option", "&& b |", "c")),
        ((">", "pip install a", "pip install b"), (">", "pip install a", "&& pip install b")),
    ],
)
def test_it_becomes_one_line(before: tuple[str, ...], after: tuple[str, ...]):
    check_fix(run(*before), run(*after))


def test_line_ends_stay():
    check_fix(run("|", "a", "b").replace("\n", "\r\n"), run(">", "a", "&& b").replace("\n", "\r\n"))


@pytest.mark.parametrize(
    "lines",
    [
        ("|", "if a", "then b", "fi"),
        ("|", "cat > /x <<END", "text", "END"),
        ("|", "echo 'two", "lines'"),
        ("|2", "  a", "  b"),
        ('"a\\nb"',),
    ],
)
def test_no_way_out(lines: tuple[str, ...]):
    check_no_fix(run("<|>" + lines[0], *lines[1:]))


@pytest.mark.parametrize("value", ["run:", "run: []", "run: {a: b}", "run: [{a: b}, *c]"])
def test_what_is_no_list_of_texts(value: str):
    text = SERVICE.replace("  run:\n    - %s\n    - echo done\n", f"  {value}\n")

    check_no_fix(text.replace("name: a", "<|>name: a"))


def test_a_backslash_with_nothing_behind_it():
    head = "apiVersion: scone/5.8\nkind: genservice\nenvironment:\nbuild:\n  name: a\n  kind: python\n  to: b\n  command: c\n  run:\n"

    check_diagnostics(
        f"{head}    - apk update \\\n"
        "#                ^ multiline-command: the `\\` at the end goes on with whatever stands behind this command; leave it out\n"
    )
    check_fix(f"{head}    - apk update \\\n    - b\n", f"{head}    - apk update\n    - b\n")
