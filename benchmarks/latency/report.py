"""Tables and targets of the speed benchmark; nothing here measures."""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from benchmarks.client import Memory
from benchmarks.latency.measure import Timings
from benchmarks.servers import OURS, RIVAL, RIVAL_WITHOUT_DELAY

METRICS = ("keystroke", "half-typed key", "edit+completion", "edit+hover", "open", "open, last push")
START_METRICS = ("initialize", "start to diagnostics")

# How many times faster than the other server without its delay, by metric and number of lines.
_TARGETS: Mapping[tuple[str, int], float] = {
    ("keystroke", 50): 2.5,
    ("keystroke", 500): 6,
    ("keystroke", 5_000): 20,
    ("keystroke", 50_000): 60,
    ("edit+completion", 5_000): 10,
    ("open", 5_000): 5,
}


class Run(NamedTuple):
    """The timings of all servers on one generated manifest."""

    kind: str
    lines: int
    timings: Mapping[str, Timings]


class Goal(NamedTuple):
    """A target with what was reached: `reached` and `wanted` are ratios (higher is better)."""

    name: str
    reached: float
    wanted: float

    @property
    def met(self) -> bool:
        """Tell whether the target is reached."""
        return self.reached >= self.wanted


def edit_table(runs: Sequence[Run]) -> Iterator[str]:
    """Yield the lines of a Markdown table: milliseconds, median / 95th percentile."""
    servers = list(runs[0].timings) if runs else []
    compared = OURS in servers and RIVAL_WITHOUT_DELAY in servers
    heads = [*servers, f"{RIVAL_WITHOUT_DELAY} : {OURS}"] if compared else servers
    yield f"| ms, median / p95 | kind | lines | {' | '.join(heads)} |"
    yield "|---|---|---:|" + "---:|" * len(heads)
    for metric in METRICS:
        for run in runs:
            cells = [_figures(run.timings[server].milliseconds.get(metric)) for server in servers]
            if compared:
                cells.append(_times(ratio(run.timings, metric)))
            yield f"| {metric} | {run.kind} | {run.lines:,} | {' | '.join(cells)} |"
    for run in runs:
        cells = [_megabytes(run.timings[server].memory) for server in servers]
        if compared:
            cells.append("")
        yield f"| MiB after open, RSS / PSS | {run.kind} | {run.lines:,} | {' | '.join(cells)} |"


def start_table(run: Run) -> Iterator[str]:
    """Yield the lines of a Markdown table of the starts."""
    servers = list(run.timings)
    yield f"| start, ms, median / p95 | {' | '.join(servers)} |"
    yield "|---|" + "---:|" * len(servers)
    for metric in START_METRICS:
        cells = [_figures(run.timings[server].milliseconds.get(metric)) for server in servers]
        yield f"| {metric} | {' | '.join(cells)} |"


def goals(starts: Run | None, runs: Sequence[Run]) -> Iterator[Goal]:
    """Yield every target that this run can speak about, and what was reached."""
    for run in runs:
        for (metric, lines), wanted in _TARGETS.items():
            if lines == run.lines:
                reached = ratio(run.timings, metric)
                if reached is not None:
                    yield Goal(f"{metric}, {run.kind}, {lines:,} lines", reached, wanted)
        yield from _memory_goal(run)
    if starts:
        reached = ratio(starts.timings, "initialize", RIVAL)
        if reached is not None:
            yield Goal("initialize", reached, 1)


def goal_table(found: Sequence[Goal]) -> Iterator[str]:
    """Yield the lines of a Markdown table of the targets."""
    yield "| target (times better than the other server) | wanted | reached | |"
    yield "|---|---:|---:|---|"
    for goal in found:
        verdict = "yes" if goal.met else "**no**"
        yield f"| {goal.name} | {goal.wanted:g} | {goal.reached:.1f} | {verdict} |"


def ratio(timings: Mapping[str, Timings], metric: str, rival: str = RIVAL_WITHOUT_DELAY) -> float | None:
    """Return the rival's median over ours, or None where one of the two is missing."""
    if OURS not in timings or rival not in timings:
        return None
    ours = timings[OURS].milliseconds.get(metric)
    theirs = timings[rival].milliseconds.get(metric)
    return statistics.median(theirs) / statistics.median(ours) if ours and theirs else None


def percentile_95(figures: Sequence[float]) -> float:
    """Return the figure that 95 of 100 do not exceed."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def _memory_goal(run: Run) -> Iterator[Goal]:
    ours = run.timings[OURS].memory if OURS in run.timings else None
    theirs = run.timings[RIVAL].memory if RIVAL in run.timings else None
    if ours and theirs and ours.rss:
        yield Goal(f"memory after open, {run.kind}, {run.lines:,} lines", theirs.rss / ours.rss, 1)


def _figures(milliseconds: Sequence[float] | None) -> str:
    if not milliseconds:
        return "-"
    return f"{statistics.median(milliseconds):.1f} / {percentile_95(milliseconds):.1f}"


def _times(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}x"


def _megabytes(memory: Memory | None) -> str:
    return "-" if memory is None else f"{memory.rss:.0f} / {memory.pss:.0f}"
