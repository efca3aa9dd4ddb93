import pytest

from scone_ls.analysis.document import Document
from scone_ls.features.diagnostics import DiagnosticSettings, diagnostics
from tests.dsl.checks import check_diagnostics, check_fix

USE = """\
apiVersion: scone/5.8
kind: genservice
build: {name: a, kind: python, to: b, command: c}
environment:
  local:
    - name: A
      value: %s
  global:
    - name: host
secrets:
  global:
    - name: password
      kind: ascii
    - name: seal
      kind: binary
"""


@pytest.mark.parametrize(
    "value",
    [
        '"$$SCONE::password$$ {{host}} {{ host }} {{{host}}}"',
        "'$$SCONE::'",
        "$$SCONE::$NAME$$",
        "$$SCONE::pre_${NAME}$$",
        "$$SCONE::pre_{{host}}$$",
        "$$SCONE::pass@word$$",
        "'$$SCONE::…$$'",
        "'{{'",
        "'{{x}, {y}'",
        "'{{\"a\": 1}'",
        "'{{{host}}'",
        "'{{other'",
        "a {{other}",
        "'{{#each'",
        "${host",
    ],
)
def test_silence(value: str):
    check_diagnostics((USE % value).replace("'{{other'", "'a {{other b'"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("$$SCONE::password", "$$SCONE::password$$"),
        ('"$$SCONE::password"', '"$$SCONE::password$$"'),
        ("$$SCONE::password$", "$$SCONE::password$$"),
        ("a$$SCONE::password$/b", "a$$SCONE::password$$/b"),
        ("See $$SCONE::password.", "See $$SCONE::password$$."),
        ("$$SCONE::seal:hex", "$$SCONE::seal:hex$$"),
        ("$$SCONE::seal.example.com", "$$SCONE::seal$$.example.com"),
        ("$$SCONE::password|escape(json)", "$$SCONE::password|escape(json)$$"),
        ("$$SCONE::password|more", "$$SCONE::password$$|more"),
        ("$$SCONE::password $$SCONE::seal$$", "$$SCONE::password$$ $$SCONE::seal$$"),
        ('"{{host}"', '"{{host}}"'),
        ('"{{ host"', '"{{ host}}"'),
        ("http://{{host}:80", "http://{{host}}:80"),
        ("http://{{host", "http://{{host}}"),
        ('"{{{host}"', '"{{{host}}}"'),
    ],
)
def test_the_end_is_added(before: str, after: str):
    check_fix(USE % before, USE % after)


def test_the_whole_value_need_not_be_known():
    check_fix(
        USE % '"{{hots}"',
        USE % '"{{hots}}"',
    )


def test_where_it_stands():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - {name: cas, alias: [image, security, access, attestation], cas_url: a}
        policy: {namespace: a}
        env:
          - service: global
            env:
              - name: host
                value: a
              - name: url
                value: http://{{host}/?p=$$SCONE::password$#
        #                     ^^^^^^^ unterminated-placeholder: `{{host}` has no closing `}}`
        #                                ^^^^^^^^^^^^^^^^^^ unterminated-placeholder: `$$SCONE::password$` has no closing `$$`
        services:
    """)


def test_silence_where_text_follows_a_flood_of_blanks():
    document = Document.open("file:///service.yaml", USE % ('"{{host' + " " * 200_000 + 'x"'))

    assert [] == [each.code for each in diagnostics(document, DiagnosticSettings())]
