"""Which documents are ours: text of the top level in, identity out."""

from pathlib import Path

import pytest

from scone_ls.spec import kinds
from scone_ls.spec.kinds import Identity, KindState, VersionState

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"

MESH_BODY = "cas policy env services"
SERVICE_BODY = "environment secrets build"


def identity(top: str) -> Identity:
    """What a document is: lines `key: value` with a scalar, other words are keys with other values."""
    keys: list[tuple[str, str | None]] = []
    for line in top.split("\n"):
        if ":" in line:
            key, _, value = line.partition(":")
            keys.append((key.strip(), value.strip() or None))
        else:
            keys += [(word, None) for word in line.split()]
    return kinds.identify(keys)


@pytest.mark.parametrize(
    ("top", "kind", "kind_state", "version_state"),
    [
        (f"apiVersion: scone/5.8\nkind: mesh\n{MESH_BODY}", "mesh", "CURRENT", "SUPPORTED"),
        (f"apiVersion: scone/5.8\nkind: genservice\n{SERVICE_BODY}", "genservice", "CURRENT", "SUPPORTED"),
        ("kind: mesh\napiVersion: scone/5.8.0", "mesh", "CURRENT", "SUPPORTED"),
        ("apiVersion: scone/6.1\nkind: mesh", "mesh", "CURRENT", "SUPPORTED"),
        ("apiVersion: scone/5.10\nkind: mesh", "mesh", "CURRENT", "SUPPORTED"),
        ("apiVersion: scone/5.7\nkind: mesh", "mesh", "CURRENT", "OLD"),
        ("apiVersion: scone/new\nkind: mesh", "mesh", "CURRENT", "MALFORMED"),
        ("apiVersion: scone/\nkind: mesh", "mesh", "CURRENT", "MALFORMED"),
        # obsolete and misspelt kinds
        ("apiVersion: scone/5.8\nkind: genAppImage", "genservice", "OBSOLETE", "SUPPORTED"),
        ("apiVersion: scone/5.8\nkind: genImage", "genservice", "OBSOLETE", "SUPPORTED"),
        ("kind: genAppImage", "genservice", "OBSOLETE", "MISSING"),
        ("apiVersion: scone/5.8\nkind: mash", "mesh", "MISSPELT", "SUPPORTED"),
        ("apiVersion: scone/5.8\nkind: Mesh", "mesh", "MISSPELT", "SUPPORTED"),
        ("apiVersion: scone/5.8\nkind: genservce", "genservice", "MISSPELT", "SUPPORTED"),
        ("apiVersion: scone/5.8\nkind: gen", "genservice", "MISSPELT", "SUPPORTED"),
        (f"apiVersion: scone/5.8\nkind: potato\n{MESH_BODY}", "mesh", "UNKNOWN", "SUPPORTED"),
        ("apiVersion: scone/5.8\nkind: potato", None, "UNKNOWN", "SUPPORTED"),
        # one of the two is missing
        (f"kind: mesh\n{MESH_BODY}", "mesh", "CURRENT", "MISSING"),
        ("kind: genservice", "genservice", "CURRENT", "MISSING"),
        ("kind: mesh", "mesh", "CURRENT", "MISSING"),
        ("apiVersion: scone/5.8", None, "MISSING", "SUPPORTED"),
        ("apiVersion: scone/5.8\nkind:", None, "MISSING", "SUPPORTED"),
        (f"apiVersion: scone/5.8\n{MESH_BODY}", "mesh", "MISSING", "SUPPORTED"),
        (f"apiVersion: scone/5.8\n{SERVICE_BODY}", "genservice", "MISSING", "SUPPORTED"),
        (f"apiVersion: scone/5.8\nkind: $KIND\n{MESH_BODY}", "mesh", "TEMPLATE", "SUPPORTED"),
        ("apiVersion: $API_VERSION\nkind: mesh", "mesh", "CURRENT", "TEMPLATE"),
        # the keys themselves are misspelt or half-typed
        (f"apiVerson: scone/5.8\nkind: mesh\n{MESH_BODY}", "mesh", "CURRENT", "SUPPORTED"),
        (f"apiversion: scone/5.8\nkin: mesh\n{MESH_BODY}", "mesh", "CURRENT", "SUPPORTED"),
        ("apiV\nkind: mes", "mesh", "MISSPELT", "MISSING"),
        (f"apiV\nkind: mesh\n{MESH_BODY}", "mesh", "CURRENT", "MISSING"),
        (f"apiVersion:\nkind:\n{MESH_BODY}", "mesh", "MISSING", "MISSING"),
        # the version is nearly right
        ("apiVersion: sco", None, "MISSING", "MISSPELT"),
        ("apiVersion: scone\nkind: mesh", "mesh", "CURRENT", "MISSPELT"),
        ("apiVersion: scoen/5.8\nkind: mesh", "mesh", "CURRENT", "MISSPELT"),
        ("apiVersion: Scone/5.8\nkind: mesh", "mesh", "CURRENT", "MISSPELT"),
        ("apiVersion: scone5.8\nkind: genservice", "genservice", "CURRENT", "MISSPELT"),
        # the version is wrong, the kind is ours
        (f"apiVersion: v1\nkind: mesh\n{MESH_BODY}", "mesh", "CURRENT", "FOREIGN"),
        ("apiVersion: v1\nkind: genservice", "genservice", "CURRENT", "FOREIGN"),
        ("apiVersion: apps/v1\nkind: mesh", "mesh", "CURRENT", "FOREIGN"),
        ("apiVersion: 5.8\nkind: mesh", "mesh", "CURRENT", "FOREIGN"),
        (f"apiVersion: v1\nkind: Mesh\n{MESH_BODY}", "mesh", "MISSPELT", "FOREIGN"),
        # both are missing, but everything else is there
        (MESH_BODY, "mesh", "MISSING", "MISSING"),
        (SERVICE_BODY, "genservice", "MISSING", "MISSING"),
    ],
)
def test_ours(top: str, kind: str | None, kind_state: str, version_state: str):
    found = identity(top)

    assert found.ours
    assert (kind, KindState[kind_state], VersionState[version_state]) == (
        found.kind,
        found.kind_state,
        found.version_state,
    )


