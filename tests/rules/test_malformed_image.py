import pytest

from scone_ls.analysis.document import Document
from scone_ls.features.diagnostics import DiagnosticSettings, diagnostics
from tests.dsl.checks import check_diagnostics, check_fix, check_no_fix, check_severity

SERVICE = "%sapiVersion: scone/5.8\nkind: genservice\nbuild:\n  name: a\n  kind: python\n  to: %s\n  command: c\nenvironment:\n"
TEMPLATE = "#- /service.yaml.template\n"


@pytest.mark.parametrize(
    "image",
    [
        "shop",
        "shop:1",
        "shop/api__v2/x-y.z:1.0-RC_1",
        "registry.Example.com:5000/shop:latest",
        "'[::1]:5000/shop'",
        "localhost/shop",
        "Team/shop",
        "shop@sha256:" + 64 * "a",
        "shop:1@sha256:" + 64 * "A",
        "'{{repo}}/shop:{{version}}'",
    ],
)
def test_silence(image: str):
    check_diagnostics((SERVICE + "  global: [{name: repo}, {name: version}]\n") % ("", image))


@pytest.mark.parametrize(
    "image",
    [
        "$IMAGE",
        "$HOST:$PORT/shop",
        "${REPO}/shop:$VERSION",
        "shop-$KIND@$DIGEST",
        "$A$B",
        "${REPO:-example.com}/Shop",
        "$1/Shop",
        "registry/$App/x",
    ],
)
def test_variables_are_taken_for_what_fits(image: str):
    check_diagnostics(SERVICE % (TEMPLATE, image))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("example.com/Shop:V1", "example.com/shop:V1"),
        ("Shop", "shop"),
        ("docker://example.com/shop", "example.com/shop"),
        ("shop/", "shop"),
        ("'shop:'", "'shop'"),
        ('" shop:1"', '"shop:1"'),
    ],
)
def test_what_was_meant(written: str, meant: str):
    check_fix(SERVICE % ("", written), SERVICE % ("", meant))


def test_variables_keep_their_capitals():
    check_fix(SERVICE % (TEMPLATE, "$REPO/Shop:$TAG"), SERVICE % (TEMPLATE, "$REPO/shop:$TAG"))


@pytest.mark.parametrize("image", ["'a b'", "a//b", "'a:b:c'", "-shop", "shop:.1", "shöp"])
def test_no_way_out(image: str):
    check_no_fix(SERVICE % ("", f"<|>{image}"))


def test_in_a_mesh():
    check_diagnostics("""
        apiVersion: scone/5.8
        kind: mesh
        cas:
          - cas_url: a
        policy: {namespace: a}
        env:
        services:
          - image: "example.com/a b"
        #           ^^^^^^^^^^^^^^^ malformed-image: `example.com/a b` is no name of an image
    """)


def test_a_word_in_capitals_is_to_be_filled_in():
    text = "apiVersion: scone/5.8\nkind: genservice\nbuild: {name: a, kind: python, to: %s, command: c}\nenvironment:\n"

    check_severity(text % "example.com/MYREPO/a:1", "information")
    check_severity(text % "example.com/MyRepo/a:1", "warning")


@pytest.mark.parametrize("image", ["a-" * 50_000 + "a", "A." * 50_000 + "a", "a" * 100_000])
def test_what_is_too_long_for_any_registry(image: str):
    document = Document.open("file:///service.yaml", SERVICE % ("", image))

    assert ["malformed-image"] == [
        each.code for each in diagnostics(document, DiagnosticSettings()) if each.span[0] < 90
    ]
