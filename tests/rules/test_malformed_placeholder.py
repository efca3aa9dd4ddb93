import pytest

from tests.dsl.checks import check_diagnostics, check_fix

SERVICE = """\
#- /service.yaml%s
apiVersion: scone/5.8
kind: genservice
build: {name: a, kind: python, to: b, command: c}
environment:
  local:
    - name: A
      value: %s
secrets:
  global:
    - {name: pw, kind: ascii}
    - {name: key, kind: private-key}
    - {name: crt, kind: x509, private_key: key}
"""


@pytest.mark.parametrize(
    "value",
    [
        "$$SCONE::pw$$",
        "a$$SCONE::pw$$$$SCONE::crt:crt:der$$",
        "a $SCONE",
        "$SCONE:5000/a",
        "$SCONE_VERSION::pw$$",
        "$ZONE:1",
        "a::b$$",
        "std::pw",
        "$::pw",
        "SCONE::pw",
        "1  # $SCONE::pw$$ $::pw$$ SCONE::pw$$",
    ],
)
@pytest.mark.parametrize("ending", ["", ".template"])
def test_silence(value: str, ending: str):
    check_diagnostics(SERVICE % (ending, value))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("$SCONE::pw$$", "$$SCONE::pw$$"),
        ("$SCONE::pw", "$$SCONE::pw$$"),
        ("$$SCONE:pw$$", "$$SCONE::pw$$"),
        ("$$SCONE:pw|escape(json)$$", "$$SCONE::pw|escape(json)$$"),
        ("$$scone::crt.chain$$", "$$SCONE::crt.chain$$"),
        ("$$SCNE::pw$$", "$$SCONE::pw$$"),
        ("$${SCONE}::pw$$", "$$SCONE::pw$$"),
        ("$::crt.key$$", "$$SCONE::crt.key$$"),
        ("SCONE::pw$$", "$$SCONE::pw$$"),
    ],
)
@pytest.mark.parametrize("ending", ["", ".template"])
def test_placeholders_gone_wrong(written: str, meant: str, ending: str):
    label = f"malformed-placeholder: `{written}` is no placeholder; did you mean `{meant}`?"

    check_diagnostics(SERVICE % (ending, f"'a {written}'\n#               {'^' * len(written)} {label}"))
    check_fix(SERVICE % (ending, f"'a {written}.'"), SERVICE % (ending, f"'a {meant}.'"))


def test_it_is_no_variable_of_the_shell():
    line = "build: {name: a, kind: python, to: b, pwd: /$SCONE::pw$$, command: c}\n"
    label = "malformed-placeholder: `$SCONE::pw$$` is no placeholder; did you mean `$$SCONE::pw$$`?"
    text = SERVICE.replace(
        "build: {name: a, kind: python, to: b, command: c}\n", f"{line}#{42 * ' '} {12 * '^'} {label}\n"
    )

    check_diagnostics(text % ("", "b"))


def test_a_key_takes_the_name_alone():
    text = SERVICE.replace("private_key: key", "private_key: $$SCONE::key$$")
    label = "malformed-placeholder: `private_key` takes the name of a secret and no placeholder; write `key`"

    check_diagnostics(text % ("", "b") + f"#{42 * ' '}{14 * '^'} {label}\n")
    check_fix(text % ("", "b"), SERVICE % ("", "b"))
