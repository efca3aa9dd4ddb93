"""The servers that are measured side by side: ours, and `yaml-language-server` with our schemas, with and without its delay.

The other server comes from npm, pinned by `package-lock.json`; it waits 200 ms after a keystroke before it looks at
the text. To compare the work itself, a patched copy of it (under `build/`, made at run time) waits 0 ms.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.client import Server
from benchmarks.generate import KINDS
from benchmarks.manifests import ROOT

OURS = "scone-ls"
RIVAL = "yaml-ls"
RIVAL_WITHOUT_DELAY = "yaml-ls-0ms"
NAMES = (OURS, RIVAL, RIVAL_WITHOUT_DELAY)

_HERE = ROOT / "benchmarks"
_INSTALLED = _HERE / "node_modules" / "yaml-language-server"
_PATCHED = _HERE / "build" / "yaml-language-server"
_DELAY_FILE = Path("out/server/src/yamlSettings.js")
_DELAY = "this.validationDelayMs = 200;"
_NO_DELAY = "this.validationDelayMs = 0;"


class NotInstalledError(Exception):
    """A server cannot be started here; the message says what is missing."""


def server(name: str) -> Server:
    """Return the server of this name, ready to be started; install or patch it first where that is needed.

    Raises NotInstalledError, also for a name that is not known.
    """
    match name:
        case "scone-ls":
            return Server(name, (str(_our_program()), "serve"))
        case "yaml-ls":
            _install()
            return _rival(name, _INSTALLED)
        case "yaml-ls-0ms":
            _install()
            _patch()
            return _rival(name, _PATCHED)
        case _:
            raise NotInstalledError(f"unknown server {name!r}; known are {', '.join(NAMES)}")


def schema(kind: str) -> Path:
    """Return the path of the JSON Schema of a kind."""
    return ROOT / "schemas" / f"{kind}.schema.json"


def _our_program() -> Path:
    program = Path(sys.executable).parent / "scone-ls"
    if not program.exists():
        raise NotInstalledError(f"no {program.name} beside {sys.executable}; run `make test` first")
    return program


def _rival(name: str, package: Path) -> Server:
    node = shutil.which("node")
    if not node:
        raise NotInstalledError("yaml-language-server needs node on PATH")
    # Each kind has its own schema; files are told apart by name, and everything that would go to the network is off.
    schemas = {schema(kind).as_uri(): [f"*{kind}*"] for kind in KINDS}
    yaml = {
        "schemas": schemas,
        "validate": True,
        "hover": True,
        "completion": True,
        "schemaStore": {"enable": False},
        "kubernetesCRDStore": {"enable": False},
    }
    command = (node, str(package / "bin" / "yaml-language-server"), "--stdio")
    return Server(name, command, {"yaml": yaml})


def _install() -> None:
    if _INSTALLED.exists():
        return
    npm = shutil.which("npm")
    if not npm:
        raise NotInstalledError("yaml-language-server needs npm on PATH to be installed")
    command = (npm, "ci", "--no-audit", "--no-fund", "--loglevel=error")
    done = subprocess.run(command, cwd=_HERE, check=False, capture_output=True, text=True)
    if done.returncode:
        raise NotInstalledError(f"npm could not install it: {done.stderr.strip()}")


def _patch() -> None:
    settings = (_INSTALLED / _DELAY_FILE).read_text(encoding="utf-8")
    if settings.count(_DELAY) != 1:
        raise NotInstalledError(f"the delay is no longer set by `{_DELAY}` in {_DELAY_FILE}")
    if not _PATCHED.exists():
        shutil.copytree(_INSTALLED, _PATCHED)
    patched = settings.replace(_DELAY, _NO_DELAY)
    (_PATCHED / _DELAY_FILE).write_text(patched, encoding="utf-8")
