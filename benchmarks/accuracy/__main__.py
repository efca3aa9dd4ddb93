"""The accuracy benchmark's command line; `--help` lists its options."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

# Also as `python benchmarks/accuracy`, where Python looks for modules beside this file only.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks import servers
from benchmarks.accuracy import completion, ground, measure, mistakes, names, report
from benchmarks.accuracy.mistakes import Sort
from benchmarks.core import Core
from benchmarks.judge import Judge
from benchmarks.manifests import corpus, examples
from benchmarks.remote import Remote

_IN_PROCESS = "core"


def main(arguments: Sequence[str] | None = None) -> int:
    """Plant, ask, print the tables; with `--gate` return 1 when a target is missed."""
    options = _options(arguments)
    with ExitStack() as running:
        try:
            judge = _judge(options.server, running)
        except servers.NotInstalledError as error:
            print(f"benchmark: {error}", file=sys.stderr)
            return 2
        outcomes, answers, unexplained = _measured(judge, options)
    named = _named(options)
    goals = [*report.goals(outcomes, answers, len(unexplained)), *report.name_goals(named)]
    if options.json:
        print(json.dumps(_plain(outcomes, answers, goals), indent=1))
    else:
        print("\n".join(report.mistake_table(outcomes)), end="\n\n")
        print("\n".join(report.completion_table(answers)), end="\n\n")
        print("\n".join(names.table(named)), end="\n\n")
        print("\n".join(report.goal_table(goals)))
        for name, key in unexplained[: options.most]:
            print(f"no hover: {key} in {name}")
    for name in options.show:
        if name == "names":
            print("\n".join(names.failures(named, options.most)))
        else:
            _show(name, outcomes, answers, options.most)
    return int(options.gate and not all(goal.met for goal in goals))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    sorts = [sort.value for sort in Sort]
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy",
        description="How right a server is about manifests with one mistake in them.",
    )
    parser.add_argument("--cases", type=int, default=2700, help="mistakes, in equal shares of nine")
    parser.add_argument("--keys", type=int, default=800, help="keys for completion and hover")
    parser.add_argument("--names", type=int, default=60, help="mistakes in names, of each sort")
    parser.add_argument("--results", type=int, default=2, help="other items tried for each question")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same cases")
    parser.add_argument("--sort", action="append", choices=sorts, help="only this sort (repeatable)")
    parser.add_argument(
        "--show",
        action="append",
        default=[],
        choices=[*sorts, "completion", "names"],
        help="print failures (repeatable)",
    )
    parser.add_argument("--most", type=int, default=20, help="failures to print of each sort")
    parser.add_argument(
        "--server",
        default=_IN_PROCESS,
        choices=[_IN_PROCESS, *servers.NAMES],
        help="who is asked (default: our core in this process)",
    )
    parser.add_argument("--json", action="store_true", help="print all outcomes as JSON")
    parser.add_argument("--gate", action="store_true", help="fail when a target is missed")
    return parser.parse_args(arguments)


def _judge(name: str, running: ExitStack) -> Judge:
    return Core() if name == _IN_PROCESS else Remote(servers.server(name), running)


def _measured(
    judge: Judge, options: argparse.Namespace
) -> tuple[list[measure.Outcome], list[completion.Answer], list[tuple[str, str]]]:
    grounds = [prepared for manifest in (*examples(), *corpus()) if (prepared := ground.prepare(manifest)) is not None]
    sorts = [sort for sort in Sort if not options.sort or sort.value in options.sort]
    outcomes: list[measure.Outcome] = []
    for sort in sorts:
        planted = mistakes.mistakes(sort, grounds, options.cases // len(Sort), options.seed)
        outcomes += measure.outcomes(judge, planted)
    chosen = completion.keys(grounds, options.keys, options.seed)
    answers = list(completion.answers(judge, chosen, options.results, options.seed))
    return outcomes, answers, list(completion.unexplained(judge, chosen))


def _named(options: argparse.Namespace) -> list[names.Outcome]:
    """Return what our core makes of mistakes in names; other servers know nothing of them."""
    if options.server != _IN_PROCESS or options.sort:
        return []
    planted = names.cases(names.workspaces((*examples(), *corpus())), options.names, options.seed)
    return list(names.outcomes(planted))


def _show(
    name: str,
    outcomes: Sequence[measure.Outcome],
    answers: Sequence[completion.Answer],
    most: int,
) -> None:
    if name == "completion":
        print("\n".join(report.completion_failures(answers, most)))
    else:
        print("\n".join(report.failures(outcomes, Sort(name), most)))


def _plain(
    outcomes: Sequence[measure.Outcome],
    answers: Sequence[completion.Answer],
    goals: Sequence[report.Goal],
) -> Mapping[str, Any]:
    return {
        "mistakes": [
            {
                "sort": outcome.mistake.sort.value,
                "manifest": outcome.mistake.ground.manifest.name,
                "text": outcome.mistake.text,
                "places": outcome.mistake.places,
                "reports": [entry._asdict() for entry in outcome.reports],
                "found": outcome.found,
                "at_place": outcome.at_place,
                "further": outcome.further,
                "restored": outcome.restored,
            }
            for outcome in outcomes
        ],
        "completion": [
            {
                "gap": answer.gap.value,
                "key": answer.key,
                "offset": answer.offset,
                "text": answer.text,
                "labels": answer.labels,
                "broken": answer.broken,
            }
            for answer in answers
        ],
        "targets": [goal._asdict() for goal in goals],
    }


if __name__ == "__main__":
    sys.exit(main())
