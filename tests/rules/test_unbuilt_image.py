from tests.dsl.checks import check_diagnostics

FILES = """\
#- /service.yaml
apiVersion: scone/5.8
kind: genservice
build: {name: a, kind: python, to: '%s/a:1', command: c}
environment:
#- /mesh.yaml
apiVersion: scone/5.8
kind: mesh
cas:
  - {name: cas, alias: [image, security, access, attestation], cas_url: a}
policy: {namespace: a}
env: []
services:
  - {name: a, image: '%s/a:1'}
  - {name: b, image: '%s/redis:1'}
"""


def test_an_image_beside_those_that_are_built():
    place = "example.com/team"
    label = f"#                     ^^^^^^^^^^^^^^^^^^^^^^^^ unbuilt-image: no manifest here builds `{place}/redis:1`\n"

    check_diagnostics(FILES % (place, place, place) + label)


def test_images_that_come_with_scone():
    place = "registry.scontain.com:5050/cicd"

    check_diagnostics(FILES % (place, place, place))
