"""What a check has against entries whose nodes nobody has made yet: mostly nothing, and that is told without them.

The keys of all entries of one mould are judged once; of each entry only the values are looked at, as they stand in the
text. Whatever is not clearly in order is left to the walk over the nodes in `scone_ls.analysis.structure`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from operator import itemgetter
from typing import TYPE_CHECKING

from scone_ls.analysis import anywhere
from scone_ls.syntax.compose import STRING, TELLING
from scone_ls.syntax.green import Entry, Item, Mould, Scalar
from scone_ls.syntax.moulds import scalar, tag_of

if TYPE_CHECKING:
    from scone_ls.analysis.structure import Check

_Plan = tuple[tuple[int, "Check"], ...]


def settle(check: "Check", entries: Iterable[Entry]) -> None:
    """Remember of each entry of a collection that nothing is wrong with it, if that is clear; `check` is the collection's."""
    groups: defaultdict[Mould, list[tuple[Entry, tuple[str, ...]]]] = defaultdict(list)
    for entry in entries:
        unmade = entry.unmade
        if unmade is not None:
            groups[unmade.mould].append((entry, unmade.values))
    for mould, group in groups.items():
        plan = _known_plan(check, mould, group[0][1])
        if plan is None:
            continue
        columns = tuple(zip(*(values for _, values in group), strict=True))
        are_all_fine = all(_takes(each, columns[line]) for line, each in plan)
        for entry, values in group:
            if are_all_fine or all(_takes(each, (values[line],)) for line, each in plan):
                entry.memo[check] = ()


def _known_plan(check: "Check", mould: Mould, values: tuple[str, ...]) -> "_Plan | None":
    if check not in mould.memo:
        mould.memo[check] = _plan(check, mould, values)
    return mould.memo[check]


def _plan(check: "Check", mould: Mould, values: tuple[str, ...]) -> "_Plan | None":
    """Return what the values of a mould must be, by their lines; nothing where its keys may not be in order."""
    child = mould.cast(tuple(str(line) if value else "" for line, value in enumerate(values)))
    inner = check.item if isinstance(child, Item) else check.plain.get(anywhere.key_text(child.key))
    scalars: list[tuple[Check, Scalar]] = []
    if inner is None or not inner.is_in_order(child.value, scalars):
        return None
    if not all(each.takes_scalar(node) for each, node in scalars if not node.value):
        return None
    return tuple((int(node.value), each) for each, node in scalars if node.value)


def _takes(check: "Check", values: Collection[str]) -> bool:
    """Tell whether nothing is wrong with values at one place, as they stand in the text."""
    if STRING in check.tags and TELLING.isdisjoint(map(itemgetter(0), values)):
        return True
    return all(tag_of(value) in check.tags or check.takes_scalar(scalar(value, 0)) for value in {*values})
