"""The command `python -m benchmarks.workspace`: a server is given a generated workspace, then edits are made in it.

An edit changes the name of a secret in the service that declares it. The services of the same mesh that import it are
open, as are services of other meshes, whose diagnostics must not be looked for again.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.client import Client, Memory, OpenDocument, Published, Server
from benchmarks.workspace.generate import SERVICES, Mesh, workspace

_TARGET_OF_INDEX = 3.0
_TARGET_OF_EDITS = 50.0
_QUIET = 0.25
_BYSTANDERS = 5
_SERVER = Server("scone-ls", (sys.executable, "-m", "scone_ls", "serve"))


def main() -> int:
    """Measure, print the figures, and return 1 where `--gate` was given and a target is missed."""
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="scone-ls-workspace-"))
    try:
        meshes = workspace(folder, options.meshes)
        print(f"{len(meshes) * (SERVICES + 1)} manifests, {len(meshes)} of them meshes")
        indexed = sorted(_index(folder) for _ in range(options.starts))
        seconds, busy, reports, memory = indexed[len(indexed) // 2]
        print(
            f"index: {seconds:.2f} s (median of {len(indexed)}), {busy:.2f} s of them at work, {reports} reports of progress"
        )
        print(f"memory: {memory.rss:.0f} MiB resident, {memory.pss:.0f} MiB with shared pages divided")
        times, looked_at = _edits(folder, meshes, options.edits)
    finally:
        shutil.rmtree(folder)
    median = statistics.median(times)
    print(f"edit of a secret's name to the diagnostics of all {SERVICES - 1} files that use it: {_spread(times)} ms")
    print(f"diagnostics of other files looked for: {looked_at}")
    missed = seconds > _TARGET_OF_INDEX or not reports or median > _TARGET_OF_EDITS or looked_at > 0
    return int(options.gate and missed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workspace", description=__doc__)
    parser.add_argument("--meshes", type=int, default=400, help=f"each has {SERVICES} services in files of their own")
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--edits", type=int, default=40)
    parser.add_argument("--gate", action="store_true", help="fail when a target is missed")
    return parser.parse_args()


def _index(folder: Path) -> tuple[float, float, int, Memory]:
    """Return the seconds until all is known, those of the processor, the reports of progress, and the memory then."""
    client = Client(_SERVER, folder)
    try:
        client.initialize()
        begin, used = time.perf_counter(), client.processor_time()
        ended = client.progress_ended(timeout=120)
        return ended - begin, client.processor_time() - used, client.progress_reports(), client.memory()
    finally:
        client.stop()


def _edits(folder: Path, meshes: Sequence[Mesh], count: int) -> tuple[list[float], int]:
    """Return the milliseconds from each edit to its last consequence, and how many other files were looked at."""
    client = Client(_SERVER, folder)
    try:
        client.initialize()
        client.progress_ended(timeout=120)
        mesh = meshes[len(meshes) // 2]
        owner = _opened(client, mesh.owner)
        users = {_opened(client, path).uri for path in mesh.users}
        for other in meshes[:_BYSTANDERS]:
            _opened(client, other.owner)
        client.published_for(set(), _QUIET, timeout=60)
        times: list[float] = []
        looked_at = 0
        for number in range(count):
            begin, found = _renamed(client, owner, mesh.secret, users, back=number % 2 == 1)
            times.append((max(one.at for one in found if one.uri in users) - begin) * 1000)
            looked_at += sum(one.uri not in users | {owner.uri} for one in found)
            wrong = sum(bool(one.diagnostics) for one in found if one.uri in users)
            if wrong != (0 if number % 2 else len(users)):
                raise RuntimeError(
                    f"after edit {number} there are diagnostics in {wrong} of the files that use the secret"
                )
        return times, looked_at
    finally:
        client.stop()


def _renamed(
    client: Client, owner: OpenDocument, secret: str, users: set[str], *, back: bool
) -> tuple[float, list[Published]]:
    """Add a letter to the name where the secret is declared, or take it away again."""
    line = next(number for number, line in enumerate(owner.lines) if line.startswith(f"    - name: {secret}"))
    end = len(f"    - name: {secret}")
    change = owner.replaced(line, end, end + 1, "") if back else owner.replaced(line, end, end, "x")
    begin = time.perf_counter()
    client.write(change)
    return begin, client.published_for(users, _QUIET, timeout=30)


def _opened(client: Client, path: Path) -> OpenDocument:
    document = OpenDocument(client, path.as_uri(), path.read_text(encoding="utf-8"))
    client.write(document.opened())
    return document


def _spread(times: Sequence[float]) -> str:
    ordered = sorted(times)
    return f"median {statistics.median(ordered):.1f}, 90 % within {ordered[int(len(ordered) * 0.9)]:.1f}"


if __name__ == "__main__":
    sys.exit(main())
