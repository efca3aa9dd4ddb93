"""Freezes the server with PyInstaller, as a folder that starts without Python: `freeze.py WHEEL FOLDER`.

The environment it is made in is kept beside it and renewed when a lock file changes.
"""

import os
import subprocess
import sys
import venv
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCKS = (ROOT / "requirements.lock", ROOT / ".ci" / "freeze.lock")
PROGRAM = "import sys\n\nfrom scone_ls.cli import main\n\nsys.exit(main())\n"


def main(wheel: str, folder: str) -> None:
    """Make `FOLDER/dist/scone-ls/`, with the program `scone-ls` and the licences of all that is in it."""
    goal = Path(folder).resolve()
    python = environment(goal / "environment")
    pip(python, "--no-deps", "--force-reinstall", wheel)
    program = goal / "scone-ls.py"
    program.write_text(PROGRAM, encoding="utf-8")
    strip = [] if sys.platform == "win32" else ["--strip"]
    run(
        *(str(python), "-m", "PyInstaller", "--noconfirm", "--clean", "--onedir", *strip),
        *("--collect-submodules", "scone_ls", "--collect-data", "scone_ls", "--name", "scone-ls"),
        *("--workpath", str(goal / "build"), "--distpath", str(goal / "dist"), "--specpath", str(goal), str(program)),
    )
    frozen = goal / "dist" / "scone-ls"
    (frozen / "NOTICES.txt").write_text(notices(goal / "environment"), encoding="utf-8")
    run(str(frozen / "scone-ls"), "--version")


def environment(folder: Path) -> Path:
    """Return the Python of an environment that has what the lock files say."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    mark = folder / "locks"
    locked = "".join(lock.read_text(encoding="utf-8") for lock in LOCKS)
    if not mark.exists() or mark.read_text(encoding="utf-8") != locked:
        venv.create(folder, clear=True, with_pip=True)
        for lock in LOCKS:
            pip(python, "--require-hashes", "-r", str(lock))
        mark.write_text(locked, encoding="utf-8")
    return python


def notices(environment: Path) -> str:
    """Return the licences of the packages in an environment."""
    (packages,) = environment.glob("Lib/site-packages" if sys.platform == "win32" else "lib/python*/site-packages")
    found = sorted(distributions(path=[str(packages)]), key=lambda one: one.name.lower())
    return f"\n{'-' * 80}\n".join(f"{one.name} {one.version}\n\n{licence(one)}" for one in found)


def licence(package: Distribution) -> str:
    """Return the text of a package's licence, or what it says about it."""
    texts = [
        Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")
        for file in package.files or ()
        if file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING"))
    ]
    return "\n".join(texts) or f"{package.metadata['License-Expression'] or package.metadata['License']}\n"


def pip(python: Path, *what: str) -> None:
    """Install into an environment."""
    run(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what)


def run(*command: str) -> None:
    """Run a command, and end where it fails."""
    subprocess.run(command, check=True, env={**os.environ, "PYI_LOG_LEVEL": "ERROR"})


if __name__ == "__main__":
    main(*sys.argv[1:])
