"""Lists everything that is reported on the examples and the corpus, file by file, for a reader to judge."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

# Also as `python benchmarks/corpus.py`, where Python looks for modules beside this file only.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.core import Core
from benchmarks.judge import Report, Severity
from benchmarks.manifests import Manifest, corpus, examples


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the reports with their source lines, then how often each code was reported."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument(
        "--severity",
        choices=[severity.name.lower() for severity in Severity],
        default="hint",
        help="leave out what is less grave",
    )
    options = parser.parse_args(arguments)
    least = Severity[options.severity.upper()]
    core = Core()
    codes: Counter[tuple[Severity, str]] = Counter()
    silent = 0
    for manifest in (*examples(), *corpus()):
        reports = [one for one in core.reports(manifest.text) if one.severity <= least]
        codes.update((report.severity, report.code) for report in reports)
        silent += not reports
        if reports:
            print("\n".join(_listed(manifest, reports)))
    print(f"{silent} files without a report; in the others:")
    for (severity, code), times in sorted(codes.items()):
        print(f"  {times:5} {severity.name.lower()} {code}")
    return 0


def _listed(manifest: Manifest, reports: Sequence[Report]) -> Iterator[str]:
    yield manifest.name
    lines = manifest.text.split("\n")
    for report in reports:
        line = manifest.text.count("\n", 0, report.start)
        column = report.start - (manifest.text.rfind("\n", 0, report.start) + 1)
        width = max(1, min(report.end - report.start, len(lines[line]) - column))
        yield f"  {line + 1}:{column + 1} {report.severity.name.lower()} [{report.code}] {report.message}"
        yield f"      {lines[line]}"
        yield f"      {' ' * column}{'^' * width}"
    yield ""


if __name__ == "__main__":
    sys.exit(main())
