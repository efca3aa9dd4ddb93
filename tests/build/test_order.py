"""Which manifests a build needs, and in which order."""

from scone_ls.analysis.document import Document
from scone_ls.build.order import Candidate, needed_by, ordered


def service(to: str, base: str = "") -> Candidate[str]:
    start = f"  from: {base}\n" if base else ""
    text = (
        f"apiVersion: scone/5.8\nkind: genservice\nbuild:\n  name: x\n  kind: python\n  to: {to}\n{start}  command: x\n"
    )
    return Candidate(to, Document.open(f"file:///{to}.yaml", text))


def mesh(*images: str) -> Document:
    services = "".join(f"  - name: {image}\n    image: {image}\n" for image in images)
    return Document.open("file:///mesh.yaml", f"apiVersion: scone/5.8\nkind: mesh\nservices:\n{services}")


def keys(candidates: tuple[Candidate[str], ...]) -> list[str]:
    return [candidate.key for candidate in candidates]


def test_a_mesh_needs_the_services_whose_images_it_runs():
    assert ["a", "c"] == keys(needed_by(mesh("c", "a", "elsewhere"), [service("a"), service("b"), service("c")]))


def test_a_service_needs_the_image_that_it_starts_from():
    candidates = [service("a", base="b"), service("b", base="c"), service("c"), service("d")]

    assert ["c", "b", "a"] == keys(needed_by(mesh("a"), candidates))


def test_without_need_the_order_stays():
    assert ["b", "a"] == keys(ordered([service("b"), service("a")]))


def test_a_mesh_comes_last():
    candidates = [Candidate("mesh", mesh("a")), service("a")]

    assert ["a", "mesh"] == keys(ordered(candidates))


def test_a_circle_has_an_order_all_the_same():
    assert ["a", "b"] == keys(ordered([service("a", base="b"), service("b", base="a")]))


def test_a_service_that_starts_from_its_own_image():
    assert ["a"] == keys(ordered([service("a", base="a")]))
