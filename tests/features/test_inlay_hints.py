"""Values of variables and kinds of secrets between the words, and nothing where they are not known or not wanted."""

from scone_ls.features.inlay_hints import InlayHintOptions
from scone_ls.text import Span
from tests.dsl.navigation import check_hints

MESH = """
    #- /mesh.yaml
    apiVersion: scone/5.8
    kind: mesh
    env:
      - service: web
        env:
          - {name: host, value: web.example.com}
      - service: helm
        env:
          - {name: port, value: 1}
          - {name: port, value: 8080}
      - service: global
        env:
          - {name: host, value: example.com}
          - {name: port, value: 80}
          - {name: url, value: "https://{{host}}«= example.com»/"}
          - {name: unset}
    services:
      - {name: web, image: shop/web:1}
      - {name: till, image: shop/till:1}
"""


def test_the_strongest_value_counts():
    check_hints(f"""{MESH}
    #- /till.yaml
    apiVersion: scone/5.8
    kind: genservice
    build:
      to: shop/till:1
      command: serve {{{{ host }}}}«= example.com»:{{{{port}}}}«= 8080»/{{{{namespace}}}}
    #- /web.yaml
    apiVersion: scone/5.8
    kind: genservice
    build:
      to: shop/web:1
    environment:
      global:
        - name: 'host'«= web.example.com»
          value: by.default
        - name: unset
        - name: other
      local:
        - name: port
          value: 1
    """)


def test_values_of_several_meshes():
    meshes = "".join(
        f"""
    #- /{name}.yaml
    apiVersion: scone/5.8
    kind: mesh
    env:
      - name: host
        value: {name}
    services:
      - image: shop/web:1
"""
        for name in ("a", "b", "c", "d")
    )
    check_hints(f"""{meshes}
    #- /web.yaml
    apiVersion: scone/5.8
    kind: genservice
    build:
      to: shop/web:1
      command: serve {{{{host}}}}«= a | b | c | …»
    """)


def test_a_long_value_is_cut():
    check_hints(f"""
        apiVersion: scone/5.8
        kind: mesh
        env:
          - service: global
            env:
              - name: text
                value: |
                  one two
                  {"three " * 20}
              - name: same
                value: "{{{{text}}}}«= one two three three three three three t…»"
    """)


def test_the_kind_of_a_secret_at_its_uses():
    check_hints("""
        #- /mesh.yaml
        apiVersion: scone/5.8
        kind: mesh
        services: [{image: a}, {image: b}]
        #- /a.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: a
          command: $$SCONE::one:crt$$«: x509» $$SCONE::two$$ $$SCONE::key$$«: private-key» $$SCONE::none$$
        secrets:
          global:
            - name: one
              kind: x509
              private_key: key
            - name: two
            - name: key
              kind: private-key
        #- /b.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: b
        secrets:
          import:
            - "one"«: x509»
            - none
    """)


def test_both_sorts_can_be_switched_off():
    text = """
        #- /mesh.yaml
        apiVersion: scone/5.8
        kind: mesh
        env: [{name: host, value: a}]
        services: [{image: a}]
        #- /a.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: a
          command: $$SCONE::one$$%s {{host}}%s
        secrets: {global: [{name: one, kind: ascii}]}
    """

    check_hints(text % ("«: ascii»", "«= a»"))
    check_hints(text % ("", "«= a»"), InlayHintOptions(secret_kinds=False))
    check_hints(text % ("«: ascii»", ""), InlayHintOptions(values=False))


def test_only_what_is_asked_for():
    text = """
        apiVersion: scone/5.8
        kind: genservice
        secrets: {global: [{name: one, kind: ascii}]}
        build: {command: $$SCONE::one$$%s}
        injection_files: [{path: /a, content: $$SCONE::one$$%s}]
    """

    check_hints(text % ("«: ascii»", "«: ascii»"), span=Span(0, 500))
    check_hints(text % ("«: ascii»", ""), span=Span(0, 120))
    check_hints(text % ("", ""), span=Span(0, 0))
