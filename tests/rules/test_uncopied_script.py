import pytest

from tests.dsl.checks import check_diagnostics, check_fix_across

SERVICE = """\
#- /app.py
#- /service.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: a
  kind: python
  to: b
  command: %s
%s
environment:
"""
COPY = "  copy: [app.py]"


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        ("python3 app.py", COPY),
        ("python app.py --x y.py", COPY),
        ("python3 ./sub/app.py", COPY),
        ("python3 -m server", COPY),
        ("python3 -u other.py", COPY),
        ("python3 /opt/other.py", COPY),
        ("gunicorn other.py", COPY),
        ("python3 other.py", ""),
        ("python3 other.py", "  copy:"),
        ("python3 '{{x}}.py'", COPY),
        ("python3 other.py", COPY + "\n  from: example.com/base"),
        ("python3 other.py", COPY + "\n  run: [cp app.py other.py]"),
        ("python3 other.py", COPY + "\n  run: ['git clone https://example.com/x']"),
    ],
)
def test_silence(command: str, lines: str):
    text = SERVICE % (command, lines)

    check_diagnostics(text.replace("environment:", "environment: {global: [{name: x}]}"))


def test_a_folder_may_hold_it():
    check_diagnostics((SERVICE % ("python3 other.py", "  copy: [app]")).replace("#- /app.py", "#- /app"))


def test_nothing_is_near():
    label = "#                  ^^^^^^^^^^^^^ uncopied-script: `src/server.py` is not copied"

    check_diagnostics(SERVICE % (f"python3 src/server.py\n{label}", COPY))


def test_the_folder_stays():
    before = SERVICE % ("python3 sub/ap.py\n#                  ^^^^^^^^^ uncopied-script: x", COPY)

    check_fix_across(before, SERVICE % ("python3 sub/app.py", COPY))
