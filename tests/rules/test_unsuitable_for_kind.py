import pytest

from tests.dsl.checks import check_diagnostics, check_fix

SERVICE = "apiVersion: scone/5.8\nkind: genservice\nbuild:\n  name: a\n  to: b\n  from: f\n%s\nenvironment:\n"


@pytest.mark.parametrize(
    "lines",
    [
        "  kind: python\n  command: c\n  requirements: requirements.txt",
        "  kind: '{{kind}}'\n  command: c\n  requirements: requirements.txt",
        "  kind: java\n  command: java -cp lib.zip A\n  copy: [lib.zip]",
        "  kind: java\n  command: java A lib.zip\n  copy: [parts/lib.zip, A.java]",
        "  kind: python\n  command: c\n  copy: [data.zip]",
        "  kind: sconify_image\n  command: c\n  host_paths: [/etc]",
    ],
)
def test_silence(lines: str):
    check_diagnostics(SERVICE.replace("\nenvironment:", "\nenvironment: {global: [{name: kind}]}") % lines)


def test_a_zip_is_not_on_the_class_path():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: genservice
        build:
          name: a
          kind: java21
          to: b
          command: java A
          copy: [A.java, "data.zip"]
        #                ^^^^^^^^^^ unsuitable-for-kind: a `.zip` does not get onto the class path by itself; name it with `-cp` in the command
        environment:
    """)


def test_the_key_is_removed():
    check_fix(
        SERVICE % "  kind: java\n  requirements: r.txt # of no use\n  command: c",
        SERVICE % "  kind: java\n  command: c",
    )
