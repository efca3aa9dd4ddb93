"""Definition, references, highlight and rename are asked the same question and give the same places."""

import pytest

from tests.dsl.navigation import check_definition, check_places


def test_a_secret_in_two_services_and_their_mesh():
    check_places("""
        #- /mesh.yaml
        apiVersion: scone/5.8
        kind: mesh
        env:
          - service: web
            env:
              - name: url
                value: https://$$SCONE::password$$@web
        #                               ^^^^^^^^ refers
        services:
          - {name: web, image: shop/web:1}
          - {name: till, image: "shop/till:1"}
        #- /till.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: shop/till:1
        secrets:
          import:
            - "password"
        #      ^^^^^^^^ imports
        #- /web.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: shop/web:1
          command: serve --password=$$SCONE::password:hex$$ $$SCONE::passwords$$
        #                                    ^^^^^^^^ refers
        injection_files:
          - path: /etc/web.conf
            content: |
              $$SCONE::password|escape(json)$$
        #              ^^^^^^^^ refers
        secrets:
          global:
            - name: password
        #           ^^^^^^^^ declares
              kind: ascii
            - name: certificate
              kind: x509
              private_key: 'password'
        #                   ^^^^^^^^ refers
        #- /other.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: other:1
          command: $$SCONE::password$$
        secrets:
          global:
            - name: password
              kind: ascii
    """)


def test_a_variable_with_a_value_for_all_services():
    check_places("""
        #- /mesh.yaml
        apiVersion: scone/5.8
        kind: mesh
        policy:
          namespace: a-{{host}}
        #                ^^^^ refers
        env:
          - service: global
            env:
              - name: host
        #             ^^^^ gives
                value: a
          - service: helm
            env:
              - name: host
        #             ^^^^ gives
                value: b
              - name: url
                value: https://{{ host }}/
        #                         ^^^^ refers
          - service: till
            env:
              - name: host
        #             ^^^^ gives
                value: c
        services:
          - {name: web, image: shop/web:1}
          - {name: till, image: shop/till:1}
        #- /till.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: shop/till:1
        environment:
          local:
            - name: host_of_till
              value: '{{host}}'
        #               ^^^^ refers
          global:
            - name: host
        #           ^^^^ declares
        #- /web.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: shop/web:1
        environment:
          global:
            - name: 'host'
        #            ^^^^ declares
              value: a
    """)


def test_the_same_name_for_two_services_is_two_variables():
    check_places("""
        #- /mesh.yaml
        apiVersion: scone/5.8
        kind: mesh
        env:
          - service: web
            env:
              - name: port
        #             ^^^^ gives
                value: 1
              - name: url
                value: https://web:{{port}}/
        #                            ^^^^ refers
          - service: till
            env:
              - name: port
                value: 2
        services:
          - {name: web, image: shop/web:1}
          - {name: till, image: shop/till:1}
        #- /till.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: shop/till:1
        environment:
          global:
            - name: port
        #- /web.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: shop/web:1
        environment:
          global:
            - name: port
        #           ^^^^ declares
    """)


def test_what_a_group_has_not_got_comes_from_all_services():
    check_places("""
        apiVersion: scone/5.8
        kind: mesh
        env:
          - service: global
            env:
              - {name: domain, value: example.com}
        #              ^^^^^^ gives
          - service: cache
            env:
              - {name: host, value: "cache.{{domain}}"}
        #                                    ^^^^^^ refers
        services:
          - {name: cache, image: cache:1}
    """)


def test_values_in_the_old_flat_form():
    check_places("""
        #- /mesh.yaml
        apiVersion: scone/5.8
        kind: mesh
        env:
          - name: host
        #         ^^^^ gives
            value: a
        services:
          - {name: web, image: shop/web:1}
        #- /web.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: shop/web:1
        environment:
          global:
            - name: host
        #           ^^^^ declares
    """)


def test_an_image_that_two_meshes_run():
    check_places("""
        #- /one.yaml
        apiVersion: scone/5.8
        kind: mesh
        services:
          - name: web
            image: shop/$X/web-server:1
        #          ^^^^^^^^^^^^^^^^^^^^ refers
        #- /two.yaml
        apiVersion: scone/5.8
        kind: mesh
        services:
          - {image: "shop/$X/web-server:1", name: other}
        #            ^^^^^^^^^^^^^^^^^^^^ refers
          - image: shop/$X/web-server:2
        #- /web.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: shop/$X/web-server:1
        #     ^^^^^^^^^^^^^^^^^^^^ declares
          stable: shop/$X/web-server:0
    """)


def test_a_service_and_its_group():
    check_places("""
        apiVersion: scone/5.8
        kind: mesh
        env:
          - service: web
        #            ^^^ refers
            env: []
          - env: []
            service: "web"
        #             ^^^ refers
          - service: global
        services:
          - name: web
        #         ^^^ declares
            image: web:1
    """)


def test_several_manifests_in_a_file():
    check_places("""
        apiVersion: scone/5.8
        kind: mesh
        services:
          - {name: web, image: shop/web:1}
          - {name: till, image: shop/till:1}
        ---
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: shop/till:1
        secrets:
          import: [password]
        #          ^^^^^^^^ imports
        ---
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: shop/web:1
        secrets:
          global:
            - name: password
        #           ^^^^^^^^ declares
              kind: ascii
        ---
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: other:1
        secrets:
          global:
            - name: password
              kind: ascii
    """)


def test_a_name_in_a_text_that_is_being_written():
    check_places("""
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: a:1
          command: $$SCONE::token
        #                   ^^^^^ refers
          copy: [a
        secrets:
          global:
            - name: token
        #           ^^^^^ declares
              kin
        environment
    """)


def test_the_definition_of_a_name_is_in_the_same_manifest_if_it_can_be():
    check_definition("""
        #- /mesh.yaml
        apiVersion: scone/5.8
        kind: mesh
        env:
          - service: global
            env:
              - {name: host, value: a}
        services:
          - {name: web, image: shop/web:1}
          - {name: till, image: shop/till:1}
        #- /till.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: shop/till:1
        environment:
          global:
            - name: host
        #- /web.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: shop/web:1
          command: serve {{ho<|>st}}
        environment:
          global:
            - name: host
        #           ^^^^ target
    """)


def test_what_nobody_declares_leads_to_where_it_is_imported():
    check_definition("""
        apiVersion: scone/5.8
        kind: genservice
        build:
          to: a:1
          command: $$SCONE::pass<|>word$$
        secrets:
          import:
            - password
        #     ^^^^^^^^ target
    """)


def test_a_file_leads_to_the_disk():
    check_definition(
        """
        #- /service.yaml
        apiVersion: scone/5.8
        kind: genservice
        build:
          copy:
            - src/ser<|>ve.py
        #- /src/serve.py
        #^ (+0:0) target
        """,
        {"src/serve.py": "/src/serve.py"},
    )


def test_a_folder_is_no_place_to_go_to():
    check_definition(
        """
        #- /service.yaml
        apiVersion: scone/5.8
        kind: genservice
        build: {copy: [s<|>rc]}
        """,
        {"src": "/src/"},
    )


@pytest.mark.parametrize(
    "line", ["kind<|>: genservice", "command: serve {{names<|>pace}}", "command: $$SCONE::no<|>body$$", "to: a<|>: b"]
)
def test_nothing_leads_nowhere(line: str):
    check_definition(f"""
        apiVersion: scone/5.8
        kind: genservice
        build:
          {line}
    """)
