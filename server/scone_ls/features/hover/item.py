"""What hover answers, as plain data."""

from dataclasses import dataclass

from scone_ls.text import Span


@dataclass(frozen=True, slots=True)
class Hover:
    """The word and what it means, as Markdown; `span` is half-open, in code points."""

    span: Span
    markdown: str
