"""Gathers the server and all that it needs as wheels: `wheels.py WHEEL FOLDER [--every-platform]`.

The pure ones serve every Python; of the native ones there are those of this platform, or of all that are published
for, for each Python that is supported. `requirements.txt` beside them has the hash of each.
What was gathered is kept while the lock file stays as it is; only the server's own wheel is renewed.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = (
    "manylinux_2_17_x86_64",
    "manylinux_2_17_aarch64",
    "macosx_11_0_arm64",
    "macosx_10_12_x86_64",
    "win_amd64",
    "win_arm64",
)


def main(wheel: str, folder: str, *options: str) -> None:
    """Fill the folder."""
    goal = Path(folder)
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    requirements = goal / "requirements.txt"
    if options or not requirements.exists() or not requirements.read_text(encoding="utf-8").startswith(locked):
        shutil.rmtree(goal, ignore_errors=True)
        goal.mkdir(parents=True)
        gather_all(goal, locked, PLATFORMS if "--every-platform" in options else (None,))
    own, digest = Path(wheel).name, hashlib.sha256(Path(wheel).read_bytes()).hexdigest()
    name, version = own.split("-")[:2]
    for former in goal.glob(f"{name}-*"):
        former.unlink()
    shutil.copy(wheel, goal)
    requirements.write_text(f"{locked}{name}=={version} \\\n    --hash=sha256:{digest}\n", encoding="utf-8")
    print(f"{len(list(goal.glob('*.whl')))} wheels, {sum(one.stat().st_size for one in goal.iterdir()) // 2**10} KiB")


def gather_all(goal: Path, locked: str, platforms: tuple[str | None, ...]) -> None:
    """Gather what a lock file says; without a name, a platform is this one."""
    requirements = split(locked)
    native = [one for one in requirements if not gather(goal, one, "--platform", "any")]
    for requirement, python, platform in product(native, PYTHONS, platforms):
        where = () if platform is None else ("--platform", platform)
        if not gather(goal, requirement, "--python-version", python, *where):
            print(f"no wheel of {requirement.split()[0]} for Python {python} on {platform or 'this platform'}")


def split(locked: str) -> list[str]:
    """Return each requirement of a lock file, with its hashes."""
    lines = [line for line in locked.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [f"{part}\n" for part in "\n".join(lines).replace(" \\\n", " ").splitlines()]


def gather(goal: Path, requirement: str, *where: str) -> bool:
    """Put the wheel of a requirement for some platform into the folder, if there is one."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requirement.txt"
        file.write_text(requirement, encoding="utf-8")
        pip = (sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps")
        binary = ("--only-binary", ":all:", "--require-hashes", "--requirement", str(file), "--dest", str(goal))
        return subprocess.run((*pip, *binary, *where), check=False, stderr=subprocess.DEVNULL).returncode == 0


if __name__ == "__main__":
    main(*sys.argv[1:])
