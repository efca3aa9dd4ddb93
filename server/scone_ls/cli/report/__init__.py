"""What `check` found, and the forms in which it is shown, each a module; `form` lists them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from scone_ls.features.diagnostics import Diagnostic
from scone_ls.rules.rule import Fix, Related, Severity
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


class Other(NamedTuple):
    """A file that is not checked itself, but in which a related place is: its name as shown, and its text."""

    name: str
    text: Text


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
    others: Mapping[str, Other] = field(default_factory=dict[str, Other])
    """The files that related places are in, by URI."""

    def place(self, offset: int) -> Position:
        """Return the line and column of an offset, both counted from one, the column in code points."""
        return _place(self.text, offset)

    def shown_place(self, related: Related) -> str | None:
        """Return where a related place is, as it is shown; `None` where its file is gone."""
        if related.uri is None:
            line, column = self.place(related.span.start)
            return f"{line}:{column}"
        other = self.others.get(related.uri)
        if other is None:
            return None
        line, column = _place(other.text, related.span.start)
        return f"{other.name}:{line}:{column}"


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


def _place(text: Text, offset: int) -> Position:
    line, column = text.position(offset, Encoding.UTF32)
    return Position(line + 1, column + 1)
