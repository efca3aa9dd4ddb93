"""The speed benchmark's command line; `--help` lists its options."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

# Also as `python benchmarks/latency`, where Python looks for modules beside this file only.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks import servers
from benchmarks.client import Server
from benchmarks.generate import KINDS
from benchmarks.latency import measure, report

# Edits of each sort by number of lines; the larger the text, the longer the other server takes for one.
_EDITS = {50: 40, 500: 40, 5_000: 24, 50_000: 8}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables; with `--gate` return 1 when a target is missed."""
    options = _options(arguments)
    try:
        chosen = [servers.server(name) for name in options.servers]
    except servers.NotInstalledError as error:
        print(f"benchmark: {error}", file=sys.stderr)
        return 2
    starts = _starts(chosen, options)
    runs = [_edits(chosen, kind, lines, options) for lines in options.sizes for kind in options.kinds]
    everything = [*([starts] if starts else []), *runs]
    goals = list(report.goals(starts, runs))
    if options.json:
        print(json.dumps(_plain(everything, goals), indent=1))
    else:
        _show(starts, runs, goals)
    failed = [failure for run in everything for failure in _failures(run)]
    for failure in failed:
        print(f"benchmark: {failure}", file=sys.stderr)
    return int(options.gate and (bool(failed) or not all(goal.met for goal in goals)))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.latency", description="Speed of language servers, side by side."
    )
    parser.add_argument("--sizes", type=_numbers, default=tuple(_EDITS), help="lines, as in 50,500")
    parser.add_argument("--kinds", type=_names, default=KINDS, help="generated manifests: genservice,mesh")
    parser.add_argument("--servers", type=_names, default=servers.NAMES, help="as in scone-ls")
    parser.add_argument("--edits", type=int, help="edits of each sort (default: by size)")
    parser.add_argument("--openings", type=int, default=5, help="how often each file is opened")
    parser.add_argument("--starts", type=int, default=12, help="how often each server is started")
    parser.add_argument("--timeout", type=float, default=60, help="seconds for one answer")
    parser.add_argument("--seed", type=int, default=1, help="of the order in which they take turns")
    parser.add_argument("--json", action="store_true", help="print all figures as JSON")
    parser.add_argument("--gate", action="store_true", help="fail when a target is missed")
    return parser.parse_args(arguments)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part.replace("_", "")) for part in text.split(","))


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


def _plan(lines: int, options: argparse.Namespace) -> measure.Plan:
    usual = _EDITS.get(lines, 40 if lines < 5_000 else 8)
    edits = options.edits or usual
    openings = max(1, options.openings if lines < 50_000 else options.openings // 2)
    return measure.Plan(edits, openings, options.starts, options.timeout, options.seed)


def _starts(chosen: Sequence[Server], options: argparse.Namespace) -> report.Run | None:
    if not options.starts:
        return None
    lines = 50
    print(f"starting each server {options.starts} times …", file=sys.stderr)
    timings = measure.time_starts(chosen, "genservice", lines, _plan(lines, options))
    return report.Run("genservice", lines, timings)


def _edits(chosen: Sequence[Server], kind: str, lines: int, options: argparse.Namespace) -> report.Run:
    print(f"typing in a {kind} of {lines:,} lines …", file=sys.stderr)
    timings = measure.time_edits(chosen, kind, lines, _plan(lines, options))
    return report.Run(kind, lines, timings)


def _failures(run: report.Run) -> list[str]:
    return [
        f"{run.kind}, {run.lines:,} lines, {server}: {failure}"
        for server, timings in run.timings.items()
        for failure in timings.failures
    ]


def _show(starts: report.Run | None, runs: Sequence[report.Run], goals: Sequence[report.Goal]) -> None:
    if starts:
        print("\n".join(report.start_table(starts)), end="\n\n")
    print("\n".join(report.edit_table(runs)))
    if goals:
        print("\n" + "\n".join(report.goal_table(goals)))


def _plain(runs: Sequence[report.Run], goals: Sequence[report.Goal]) -> Mapping[str, Any]:
    return {
        "runs": [
            {
                "kind": run.kind,
                "lines": run.lines,
                "servers": {
                    server: {
                        "milliseconds": timings.milliseconds,
                        "memory": timings.memory._asdict() if timings.memory else None,
                        "failures": timings.failures,
                    }
                    for server, timings in run.timings.items()
                },
            }
            for run in runs
        ],
        "targets": [{**goal._asdict(), "met": goal.met} for goal in goals],
    }


if __name__ == "__main__":
    sys.exit(main())
