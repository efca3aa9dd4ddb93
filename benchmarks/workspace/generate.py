"""A generated workspace of meshes with their services, valid and free of findings, the same at every run."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SERVICES = 4
"""Services of each mesh; the first one declares the secret that the others import."""


class Mesh(NamedTuple):
    """The files of one mesh, and the name of the secret that its services share."""

    manifest: Path
    owner: Path
    users: tuple[Path, ...]
    secret: str


def workspace(folder: Path, meshes: int) -> tuple[Mesh, ...]:
    """Write so many meshes, each with its services in a folder of its own, and return where they are."""
    return tuple(_mesh(folder / f"team{number % 20}" / f"mesh{number}", number) for number in range(meshes))


def _mesh(folder: Path, number: int) -> Mesh:
    folder.mkdir(parents=True)
    manifest = folder / "mesh.yaml"
    manifest.write_text("\n".join(_mesh_lines(number)) + "\n", encoding="utf-8")
    services = tuple(folder / f"service{index}.yaml" for index in range(SERVICES))
    for index, service in enumerate(services):
        service.write_text("\n".join(_service_lines(number, index)) + "\n", encoding="utf-8")
    (folder / "run.py").write_text("", encoding="utf-8")
    return Mesh(manifest, services[0], services[1:], _secret(number))


def _secret(number: int) -> str:
    return f"shared_{number}"


def _image(number: int, index: int) -> str:
    return f"registry.example.com/mesh{number}/service{index}:1.0"


def _mesh_lines(number: int) -> Iterator[str]:
    yield "apiVersion: scone/5.8"
    yield "kind: mesh"
    yield "cas:"
    yield "  - name: cas"
    yield "    alias: [image, security, access, attestation]"
    yield f"    cas_url: cas.mesh{number}"
    yield "policy:"
    yield f"  namespace: mesh{number}"
    yield "env:"
    yield "  - service: global"
    yield "    env:"
    yield "      - name: GREETING"
    yield f"        value: hello {number}"
    yield "services:"
    for index in range(SERVICES):
        yield f"  - name: service{index}"
        yield f"    image: {_image(number, index)}"


def _service_lines(number: int, index: int) -> Iterator[str]:
    secret, own = _secret(number), f"own_{number}_{index}"
    yield from ("apiVersion: scone/5.8", "kind: genservice", "build:")
    yield from (f"  name: service{index}", "  kind: python", f"  to: {_image(number, index)}", "  pwd: /app")
    yield from ("  command: python3 run.py", "  copy:", "    - run.py")
    yield from ("environment:", "  local:", "    - name: SCONE_HEAP", "      value: 256M")
    yield from ("    - name: PASSWORD", f"      value: $$SCONE::{secret}$$")
    yield from ("  global:", "    - name: GREETING")
    yield from ("injection_files:", "  - path: /etc/app.conf", "    content: |")
    yield from ("      greeting = {{GREETING}}", f"      password = $$SCONE::{secret}$$")
    yield from ("  - path: /tls/own.crt", f"    content: $$SCONE::{own}:crt$$")
    yield "secrets:"
    if index:
        yield from ("  import:", f"    - {secret}", "  global:")
    else:
        yield from ("  global:", f"    - name: {secret}", "      kind: ascii", "      size: 32")
    yield from _secrets(own, f"service{index} of mesh{number}")


def _secrets(own: str, common_name: str) -> Iterator[str]:
    """Yield a certificate with its authority, which no other service has to do with."""
    for name in (f"{own}_key", f"{own}_ca_key"):
        yield from (f"    - name: {name}", "      kind: private-key")
    yield from (f"    - name: {own}_ca", "      kind: x509-ca", f"      private_key: {own}_ca_key")
    yield f"      common_name: {common_name}"
    yield from (f"    - name: {own}", "      kind: x509", f"      private_key: {own}_key", f"      issuer: {own}_ca")
    yield "      dns: [localhost]"
