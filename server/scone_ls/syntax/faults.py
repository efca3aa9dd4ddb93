"""What is wrong with a text as YAML, each fault at the place where the reader must act.

A fault is a fact and its repairs; the words for the user are found in the rule of the same name.
"""

from enum import Enum
from typing import NamedTuple


class FaultKind(Enum):
    """The sorts of faults; the value is the code of the rule that reports it."""

    TAB = "tab-indentation"
    INDENTATION = "wrong-indentation"
    MISSING_COLON = "missing-colon"
    UNCLOSED_QUOTE = "unclosed-quote"
    UNCLOSED_FLOW = "unclosed-bracket"
    TEMPLATE = "unquoted-template"
    SYNTAX = "syntax-error"


class Repair(NamedTuple):
    """One way to mend a fault: replacements `(start, end, text)` in the coordinates of the fault."""

    title: str
    edits: tuple[tuple[int, int, str], ...]

    def moved(self, distance: int) -> "Repair":
        """Return the repair moved by so many code points."""
        return Repair(self.title, tuple((start + distance, end + distance, text) for start, end, text in self.edits))


class Fault(NamedTuple):
    """One fault: its sort, its half-open span, what it says in a few words, and its repairs, the likeliest first."""

    kind: FaultKind
    start: int
    end: int
    message: str
    repairs: tuple[Repair, ...] = ()

    def moved(self, distance: int) -> "Fault":
        """Return the fault moved by so many code points."""
        repairs = tuple(repair.moved(distance) for repair in self.repairs)
        return Fault(self.kind, self.start + distance, self.end + distance, self.message, repairs)
