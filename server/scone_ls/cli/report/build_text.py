"""How a build ended, as text: what went wrong, each with its place, and where the whole output is."""

from collections.abc import Iterator

from scone_ls.build.builds import Outcome
from scone_ls.build.locate import locate_in_source
from scone_ls.build.prepare import Examined
from scone_ls.cli.report.terminal import harmless
from scone_ls.files.reading import Source
from scone_ls.text import Encoding, Text


def report(source: Source, examined: Examined, outcome: Outcome) -> Iterator[str]:
    """Yield the lines of the report; columns count code points from one."""
    text = Text.of(source.string)
    for problem in outcome.problems:
        span = locate_in_source(problem, examined.document, examined.rendered)
        line, column = text.position(span.start, Encoding.UTF32)
        code = f"[{problem.code}]" if problem.code else ""
        first, *rest = problem.text.split("\n")
        place = f"{harmless(source.name)}:{line + 1}:{column + 1}"
        yield f"{place}: {problem.level.value}{code} from {problem.origin.value}: {harmless(first)}"
        yield from (f"  {harmless(line)}" for line in rest)
    ended = f"failed with exit code {outcome.code}" if outcome.code else "done"
    log = f"; the whole output is in {harmless(str(outcome.log))}" if outcome.log is not None else ""
    yield f"{harmless(source.name)}: {ended} after {outcome.seconds:.1f} s{log}"
