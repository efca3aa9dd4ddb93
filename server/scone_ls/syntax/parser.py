"""Text to entries (first form: every document is composed whole)."""

from typing import NamedTuple

from scone_ls.edit import Edit, apply
from scone_ls.syntax import green
from scone_ls.syntax.compose import Problem, compose
from scone_ls.syntax.faults import Fault, FaultKind


class Parsed(NamedTuple):
    documents: tuple[tuple[int, green.Entry], ...]
    faults: tuple[Fault, ...]


def parse_text(string: str) -> Parsed:
    composed = compose(string, 0)
    if isinstance(composed, Problem):
        fault = Fault(FaultKind.SYNTAX, max(0, composed.offset - 1), composed.offset, composed.message)
        return Parsed(((0, green.Entry(len(string), None, (fault,), names=False)),), ())
    return Parsed(((0, green.Entry(len(string), composed.node, (), names=composed.names)),), ())


def reparse_text(string: str, parsed: Parsed, edit: Edit) -> tuple[str, Parsed]:
    new = apply(string, [edit])
    return new, parse_text(new)
