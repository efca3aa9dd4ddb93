import pytest

from tests.dsl.checks import check_diagnostics, check_fix, check_no_fix

MESH = """\
apiVersion: scone/5.8
kind: mesh
cas:
  - {name: cas, alias: [image, security, access, attestation], cas_url: a}
policy: {namespace: a}
env:
  - service: %s
    env:
      - {name: a, value: b}
services:
"""


@pytest.mark.parametrize("service", ["global", "helm", "shop", '"{{name}}"', "'shop'"])
def test_silence(service: str):
    check_diagnostics(MESH % service + "  - {name: shop, image: a}\n")


@pytest.mark.parametrize(
    "services",
    ["", "  - image: a\n  - {name: shop, image: b}\n", "  - {name: '{{a}}', image: b}\n  - {name: shop, image: b}\n"],
)
def test_silence_while_a_service_has_no_name_that_is_known(services: str):
    check_diagnostics(MESH % "store" + services)


def test_a_variable_in_the_old_form_is_for_all():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - {name: cas, alias: [image, security, access, attestation], cas_url: a}
        policy: {namespace: a}
        env:
          - name: a
        #   ^^^^ deprecated-form: this entry of `env` has an old form; write an entry `service: global` whose `env` holds the variable
            value: b
        services:
          - {name: shop, image: a}
    """)


def test_nothing_is_near():
    check_diagnostics(
        (MESH % "store").replace(
            "store\n", "store\n#            ^^^^^ undeclared-service: service `store` is not defined in this mesh\n"
        )
        + "  - {name: web, image: a}\n"
    )
    check_no_fix(MESH % "store" + "  - {name: web, image: a}\n")


def test_a_group_may_be_meant():
    check_fix(MESH % "'golbal'" + "  - {name: web, image: a}\n", MESH % "'global'" + "  - {name: web, image: a}\n")
