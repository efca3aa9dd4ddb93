import pytest

from tests.dsl.checks import check_diagnostics, check_severity

SERVICE = """\
apiVersion: scone/5.8
kind: genservice
build:
  name: a
  kind: python
  to: %s
  command: python3 $APP $1 ${X:-y} %s
  run: ["echo $HOME $$ $#"]
environment:
  local:
    - name: PRICE
      value: US$tax
injection_files:
  - path: /a
    content: |
      #!/bin/sh
      echo ${PATH} $$SCONE::secret$$
secrets:
  global:
    - name: secret
      kind: ascii
      value: pa$word
"""


def test_where_a_dollar_may_be_meant_for_somebody_else():
    check_diagnostics(SERVICE % ("b", ""))


@pytest.mark.parametrize(
    "path", ["/service.yaml.template", "/service.template.yaml", "/service.tmpl.yml", "/service.yaml.in"]
)
def test_templates_have_variables(path: str):
    check_diagnostics(f"#- {path}\n" + SERVICE % ("$REPO/a", ""))


def test_below_what_is_free_nothing_is_known():
    check_diagnostics(
        "apiVersion: scone/5.8\nkind: mesh\ncas:\n  - cas_url: a\npolicy: {namespace: a}\nenv:\nservices:\n"
        "  - image: a\nhelm_extra_values:\n  proxy:\n    rule: $host\n"
    )


def test_only_the_first_is_reported():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - cas_url: "https:${CAS}"
        #                   ^^^^^^ shell-variable: nothing fills in `${CAS}` and 2 more variables; make this file a template for `envsubst` or write the value
        policy: {namespace: $NAMESPACE}
        env:
        services:
          - image: $REPO/a:$NAMESPACE
    """)


def test_it_is_for_information():
    check_severity(SERVICE % ("$REPO/a", ""), "information")


def test_a_placeholder_that_envsubst_tears():
    check_diagnostics("""
        #- /service.yaml.template
        apiVersion: scone/5.8
        kind: genservice
        build:
          name: a
          kind: python
          to: $REPO/a
          command: c $$SCONE::s$$ $$SCONE::s$$$$SCONE::s$$ $$SCONE::s$$/a $$SCONE::s$$1 $$SCONE::s$$_b
        #                                                                                          ^^ shell-variable: `envsubst` takes `$_` for a variable, and the placeholder then has no end
        environment:
        secrets:
          global:
            - {name: s, kind: ascii}
    """)


def test_nothing_tears_it_elsewhere():
    check_diagnostics(SERVICE % ("b", "$$SCONE::secret$$b"))


@pytest.mark.parametrize("value", ["$RELEASE", "'${RELEASE}'"])
def test_a_value_that_is_nothing_else(value: str):
    before = SERVICE.replace("US$tax", value) % ("b", "")
    quote = int(value.startswith("'"))
    label = f"#            {' ' * quote}{'^' * (len(value) - 2 * quote)} shell-variable: nothing fills in `{value.strip(chr(39))}`"

    check_diagnostics(
        before.replace(
            f"value: {value}\n",
            f"value: {value}\n{label} and 5 more variables; make this file a template for `envsubst` or write the value\n",
        )
    )
