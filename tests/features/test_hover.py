"""What is said about the word under the cursor."""

from pathlib import Path

import pytest

from scone_ls.analysis.document import Document
from scone_ls.features.hover import hover
from scone_ls.spec import schema
from scone_ls.syntax import tree
from tests.dsl.checks import check_hover, check_no_hover

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(path for path in (ROOT / "examples").glob("*/*.yaml*") if path.parent.name != "faulty")

SERVICE = "apiVersion: scone/5.8\nkind: genservice\n"
MESH = "apiVersion: scone/5.8\nkind: mesh\n"


def test_a_key():
    check_hover(
        SERVICE + "build:\n  co<|>mmand: x\n# ^^^^^^^\n",
        "**Command line** · `build.command`",
        "required",
        "```yaml\ncommand: ",
        "https://sconedocs.github.io/latest/service.html",
    )


def test_a_key_with_listed_values_and_a_default():
    check_hover(MESH + "cas:\n  - mo<|>de: Upload\n#   ^^^^\n", "`cas[].mode`", "default `Upload`", "- `NoUpload`: ")


def test_the_edges_of_a_key():
    check_hover(MESH + "<|>policy:\n#^^^^^\n", "`policy`")
    check_hover(MESH + "policy<|>:\n#^^^^^\n", "`policy`")
    check_no_hover(MESH + "policy:<|>\n")
    check_no_hover(MESH + "<|>  \npolicy:\n")


def test_a_key_in_quotes_and_in_braces():
    check_hover(MESH + '"pol<|>icy": {}\n #^^^^^\n', "`policy`")
    check_hover(MESH + "policy: {name<|>space: x}\n#        ^^^^^^^^^\n", "`policy.namespace`")


def test_a_key_of_a_line_that_is_no_yaml():
    check_hover(MESH + 'policy:\n  name<|>space: "x\n# ^^^^^^^^^\n', "`policy.namespace`")


def test_a_deprecated_key():
    check_hover(MESH + "he<|>lm: []\n#^^^\n", "**Deprecated:**")


def test_a_key_that_nobody_knows():
    check_no_hover(MESH + "<|>unknown: 1\n")
    check_no_hover(MESH + "helm_extra_values:\n  na<|>me: 1\n")


def test_a_listed_value():
    check_hover(
        MESH + "cas:\n  - mode: No<|>Upload # x\n#         ^^^^^^^^\n", "**`NoUpload`**", "files under `target`"
    )
    check_hover(MESH + "cas:\n  - mode: 'No<|>Upload'\n#          ^^^^^^^^\n", "**`NoUpload`**")


def test_the_kind_of_a_manifest():
    check_hover("apiVersion: scone/5.8\nkind: me<|>sh\n#     ^^^^\n", "**`mesh`**")


def test_an_obsolete_kind():
    check_hover(
        "apiVersion: scone/5.8\nkind: genApp<|>Image\n#     ^^^^^^^^^^^\n", "**Obsolete:** write `genservice` instead"
    )


def test_the_format_version():
    check_hover("apiVersion: scone<|>/5.8\n#           ^^^^^^^^^\nkind: mesh\n", "**`scone/5.8`**")


def test_a_kind_of_secret():
    check_hover(
        SERVICE + "secrets:\n  global:\n    - kind: x5<|>09\n#           ^^^^\n",
        "**`x509`**",
        "Keys: ",
        "`private_key`",
    )


def test_a_kind_of_build():
    check_hover(SERVICE + "build:\n  kind: java<|>21\n#       ^^^^^^\n", "**`java21`**")


def test_a_variable_and_its_value():
    local = SERVICE + "environment:\n  local:\n"
    check_hover(local + "    - name: SCONE_<|>HEAP\n#           ^^^^^^^^^^\n", "**`SCONE_HEAP`**", "Default `64M`")
    check_hover(local + "    - name: SCONE_LOG\n      value: de<|>bug\n#            ^^^^^\n", "**`DEBUG`** · SCONE_LOG")
    check_no_hover(local + "    - name: MI<|>NE\n")
    check_no_hover(local + "    - name: MINE\n      value: de<|>bug\n")


def test_a_variable_of_the_chart():
    check_hover(
        MESH + "env:\n  - service: helm\n    env:\n      - name: imagePull<|>Secrets\n#             ^^^^^^^^^^^^^^^^\n",
        "**`imagePullSecrets`**",
    )


def test_a_token_in_a_text():
    check_hover(
        MESH + "policy:\n  tolerate: hyperthreading, outdated<|>-tcb\n#                           ^^^^^^^^^^^^\n",
        "**`outdated-tcb`**",
    )
    check_hover(MESH + 'cas:\n  - tolerance: "-G -<|>S"\n#                  ^^\n', "Attestation option")


def test_a_role():
    check_hover(MESH + "cas:\n  - alias:\n      - sec<|>urity\n#       ^^^^^^^^\n", "**`security`**")
    check_hover(MESH + "cas:\n  - alias: [sec<|>urity]\n#           ^^^^^^^^\n", "**`security`**")


def test_nothing_about_free_text_and_comments():
    check_no_hover(SERVICE + "build:\n  name: my<|>name\n")
    check_no_hover(SERVICE + "# <|>build:\n")
    check_no_hover(SERVICE + "injection_files:\n  - content: |\n      na<|>me: x\n")


@pytest.mark.parametrize(
    "fixture",
    ["apiVersion: v1\n<|>kind: Pod\n", "<|>services:\n  web: {}\n", "apiVersion: scone.cloud/v1\nkind: Re<|>gister\n"],
)
def test_nothing_in_documents_of_other_tools(fixture: str):
    check_no_hover(fixture)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: str(path.relative_to(ROOT / "examples")))
def test_every_key_of_the_specification_has_a_hover(path: Path):
    document = Document.open(path.as_uri(), path.read_text(encoding="utf-8"))
    for manifest in document.manifests:
        assert manifest.mapping is not None
        assert manifest.root is not None
        _check_keys(document, manifest.mapping, manifest.root)


def _check_keys(document: Document, node: tree.Node, field: schema.Field) -> None:
    match node:
        case tree.Mapping():
            form = field.form_for([pair.name or "" for pair in node.pairs])
            for pair in node.pairs:
                child = form.properties.get(pair.name or "")
                if child is not None:
                    found = hover(document, pair.key.span.start)
                    assert found is not None, pair.name
                    assert found.span == pair.key.span
                    assert child.title in found.markdown
                    _check_keys(document, pair.value, child)
        case tree.Sequence() if field.items is not None:
            for item in node.items:
                _check_keys(document, item.value, field.items)
        case _:
            pass
