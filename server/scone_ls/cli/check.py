"""`scone-ls check`: finds manifests, checks them, shows or mends what is wrong, and sums it up in an exit code."""

import os
import sys
import traceback
from dataclasses import dataclass, field
from enum import Enum

from scone_ls.cli import findings
from scone_ls.cli.config import Config
from scone_ls.cli.failure import Failure, unexpected
from scone_ls.cli.fix import Mended, difference, mended, write
from scone_ls.cli.report import Checked, Summary, as_text, counted
from scone_ls.cli.report.form import Form, rendered
from scone_ls.cli.report.terminal import Paint, colour_wanted, harmless, painted, width
from scone_ls.cli.surroundings import Surroundings
from scone_ls.files.discovery import sources
from scone_ls.files.failure import UnreadableError
from scone_ls.files.reading import Source, encoded
from scone_ls.rules.rule import Severity

CLEAN, FOUND, FAILED = 0, 1, 2
"""The exit codes."""


class Action(Enum):
    """What to do about what is found."""

    REPORT = "report"
    FIX = "fix"
    DIFF = "diff"


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for."""

    names: tuple[str, ...]
    stdin_name: str
    lowest: Severity
    ignored: tuple[str, ...]
    exit_zero: bool
    form: Form
    action: Action
    colour: str
    debug: bool


def run(options: Options) -> int:
    """Check everything that is named; returns the exit code, raises `Failure` for options that make no sense."""
    return _Run(options).all()


@dataclass(slots=True)
class _Run:
    """One run, with what it has found so far."""

    options: Options
    config: Config = field(init=False)
    surroundings: Surroundings = field(init=False)
    total: Summary = field(default_factory=Summary)
    texts: list[Checked] = field(default_factory=list[Checked])
    mended: int = 0
    failed: bool = False

    def __post_init__(self) -> None:
        self.config = Config(self._fail, self.options.ignored)

    def all(self) -> int:
        names = self.options.names or (os.curdir,)
        found = list(sources(names, self.options.stdin_name))
        self.surroundings = Surroundings(self.config, names)
        self.surroundings.look(found)
        for source in found:
            if isinstance(source, UnreadableError):
                self._fail(str(source))
                continue
            try:
                self._one(source)
            except Failure as failure:
                self._fail(str(failure))
            except OSError:
                raise  # Standard output is full or gone; this is about all texts, not about one.
            except Exception as error:  # noqa: BLE001 -- A defect met in one text must not hide the others.
                self._defect(error, source.name)
        self._end()
        return self._code()

    def _one(self, source: Source) -> None:
        match self.options.action:
            case Action.REPORT:
                self._show(self._check(source.name, source.string))
            case Action.FIX:
                self._fix(source, self._mended(source))
            case Action.DIFF:
                result = self._mended(source)
                self.mended += len(result.applied)
                self._count(result.checked)
                for line in difference(source.name, source.string, result.checked.text.string):
                    sys.stdout.write(line)

    def _check(self, name: str, string: str) -> Checked:
        return findings.check(
            name, string, self.config.diagnostics(name), self.options.lowest, self.surroundings.workspace
        )

    def _mended(self, source: Source) -> Mended:
        return mended(source.string, lambda string: self._check(source.name, string))

    def _fix(self, source: Source, result: Mended) -> None:
        string = result.checked.text.string
        if source.path is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(encoded(string, mark=source.mark))
        elif result.applied:
            write(source, string)
            self.surroundings.put(source, string)
        self.mended += len(result.applied)
        if self.options.form is Form.TEXT:
            for applied in result.applied:
                place = f"{harmless(source.name)}:{applied.place.line}:{applied.place.column}:"
                done = painted(f"fixed[{applied.code}]", Paint.GOOD, colour=self._colour)
                self._print(f"{painted(place, Paint.STRONG, colour=self._colour)} {done} {harmless(applied.title)}")
            if result.applied:
                self._print()
        self._show(result.checked)

    def _show(self, checked: Checked) -> None:
        self._count(checked)
        if self.options.form is not Form.TEXT:
            self.texts.append(checked)
            return
        for block in as_text.report(checked, width(sys.stdout), colour=self._colour):
            self._print(block)

    def _end(self) -> None:
        if self.options.action is Action.DIFF:
            return
        if self.options.form is not Form.TEXT:
            report = rendered(self.options.form, self.texts, complete=not self.failed)
            if report:
                self._print(report)
            return
        if self.mended:
            self._print(f"fixed {counted(self.mended, 'mistake')}")
        if self.total.texts or not self.failed:
            self._print(as_text.summary(self.total, colour=self._colour))

    def _code(self) -> int:
        if self.failed:
            return FAILED
        wrong = self.mended if self.options.action is Action.DIFF else self.total.errors + self.total.warnings
        return FOUND if wrong and not self.options.exit_zero else CLEAN

    @property
    def _colour(self) -> bool:
        return colour_wanted(self.options.colour, sys.stdout, os.environ)

    def _print(self, text: str = "") -> None:
        """Print a part of the report; where a mended text goes to standard output, the report gives way."""
        aside = self.options.action is Action.FIX and "-" in self.options.names
        print(text, file=sys.stderr if aside else sys.stdout)

    def _count(self, checked: Checked) -> None:
        self.total = self.total.with_text(checked)
        for defect in checked.defects:
            self._defect(defect, checked.name)

    def _defect(self, error: Exception, name: str) -> None:
        self._fail(unexpected(error, name))
        if self.options.debug:
            traceback.print_exception(error)

    def _fail(self, message: str) -> None:
        self.failed = True
        sys.stdout.flush()
        print(f"scone-ls: {harmless(message)}", file=sys.stderr)
