"""Processor time of our core in this process: a whole parse, a keystroke, all rules.

The figures are milliseconds of thread time, medians; the processor's own noise is in them, the other processes are not.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

# Also as `python benchmarks/parse.py`, where Python looks for modules beside this file only.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.core import checked, keystroke, opened, parsed
from benchmarks.generate import KINDS, manifest, value_line

_SIZES = (50, 500, 5_000, 50_000)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a Markdown table, one row for each kind and size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parse", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, _SIZES)), help="lines, as in 50,500")
    parser.add_argument("--repeat", type=int, default=7, help="repetitions of what takes long")
    options = parser.parse_args(arguments)
    print("| CPU ms, median | lines | parse | open and check | keystroke | keystroke and check |")
    print("|---|---:|---:|---:|---:|---:|")
    checked(opened(manifest("mesh", 50)))  # What is made once is made before the clock runs.
    for kind in KINDS:
        for lines in map(int, options.sizes.split(",")):
            print(_row(kind, lines, options.repeat), flush=True)
    return 0


def _row(kind: str, lines: int, repeat: int) -> str:
    text = manifest(kind, lines)
    before = text.split("\n")[: value_line(text) + 1]
    offset = len("\n".join(before))
    document = opened(text)
    checked(document)
    figures = [
        _median(lambda: parsed(text), repeat),
        _median(lambda: checked(opened(text)), repeat),
        _median(lambda: keystroke(document, offset, "x"), 20 * repeat),
        _median(lambda: checked(keystroke(document, offset, "x")), 20 * repeat),
    ]
    return f"| {kind} | {lines:,} | {' | '.join(f'{figure:.2f}' for figure in figures)} |"


def _median(act: Callable[[], object], times: int) -> float:
    taken: list[float] = []
    for _ in range(times):
        begun = time.thread_time()
        act()
        taken.append((time.thread_time() - begun) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    sys.exit(main())
