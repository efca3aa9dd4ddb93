"""Generated manifests of any length, valid and free of findings, the same at every run.

They are what the speed benchmarks type in. Not meant to read like real ones: the examples do that.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice

KINDS = ("genservice", "mesh")
_VALUE = re.compile(r"^\s+value: [A-Za-z/][^\"]*$")


def manifest(kind: str, lines: int) -> str:
    """Return a manifest of the kind with exactly so many lines (at least 40).

    Raises ValueError for an unknown kind or for fewer lines.
    """
    if lines < 40:
        raise ValueError(f"{lines} lines are too few for a whole manifest; ask for 40 or more")
    match kind:
        case "genservice":
            return _filled(_genservice, lines)
        case "mesh":
            return _filled(_mesh, lines)
        case _:
            raise ValueError(f"unknown kind {kind!r}; known are {', '.join(KINDS)}")


def value_line(text: str) -> int:
    """Return the line (zero-based) of a plain value about a third down a generated text: a place to type."""
    lines = text.split("\n")
    values = [number for number, line in enumerate(lines) if _VALUE.match(line)]
    return min(values, key=lambda number: abs(number - len(lines) // 3))


def _filled(write: Callable[[int], Iterator[str]], lines: int) -> str:
    """Return the largest manifest that fits, filled up with comment lines at its end."""
    units = 1
    step = lines
    while step:
        if sum(1 for _ in islice(write(units + step), lines + 1)) <= lines:
            units += step
        else:
            step //= 2
    body = list(write(units))
    body += [f"# filler {number}" for number in range(lines - len(body))]
    return "\n".join(body) + "\n"


def _genservice(units: int) -> Iterator[str]:
    yield from (
        "apiVersion: scone/5.8",
        "kind: genservice",
        "",
        "build:",
        "  name: ledger",
        "  kind: python",
        "  to: images.example/ledger:1  # the confidential image",
        "  pwd: /srv/ledger",
        "  command: python3 /srv/ledger/main.py --listen 0.0.0.0:8443",
        "  copy:",
        "    - main.py",
        "    - requirements.txt",
        "  requirements: requirements.txt",
        "",
        "environment:",
        "  local:",
        "    - name: SCONE_HEAP",
        "      value: 1G",
    )
    for unit in range(units):
        yield f"    - name: LEDGER_OPTION_{unit:05}"
        yield f"      value: /srv/ledger/option-{unit:05}"
        yield f"    - name: LEDGER_TOKEN_{unit:05}"
        yield f'      value: "$$SCONE::token-{unit:05}$$"'
    yield "  global:"
    for unit in range(units):
        yield f"    - name: ledger_peer_{unit:05}"
    yield "secrets:"
    yield "  global:"
    for unit in range(units):
        yield f"    - name: token-{unit:05}"
        yield "      kind: ascii"
        yield "      size: 32"
    yield "injection_files:"
    for unit in range(units):
        yield f"  - path: /etc/ledger/token-{unit:05}"
        yield f"    content: $$SCONE::token-{unit:05}$$"


def _mesh(units: int) -> Iterator[str]:
    yield from (
        "apiVersion: scone/5.8",
        "kind: mesh",
        "",
        "cas:",
        "  - name: cas",
        "    alias: [image, security, access, attestation]",
        "    cas_url: cas.example",
        '    tolerance: "-G -S"',
        "    mode: SignedManifest",
        "",
        "policy:",
        "  namespace: ledger-example",
        "  tolerate: outdated-tcb, hyperthreading  # what this data centre has",
        "",
        "env:",
    )
    for unit in range(units):
        yield f"  - service: ledger-{unit:05}"
        yield "    env:"
        yield f"      - name: ledger_peer_{unit:05}"
        yield f"        value: peer-{unit:05}.example"
        yield f"      - name: LEDGER_PORT_{unit:05}"
        yield "        value: 8443"
    yield "services:"
    for unit in range(units):
        yield f"  - name: ledger-{unit:05}"
        yield f"    image: images.example/ledger-{unit:05}:1"
