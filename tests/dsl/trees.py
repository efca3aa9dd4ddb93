"""Trees as plain data, to be compared and shown."""

from pathlib import Path
from typing import Any

from scone_ls.syntax import tree
from scone_ls.syntax.file import File

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"


def plain(node: tree.Node | None) -> Any:
    """Return a node as nested tuples: its sort, its span, and what is in it."""
    match node:
        case None:
            return None
        case tree.Scalar():
            return ("scalar", *node.span, node.style, node.tag, node.value)
        case tree.Alias():
            return ("alias", *node.span, node.name)
        case tree.Broken():
            return ("broken", *node.span)
        case tree.Mapping():
            pairs = tuple((plain(pair.key), pair.colon, plain(pair.value)) for pair in node.pairs)
            return ("mapping", *node.span, node.flow, pairs)
        case tree.Sequence():
            return ("sequence", *node.span, node.flow, tuple((item.dash, plain(item.value)) for item in node.items))


def snapshot(file: File) -> Any:
    """Return all that a parse says: the trees of the documents, their spans, the faults and the comments."""
    roots = tuple((*document.span, plain(document.root)) for document in file.documents)
    return roots, file.faults, file.comments


def keys(file: File) -> list[tuple[str, str]]:
    """Return every key of a file with the value it leads to, as far as that is a scalar."""
    found: list[tuple[str, str]] = []
    for document in file.documents:
        if document.root is None:
            continue
        for node in tree.walk(document.root):
            if isinstance(node, tree.Mapping):
                found += (
                    (pair.name or "", pair.value.value if isinstance(pair.value, tree.Scalar) else "")
                    for pair in node.pairs
                )
    return found


def examples() -> list[Path]:
    """Return the manifests under examples/."""
    return sorted(path for pattern in ("*.yaml", "*.template") for path in (ROOT / "examples").rglob(pattern))


def corpus() -> list[Path]:
    """Return the real manifests beside the project; none where a user has none."""
    return sorted((SHARED / "corpus").glob("*.yaml"))
