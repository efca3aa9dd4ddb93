"""What the other services of a mesh say about the secrets that a manifest imports, or that a mesh uses in its values."""

from scone_ls.analysis.workspace.interface import Interface
from scone_ls.analysis.workspace.links import meshes, services
from scone_ls.analysis.workspace.workspace import Workspace


def kinds_around(workspace: Workspace, own: Interface) -> dict[str, set[str | None]]:
    """Return the kinds, as written, of the secrets that the services around a manifest declare, by name."""
    around = [own] if own.services else [mesh.interface for mesh in meshes(workspace, own)]
    found: dict[str, set[str | None]] = {}
    for mesh in around:
        for linked in services(workspace, mesh):
            for part in linked.builders:
                for secret in part.interface.secrets:
                    found.setdefault(secret.name, set()).add(secret.kind)
    return found
