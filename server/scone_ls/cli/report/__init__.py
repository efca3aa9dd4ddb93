"""What `check` found, and the forms in which it is shown, each a module; `form` lists them."""

from collections.abc import Iterable
from dataclasses import dataclass

from scone_ls.features.diagnostics import Diagnostic
from scone_ls.rules.rule import Fix, Severity
from scone_ls.text import Encoding, Position, Text


@dataclass(frozen=True, slots=True)
class Found:
    """A diagnostic with the fix that would be chosen for it."""

    diagnostic: Diagnostic
    fix: Fix | None

    @property
    def fixable(self) -> bool:
        """Whether `--fix` would mend it."""
        return self.fix is not None and self.fix.safe and not self.fix.elsewhere


@dataclass(frozen=True, slots=True)
class Checked:
    """One text after its check."""

    name: str
    text: Text
    manifests: int
    """How many documents of the text are manifests."""
    found: tuple[Found, ...]
    defects: tuple[Exception, ...] = ()
    """What went wrong in rules, so that something may not have been found."""

    def place(self, offset: int) -> Position:
        """Return the line and column of an offset, both counted from one, the column in code points."""
        line, column = self.text.position(offset, Encoding.UTF32)
        return Position(line + 1, column + 1)


@dataclass(frozen=True, slots=True)
class Summary:
    """What was found in all texts together."""

    errors: int = 0
    warnings: int = 0
    notes: int = 0
    fixable: int = 0
    manifests: int = 0
    texts: int = 0

    def with_text(self, checked: Checked) -> "Summary":
        """Return the summary with one text more."""
        severities = [found.diagnostic.severity for found in checked.found]
        errors, warnings = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
        return Summary(
            self.errors + errors,
            self.warnings + warnings,
            self.notes + len(severities) - errors - warnings,
            self.fixable + sum(found.fixable for found in checked.found),
            self.manifests + checked.manifests,
            self.texts + 1,
        )


def counted(number: int, noun: str) -> str:
    """Return `1 error`, `2 errors`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def listed(parts: Iterable[str]) -> str:
    """Return `a`, `a and b`, `a, b and c`."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
