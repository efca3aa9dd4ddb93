from tests.dsl.checks import check_diagnostics, check_fix

TOP = (
    "apiVersion: scone/5.8\nkind: genservice\nbuild:\n  name: a\n  kind: perl%s\n  to: b\n  command: c\nenvironment:\n"
)
UNUSED = "`wrong-type` is not found here, so there is nothing to ignore"


def test_one_that_is_needed():
    check_diagnostics(TOP % " # scone-ls: ignore[unknown-value]")


def test_one_among_several():
    check_diagnostics(
        TOP
        % f" # scone-ls: ignore[wrong-type, unknown-value]\n#                               ^^^^^^^^^^ unused-ignore: {UNUSED}"
    )


def test_only_what_is_unused_goes():
    check_fix(TOP % " # scone-ls: ignore[wrong-type, unknown-value]", TOP % " # scone-ls: ignore[unknown-value]")
    check_fix(TOP % " # scone-ls: ignore[unknown-value, wrong-type]", TOP % " # scone-ls: ignore[unknown-value]")


def test_several_of_which_none_is_needed():
    check_fix(
        TOP.replace("perl", "python") % "  # scone-ls: ignore[wrong-type, missing-key]",
        TOP.replace("perl", "python") % "",
    )


def test_a_code_that_there_is_not():
    check_diagnostics(
        (TOP.replace("perl", "python"))
        % " # scone-ls: ignore[unknwn-value]\n#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unused-ignore: there is no rule `unknwn-value`; did you mean `unknown-value`?"
    )


def test_a_comment_of_its_own_goes_with_its_line():
    check_fix(TOP.replace("perl", "python") % "\n  # scone-ls: ignore[wrong-type]", TOP.replace("perl", "python") % "")


def test_nothing_is_missed_in_a_file_that_is_no_yaml():
    check_diagnostics(
        TOP.replace("perl", "python").replace("  to: b\n", "  to b\n# ^^^^ missing-colon: `to` has no colon\n")
        % " # scone-ls: ignore[wrong-type]"
    )
