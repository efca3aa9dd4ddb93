"""Names that completion offers: as whole values, and inside of templates."""

from collections.abc import Iterable

from scone_ls.features.completion import CompletionOptions, Entry
from tests.dsl.checks import (
    check_completion,
    check_completions,
    check_first_completions,
    check_no_completion,
)

SERVICE = """
apiVersion: scone/5.8
kind: genservice
build:
  name: shop
  command: %s
secrets:
  global:
    - name: tls
      kind: x509
    - name: ca_key
      kind: private-key
  import:
    - password
environment:
  global:
    - name: greeting
"""
STORE = """#- /store.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: store
  to: example.com/store:1
environment:
  global:
    - name: colour
      value: green
    - name: size
secrets:
  global:
    - name: password
      kind: ascii
"""
SHOP = """#- /shop.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: shop
  to: example.com/shop:1
secrets:
  import:
    - %s
"""
MESH = """#- /mesh.yaml
apiVersion: scone/5.8
kind: mesh
env:
  - service: store
    env:
      - name: %s
services:
  - name: store
    image: example.com/store:1
  - name: shop
    image: %s
"""


def service(command: str) -> str:
    return SERVICE.lstrip("\n") % command


def test_secrets_in_a_placeholder():
    check_completions(service("serve $$SCONE::<|>"), "tls", "ca_key", "password")


def test_accepting_a_secret_closes_the_placeholder():
    check_completion(service("serve $$SCONE::t<|>"), "tls", service("serve $$SCONE::tls$$"))


def test_a_placeholder_that_is_closed_stays_closed_once():
    check_completion(service("serve $$SCONE::<|>x$$ now"), "tls", service("serve $$SCONE::tls$$ now"))


def test_a_begun_placeholder():
    check_completion(service("serve $$SC<|>"), "$$SCONE::tls$$", service("serve $$SCONE::tls$$"))


def test_nothing_behind_a_placeholder():
    check_no_completion(service("x") + "injection_files:\n  - path: /x\n    content: |\n      $$SCONE::tls$$<|>\n")


def test_parts_of_a_secret_are_those_of_its_kind():
    check_completion(service("serve $$SCONE::ca_key:d<|>"), ":der", service("serve $$SCONE::ca_key:der$$"))
    check_completions(service("serve $$SCONE::ca_key:<|>"), ":pem", ":pkcs8:pem", ":der", ":pkcs8:der")


def test_the_older_parts_with_a_dot():
    check_completions(service("serve $$SCONE::tls.<|>$$"), ".crt", ".key", ".chain")


def test_the_encoding_of_a_placeholder():
    check_completion(service("serve $$SCONE::tls|<|>"), "|escape(json)", service("serve $$SCONE::tls|escape(json)$$"))


def test_variables_in_braces():
    check_first_completions(service("serve {{<|>"), "greeting", "namespace")
    check_completion(service("serve {{ gre<|>"), "greeting", service("serve {{ greeting}}"))
    check_completion(service("serve {{gre<|>}} now"), "greeting", service("serve {{greeting}} now"))


def test_braces_at_the_beginning_of_a_value_get_quotes():
    check_completion(service("{{gre<|>"), "greeting", service('"{{greeting}}"'))
    check_completion(service("{{gre<|>}}/bin # x"), "greeting", service('"{{greeting}}/bin" # x'))


def test_templates_in_a_block_scalar():
    before = service("x") + "injection_files:\n  - path: /x\n    content: |\n      {{<|>\n"
    after = service("x") + "injection_files:\n  - path: /x\n    content: |\n      {{greeting}}\n"
    check_completion(before, "greeting", after)


def test_no_names_in_a_comment():
    check_no_completion(service("serve # $$SCONE::<|>"))


def test_secrets_of_the_other_services_can_be_imported():
    check_completions(SHOP % "<|>" + STORE + MESH % ("x", "example.com/shop:1"), "password")


def test_variables_that_a_service_needs_come_first():
    check_first_completions(STORE + SHOP % "x" + MESH % ("<|>", "example.com/shop:1"), "size", "colour")


def test_images_of_the_workspace():
    check_first_completions(STORE + SHOP % "x" + MESH % ("x", "<|>"), "example.com/shop:1", "example.com/store:1")


def test_what_is_used_and_not_declared_yet():
    check_first_completions(service("serve {{late}}") + "    - name: <|>\n", "late")


def files(folder: str) -> Iterable[Entry]:
    tree = {
        "": [Entry("src", is_folder=True), Entry("shop.py", is_folder=False)],
        "src/": [Entry("a.py", is_folder=False)],
    }
    return tree.get(folder, ())


def test_files_on_the_disk():
    options = CompletionOptions(snippets=False, listing=files)
    manifest = "apiVersion: scone/5.8\nkind: genservice\nbuild:\n  copy:\n    - {}\n"
    check_completion(manifest.format("s<|>"), "src/", manifest.format("src/"), options)
    check_completion(manifest.format("src/<|>"), "src/a.py", manifest.format("src/a.py"), options)
