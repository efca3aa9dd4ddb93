from tests.dsl.checks import check_diagnostics, check_fix_across

SERVICE = """\
#- /service.yaml
apiVersion: scone/5.8
kind: genservice
build: {name: a, kind: python, to: example.com/a:1, command: c}
environment:
  global:
    - name: GREETING
    - name: COLOUR
      value: red
"""
MESH = """\
#- /mesh.yaml
apiVersion: scone/5.8
kind: mesh
cas:
  - {name: cas, alias: [image, security, access, attestation], cas_url: a}
policy: {namespace: a}
env:
  - service: global
    env:
%sservices:
  - name: a
    image: example.com/a:1
"""


def test_a_misspelt_name_is_one_mistake():
    check_diagnostics(
        SERVICE
        + MESH
        % """\
      - name: GREETNG
#             ^^^^^^^ missing-value: the service `a` needs a value for `GREETING`, and nothing asks for `GREETNG`; did you mean `GREETING`?
        value: Hello
"""
    )


def test_the_misspelt_name_is_corrected():
    entry = "      - name: %s\n        value: Hello\n"

    check_fix_across(SERVICE + MESH % entry % "GREETNG<|>", SERVICE + MESH % entry % "GREETING")


def test_a_misspelt_name_for_what_has_a_default():
    check_diagnostics(
        SERVICE
        + MESH
        % """\
      - name: GREETING
        value: Hello
      - name: COLOR
#             ^^^^^ unneeded-value: no service of the mesh asks for `COLOR`; did you mean `COLOUR`?
        value: blue
"""
    )


def test_a_misspelt_name_of_two_services_is_reported_once():
    other = SERVICE.replace("service.yaml", "other.yaml").replace("example.com/a:1", "example.com/b:1")

    check_diagnostics(
        SERVICE
        + other
        + MESH
        % """\
      - name: GREETNG
#             ^^^^^^^ missing-value: the service `a` needs a value for `GREETING`, and nothing asks for `GREETNG`; did you mean `GREETING`?
        value: Hello
"""
        + "  - name: b\n    image: example.com/b:1\n"
    )
