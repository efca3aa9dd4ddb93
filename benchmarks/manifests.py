"""The manifests that the benchmarks read: our examples and, where it lies beside the repository, the corpus.

Not for generated manifests; those come from `benchmarks.generate`.
"""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
CORPUS = ROOT.parent / "shared" / "corpus"
_ENDINGS = (".yaml", ".yml", ".template")


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as it lies on disk; `name` tells it from the others in a report."""

    name: str
    text: str


def examples() -> tuple[Manifest, ...]:
    """Return every file under `examples/` that looks like YAML, sorted by its path."""
    return tuple(_read(path, EXAMPLES) for path in sorted(EXAMPLES.rglob("*")) if _is_yaml(path))


def corpus() -> tuple[Manifest, ...]:
    """Return the manifests of the corpus, sorted by name; its folders of other tools' files are left out.

    Empty where the corpus is not there.
    """
    if not CORPUS.is_dir():
        return ()
    return tuple(_read(path, CORPUS) for path in sorted(CORPUS.iterdir()) if _is_yaml(path))


def _is_yaml(path: Path) -> bool:
    return path.is_file() and path.name.endswith(_ENDINGS)


def _read(path: Path, base: Path) -> Manifest:
    name = path.relative_to(base).as_posix()
    return Manifest(name, path.read_bytes().decode("utf-8"))
