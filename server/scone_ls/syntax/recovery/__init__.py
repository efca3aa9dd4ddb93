"""Why an entry does not parse, and how to read on: judgement about broken text, without any state.

An explanation is one of three: lines that should be indented otherwise, characters that should be others (both read as
if they were mended, and the fault says so), or a line that stays broken and costs no more than itself. What is right
cannot always be told from one place: `explain` lists the ways to read on, and whoever asks compares where they lead.
"""

from scone_ls.syntax import lines
from scone_ls.syntax.recovery.dashes import dashes
from scone_ls.syntax.recovery.indentation import foreign_key, misplaced_line
from scone_ls.syntax.recovery.line import block_header, broken_line, interloper, line_child
from scone_ls.syntax.recovery.place import Explanation, Frame, Lost, Place, Reindent, Replace
from scone_ls.syntax.recovery.quotes import unclosed
from scone_ls.syntax.recovery.tabs import no_break_spaces, tabs

__all__ = ["Explanation", "Frame", "Lost", "Place", "Reindent", "Replace", "explain"]


def explain(place: Place) -> tuple[Explanation, ...]:
    """Return the explanations to choose from, the likeliest first; all offsets in them are absolute."""
    found: tuple[Explanation, ...] = (*tabs(place), *no_break_spaces(place))
    if found:
        return found
    header = block_header(place)
    if header is not None:
        return (header,)
    fault = unclosed(place)
    if fault is not None:
        child = line_child(place, lines.line_end(place.text, place.content))
        return (Lost(fault, child, body=False),)
    found = tuple(interloper(place))
    if found:
        return found
    ways = (*dashes(place), *foreign_key(place), *misplaced_line(place))
    found = tuple(one for one in ways if not _is_idle(place.text, one))
    return found or (broken_line(place),)


def _is_idle(text: str, explanation: Explanation) -> bool:
    """Tell whether an explanation has its line stand where it stands."""
    if not isinstance(explanation, Reindent):
        return False
    line = explanation.fault.start
    return explanation.columns[line] == lines.content_start(text, line, len(text)) - line