@pytest.mark.parametrize(
    "top",
    [
        "",
        "hello",
        "apiVersion: v1\nkind: Pod\nmetadata spec",
        "apiVersion: v1\nkind: Service\nmetadata spec",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata spec",
        "apiVersion: v1",
        "apiVersion:\nkind:",
        "kind: Deployment",
        "apiVersion: v2\nname: chart\nversion: 1.0.0",
        "apiVersion: kuma.io/v1alpha1\nkind: Mesh\nmetadata spec",
        "apiVersion: kuma.io/v1alpha1\nkind: Mesh",
        "apiVersion: appmesh.k8s.aws/v1beta2\nkind: Mesh\nmetadata\nspec",
        "apiVersion: other.example/v1\nkind: mesh\nmetadata\nspec",
        "apiVersion: v1\nkind: List\nitems",
        "apiVersion: scone.cloud/v1\nkind: Register\nmetadata spec",
        "apiVersion: scone.cloud/v1\nkind: Apply",
        "apiVersion: scone.cloud/v1\nkind: mesh",
        "apiVersion: scone.cloud/v1",
        "apiVersion: cas.scone.cloud/v1beta1\nkind: SignedPolicy\nmetadata spec",
        "apiVersion: services.scone.cloud/v1beta1\nkind: CAS\nmetadata spec",
        "apiVersion: base.scone.cloud/v1\nkind: LAS\nmetadata",
        "services volumes networks",
        'version: "3.8"\nservices secrets configs',
        "name: demo\nservices secrets",
        'name: session\nversion: "0.3.11"\nservices secrets access_policy',
        "language: python\nenv services script",
        "env services",
        "version: 1.0\nenvironment build",
        "environment build",
        "policy cas",
        "type: Mesh\nname: default",
    ],
)
def test_not_ours(top: str):
    found = identity(top)

    assert not found.ours
    assert found.kind is None


def test_the_keys_are_named_as_they_are_written():
    found = identity("apiVersoin: scone/5.8\nkin: mesh")

    assert (found.version_key, found.kind_key) == ("apiVersoin", "kin")


def test_facts_for_new_manifests():
    assert kinds.recommended_version() == "scone/5.8"
    assert kinds.current_kinds() == ("genservice", "mesh")
    assert kinds.replacements() == {"genAppImage": "genservice", "genImage": "genservice"}


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the collected manifests are not here")
def test_collected_manifests_are_ours_and_other_tools_files_are_not():
    def top(part: str) -> list[tuple[str, str | None]]:
        lines = [line for line in part.splitlines() if line[:1].isalpha() and ":" in line]
        pairs = (line.split(" #")[0].partition(":") for line in lines)
        return [(key, value.strip() or None) for key, _, value in pairs]

    ours = {file.name: kinds.identify(top(file.read_text(encoding="utf-8"))).ours for file in CORPUS.glob("*.yaml")}
    others = {
        file.name: [kinds.identify(top(part)).ours for part in file.read_text(encoding="utf-8").split("\n---")]
        for folder in ("other-tools", "related")
        for file in (CORPUS / folder).glob("*.yaml")
    }

    assert all(ours.values()), [name for name, known in ours.items() if not known]
    assert not any(any(found) for found in others.values()), others
