"""Items with their weights, and the order in which they are shown."""

from collections.abc import Iterable
from dataclasses import replace

from scone_ls.features.completion.item import Completion, CompletionOptions


def ranked(offered: Iterable[Completion], options: CompletionOptions) -> tuple[Completion, ...]:
    """Return the items by their weight (in `rank`, the lowest first), each label once, with ranks from 0 on."""
    found: dict[str, Completion] = {}
    for item in sorted(offered, key=lambda item: item.rank):
        found.setdefault(item.label, item)
    return tuple(
        replace(item, rank=rank, snippet=item.snippet if options.snippets else None)
        for rank, item in enumerate(found.values())
    )
