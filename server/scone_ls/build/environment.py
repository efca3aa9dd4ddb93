"""What the machine offers to a build, looked up anew each time; it decides nothing."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from scone_ls.build.plan import PROGRAM, Environment, Target


def environment(variables: Mapping[str, str]) -> Environment:
    """Look up the programs and files that `sconectl` needs, as a process with these variables would find them."""
    search = variables.get("PATH", os.defpath)
    return Environment(
        sconectl=_program(PROGRAM, search),
        docker=_program("docker", search),
        kubeconfig=_kubeconfig(variables),
        posix=os.name == "posix",
    )


def target(file: str | Path, folder: str | Path) -> Target:
    """Return a manifest and its folder with all links resolved; relative paths start at the current folder."""
    return Target(
        file=Path(os.path.abspath(file)),  # noqa: PTH100 -- Unlike Path.resolve it keeps links, as the user wrote them.
        folder=Path(os.path.abspath(folder)),  # noqa: PTH100 -- Likewise.
        real_file=Path(os.path.realpath(file)),
        real_folder=Path(os.path.realpath(folder)),
    )


def _program(name: str, search: str) -> str | None:
    """Return where the program is; absolute, as it is started in another folder than this one."""
    found = shutil.which(name, path=search)
    return None if found is None else str(Path(found).absolute())


def _kubeconfig(variables: Mapping[str, str]) -> str | None:
    named = variables.get("KUBECONFIG")
    if named:
        return named
    home = variables.get("HOME")
    usual = Path(home, ".kube", "config") if home else None
    return str(usual) if usual is not None and usual.is_file() else None
