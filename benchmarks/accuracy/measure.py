"""Counts what a server makes of planted mistakes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.accuracy import oracle
from benchmarks.accuracy.mistakes import Mistake, Sort
from benchmarks.judge import Judge, Report, Severity

# Where the place of blanks is free, or the end of a text cannot be told from where it may end, the data has to be
# restored, not each character.
_BY_DATA = frozenset({Sort.TAB, Sort.LOST_QUOTE, Sort.WRONG_INDENTATION})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a server made of one mistake; `reports` are its new diagnostics, the one that counts first.

    `restored` is None where the original cannot be known.
    """

    mistake: Mistake
    reports: tuple[Report, ...]
    found: bool
    at_place: bool
    further: int
    restored: bool | None
    mended: tuple[str, ...]

    @property
    def perfect(self) -> bool:
        """Tell whether nothing is left to wish."""
        return self.at_place and not self.further and self.restored is not False


@dataclass(frozen=True, slots=True)
class Score:
    """The shares of a set of outcomes, each from 0 to 1; `further` is a number of diagnostics per mistake.

    `restored` is None where no original of the set can be known.
    """

    count: int
    found: float
    at_place: float
    further: float
    restored: float | None


def outcomes(judge: Judge, mistakes: Iterable[Mistake]) -> Iterator[Outcome]:
    """Ask the judge about each mistake."""
    before: dict[str, Counter[tuple[str, str]]] = {}
    for mistake in mistakes:
        original = mistake.ground.text
        if original not in before:
            before[original] = Counter(_identity(report) for report in judge.reports(original))
        reports = list(_new(judge.reports(mistake.text), before[original]))
        yield _outcome(judge, mistake, reports)


def score(outcomes: Sequence[Outcome]) -> Score:
    """Sum up at least one outcome."""
    count = len(outcomes)
    known = [outcome.restored for outcome in outcomes if outcome.restored is not None]
    return Score(
        count,
        sum(outcome.found for outcome in outcomes) / count,
        sum(outcome.at_place for outcome in outcomes) / count,
        sum(outcome.further for outcome in outcomes) / count,
        sum(known) / len(known) if known else None,
    )


def _outcome(judge: Judge, mistake: Mistake, reports: list[Report]) -> Outcome:
    alarms = [report for report in reports if report.severity <= Severity.WARNING]
    at_place = [report for report in alarms if _touches(report, mistake)]
    counted = (at_place or alarms)[:1]
    mended: tuple[str, ...] = ()
    restored = None
    if mistake.mendable:
        mended = tuple(text for report in counted for text in judge.mended(mistake.text, report))
        restored = any(_is_restored(text, mistake) for text in mended)
    ordered = tuple(sorted(reports, key=lambda report: report not in counted))
    further = len(reports) - len(counted)
    return Outcome(mistake, ordered, bool(alarms), bool(at_place), further, restored, mended)


def _new(reports: Iterable[Report], before: Counter[tuple[str, str]]) -> Iterator[Report]:
    """Yield the reports that were not there before the mistake; their places may have moved."""
    left = before.copy()
    for report in reports:
        if left[_identity(report)]:
            left[_identity(report)] -= 1
        else:
            yield report


def _identity(report: Report) -> tuple[str, str]:
    return report.code, report.message


def _touches(report: Report, mistake: Mistake) -> bool:
    """Tell whether a report overlaps a place of the mistake; an empty range overlaps what it touches."""
    for start, end in mistake.places:
        if report.start == report.end or start == end:
            if report.start <= end and start <= report.end:
                return True
        elif report.start < end and start < report.end:
            return True
    return False


def _is_restored(text: str, mistake: Mistake) -> bool:
    original = mistake.ground.text
    if text == original:
        return True
    return mistake.sort in _BY_DATA and oracle.data(text) == oracle.data(original)
