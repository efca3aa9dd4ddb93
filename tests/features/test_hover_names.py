"""What hover says of names: where they are declared, what they are worth, who uses them."""

from tests.dsl.checks import check_hover, check_no_hover

SHOP = """
#- /shop.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: shop
  kind: python
  to: example.com/shop:1
  command: python3 shop.py --greeting {{%sgreeting}}
environment:
  local:
    - name: KEY
      value: $$SCONE::%sshop.key$$
  global:
    - name: greeting
    - name: colour
      value: green
secrets:
  global:
    - name: shop
      kind: x509
  import:
    - password
"""
STORE = """#- /store.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: store
  kind: python
  to: example.com/store:1
  command: python3 store.py
environment:
  local:
    - name: PASSWORD
      value: $$SCONE::password$$
secrets:
  global:
    - name: password
      kind: ascii
"""
MESH = """#- /mesh.yaml
apiVersion: scone/5.8
kind: mesh
cas:
policy:
  namespace: shop
env:
  - service: %sshop
    env:
      - name: greeting
        value: Hello
services:
  - name: shop
    image: example.com/shop:1
  - name: store
    image: %sexample.com/store:1
"""
CURSOR = "<|>"


def fixture(variable: str = "", secret: str = "", group: str = "", image: str = "") -> str:
    return (SHOP % (variable, secret)).lstrip("\n") + STORE + MESH % (group, image)


def test_a_variable_has_the_values_that_meshes_give_it():
    check_hover(
        fixture(variable=CURSOR),
        "**`greeting`** · Variable of the mesh",
        "Declared: [shop.yaml:13](file:///shop.yaml#L13)",
        "- `Hello` for `shop` in [mesh.yaml:9](file:///mesh.yaml#L9)",
    )


def test_a_placeholder_says_which_secret_and_which_part():
    check_hover(fixture(secret=CURSOR), "**`shop`** · Secret, `x509`", "`.key`: ", "Declared: [shop.yaml:18]")


def test_the_hover_lies_over_the_whole_template():
    check_hover("""
        apiVersion: scone/5.8
        kind: genservice
        environment:
          local:
            - name: KEY
              value: a $$SCONE::sh<|>op|escape(json)$$ b
        #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ shop
        secrets:
          global:
            - name: shop
              kind: ascii
    """)


def test_a_service_says_which_image_it_runs_and_who_builds_it():
    check_hover(
        fixture(group=CURSOR), "**`shop`** · Service", "Runs the image `example.com/shop:1`", "Built: [shop.yaml:6]"
    )


def test_an_image_says_who_builds_and_who_runs_it():
    check_hover(fixture(image=CURSOR), "· Image", "Built: [store.yaml:6]", "Run: [mesh.yaml:15]")


def test_a_name_that_the_mesh_tool_defines():
    check_hover(
        """
        apiVersion: scone/5.8
        kind: genservice
        build:
          command: serve {{cas.c<|>as.cas_url}}
        """,
        "**`cas.cas.cas_url`** · Variable of the mesh tool",
    )


def test_a_template_explains_the_trap_of_envsubst():
    check_hover(
        """
        #- /service.yaml.template
        apiVersion: scone/5.8
        kind: genservice
        build:
          command: serve $$SCONE::pass<|>word$$
        """,
        "`SCONE='\\$SCONE' envsubst`",
    )


def test_a_group_for_all_services_is_no_name():
    check_hover(
        """
        apiVersion: scone/5.8
        kind: mesh
        env:
          - service: glo<|>bal
        """,
        "for all services",
    )


def test_an_expression_is_no_name():
    check_no_hover("""
        apiVersion: scone/5.8
        kind: genservice
        injection_files:
          - path: /page
            content: "{{#each gue<|>sts}} x {{/each}}"
    """)
