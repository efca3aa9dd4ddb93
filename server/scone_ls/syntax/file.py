"""A file of YAML documents: parsed whole, or from the version before an edit.

Parsing is total: whatever the text, there is a tree and a list of faults.
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from scone_ls.edit import Edit
from scone_ls.syntax import green, tree
from scone_ls.syntax.comments import comments_in
from scone_ls.syntax.faults import Fault
from scone_ls.syntax.parser import Parsed, parse_text, reparse_text
from scone_ls.text import Span


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """One YAML document of a file: its kept entry and the offset at which that begins."""

    entry: green.Entry
    base: int

    @property
    def span(self) -> Span:
        """All its lines, without the marker lines around them."""
        return Span(self.base, self.base + self.entry.length)

    @property
    def root(self) -> tree.Node | None:
        """The root node; none where the document holds nothing but comments, or did not parse at all."""
        child = self.entry.child
        if child is None or isinstance(child, green.Pair | green.Item):
            return None
        return tree.view(child, self.base)


@dataclass(frozen=True)
class File:
    """One version of a file: the text, the trees of its documents, the faults and the comments."""

    string: str
    parsed: Parsed

    def edited(self, edit: Edit) -> "File":
        """Return the file after an edit; equal to a fresh parse of the new text, whatever the edit."""
        return File(*reparse_text(self.string, self.parsed, edit))

    @property
    def documents(self) -> tuple[YamlDocument, ...]:
        """The YAML documents in the order of the text."""
        return tuple(YamlDocument(entry, base) for base, entry in self.parsed.documents)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """All faults in the order of the text, with absolute offsets."""
        found = list(self.parsed.faults)
        for base, entry in self.parsed.documents:
            found += green.faults_in(entry, base)
        return tuple(sorted(found, key=lambda fault: (fault.start, fault.end)))

    @cached_property
    def comments(self) -> tuple[Span, ...]:
        """The comments in the order of the text, each from its `#` to the end of its line."""
        return tuple(comments_in(self.string, [document.root for document in self.documents]))

    def document_at(self, offset: int) -> YamlDocument | None:
        """Return the document around an offset."""
        documents = self.parsed.documents
        if not documents:
            return None
        base, entry = documents[max(0, bisect_right(documents, offset, key=itemgetter(0)) - 1)]
        return YamlDocument(entry, base)


def parse(string: str) -> File:
    """Parse a whole text."""
    return File(string, parse_text(string))
