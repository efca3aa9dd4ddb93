"""Tables, targets and failures of the accuracy benchmark; nothing here asks a server."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.accuracy import names
from benchmarks.accuracy.completion import Answer, Gap
from benchmarks.accuracy.measure import Outcome, Score, score
from benchmarks.accuracy.mistakes import Sort

_CONTEXT_LINES = 2


class Goal(NamedTuple):
    """A target with what was reached; shares go from 0 to 1."""

    name: str
    reached: float
    wanted: float
    met: bool


@dataclass(frozen=True, slots=True)
class Completion:
    """The shares of a set of answers; `broken` counts results that are not YAML."""

    count: int
    offered: float
    among_first: float
    broken: int


def mistake_table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the lines of a Markdown table, one row for each sort and one for all."""
    yield "| sort | cases | found | at place | further | restored |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name, part in _by_sort(outcomes).items():
        yield _mistake_row(name, score(part))
    if outcomes:
        yield _mistake_row("**all**", score(outcomes))


def completion_table(answers: Sequence[Answer]) -> Iterator[str]:
    """Yield the lines of a Markdown table, one row for each way of taking the word away and one for all."""
    yield "| at a key | cases | offered | among the first five | results that are not YAML |"
    yield "|---|---:|---:|---:|---:|"
    for gap in Gap:
        part = [answer for answer in answers if answer.gap is gap]
        if part:
            yield _completion_row(gap.value, completed(part))
    if answers:
        yield _completion_row("**all**", completed(answers))


def goals(outcomes: Sequence[Outcome], answers: Sequence[Answer], unexplained: int) -> Iterator[Goal]:
    """Yield the targets with what was reached."""
    if outcomes:
        total = score(outcomes)
        yield _at_least("found", total.found, 0.99)
        yield _at_least("at place", total.at_place, 0.98)
        yield Goal("further per mistake", total.further, 0.2, total.further <= 0.2)
        yield _at_least("restored", total.restored or 0, 0.8)
    if answers:
        total = completed(answers)
        yield _at_least("key offered", total.offered, 0.98)
        yield _at_least("key among the first five", total.among_first, 0.95)
        yield Goal("results that are not YAML", total.broken, 0, not total.broken)
        yield Goal("known keys without hover", unexplained, 0, not unexplained)


def name_goals(outcomes: Sequence[names.Outcome]) -> Iterator[Goal]:
    """Yield the targets for mistakes in names with what was reached."""
    if outcomes:
        total = names.score(outcomes)
        yield _at_least("names found", total.found, 1)
        yield _at_least("names at place", total.at_place, 1)
        yield _at_least("names restored", total.restored or 0, 0.9)


def goal_table(found: Sequence[Goal]) -> Iterator[str]:
    """Yield the lines of a Markdown table of the targets."""
    yield "| target | wanted | reached | |"
    yield "|---|---:|---:|---|"
    for goal in found:
        yield f"| {goal.name} | {goal.wanted:g} | {goal.reached:.4g} | {'yes' if goal.met else '**no**'} |"


def failures(outcomes: Sequence[Outcome], sort: Sort, most: int) -> Iterator[str]:
    """Yield the outcomes of a sort that leave something to wish, as text for a reader."""
    failed = [each for each in outcomes if each.mistake.sort is sort and not each.perfect]
    yield f"{len(failed)} failures of {sort.value!r}"
    for outcome in failed[:most]:
        yield from _failure(outcome)


def completion_failures(answers: Sequence[Answer], most: int) -> Iterator[str]:
    """Yield the answers that leave something to wish, as text for a reader."""
    failed = [answer for answer in answers if not answer.among_first or answer.broken]
    yield f"{len(failed)} failures of completion"
    for answer in failed[:most]:
        before, after = answer.text[: answer.offset], answer.text[answer.offset :]
        near = before.split("\n")[-_CONTEXT_LINES - 1 :] + after.split("\n")[:_CONTEXT_LINES]
        near[_CONTEXT_LINES : _CONTEXT_LINES + 2] = ["<|>".join(near[_CONTEXT_LINES : _CONTEXT_LINES + 2])]
        yield f"\n--- {answer.gap.value}: wanted `{answer.key}`"
        yield "\n".join(near)
        yield f"  offered: {', '.join(answer.labels[:12]) or 'nothing'}"
        for label, result in answer.broken:
            start = max(0, answer.offset - 60)
            yield f"  not YAML after `{label}`: …{result[start : answer.offset + 120]!r}…"


def completed(answers: Sequence[Answer]) -> Completion:
    """Sum up at least one answer."""
    count = len(answers)
    return Completion(
        count,
        sum(answer.offered for answer in answers) / count,
        sum(answer.among_first for answer in answers) / count,
        sum(len(answer.broken) for answer in answers),
    )


def _by_sort(outcomes: Sequence[Outcome]) -> Mapping[str, list[Outcome]]:
    parts = {sort.value: [outcome for outcome in outcomes if outcome.mistake.sort is sort] for sort in Sort}
    return {name: part for name, part in parts.items() if part}


def _mistake_row(name: str, total: Score) -> str:
    restored = "-" if total.restored is None else f"{total.restored:.1%}"
    return f"| {name} | {total.count} | {total.found:.1%} | {total.at_place:.1%} | {total.further:.2f} | {restored} |"


def _completion_row(name: str, total: Completion) -> str:
    return f"| {name} | {total.count} | {total.offered:.1%} | {total.among_first:.1%} | {total.broken} |"


def _at_least(name: str, reached: float, wanted: float) -> Goal:
    return Goal(name, reached, wanted, reached >= wanted)


def _failure(outcome: Outcome) -> Iterator[str]:
    mistake = outcome.mistake
    wishes = [
        wish
        for wish, left in (
            ("not found", not outcome.found),
            ("elsewhere", outcome.found and not outcome.at_place),
            (f"{outcome.further} further", outcome.further > 0),
            ("not restored", outcome.restored is False),
        )
        if left
    ]
    yield f"\n--- {mistake.ground.manifest.name}: {', '.join(wishes)}"
    yield from _difference(mistake.ground.text, mistake.text)
    for report in outcome.reports:
        line = mistake.text.count("\n", 0, report.start) + 1
        words = mistake.text[report.start : report.end]
        shown = words if len(words) < 60 else words[:57] + "…"
        yield f"  {report.severity.name.lower()} [{report.code}] line {line} {shown!r}: {report.message}"
    for text in outcome.mended if outcome.restored is False else ():
        yield "  a quick fix gives, against the original:"
        yield from (f"  {line}" for line in _difference(mistake.ground.text, text))


def _difference(before: str, after: str) -> Iterator[str]:
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=_CONTEXT_LINES)
    yield from list(lines)[2:]
