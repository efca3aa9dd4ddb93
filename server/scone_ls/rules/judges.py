"""Rules that look at one thing, or one section, at a time: what they find is kept as long as that stands.

All judges are asked together, as there are many things and few findings.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from typing import NamedTuple, TypeAlias

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.index import Piece
from scone_ls.analysis.names.occurrence import NameKind
from scone_ls.analysis.names.thing import Thing
from scone_ls.analysis.sections import Section, in_sections
from scone_ls.rules.rule import Finding
from scone_ls.spec.schema import Field
from scone_ls.syntax import tree

SectionJudge: TypeAlias = Callable[[Section], Iterable[Finding]]
"""What judges a section of a manifest, and looks at nothing else."""


class ThingJudge(NamedTuple):
    """What judges one thing (one secret, say) by its mapping and its field, and looks at nothing else.

    `concerns` tells from the texts alone whether there may be something to find, as mostly there is not.
    """

    concerns: Callable[[Thing], bool]
    judge: Callable[[tree.Mapping, Field], Iterable[Finding]]


Check: TypeAlias = Callable[[Document], Iterable[Finding]]


def of_things(kind: NameKind, judge: ThingJudge) -> Check:
    """Return the check that yields what a judge finds in each thing of a kind: in each secret, in each variable."""
    judges = _THING_JUDGES.setdefault(kind, [])
    judges.append(judge)
    return lambda document: _own(judge, _found_in_things(document, kind, len(judges)))


def of_sections(judge: SectionJudge) -> Check:
    """Return the check that yields what a judge finds in each section of the manifests of a document."""
    _SECTION_JUDGES.append(judge)
    return lambda document: _own(judge, _found_in_sections(document, len(_SECTION_JUDGES)))


@cache
def without_things(kind: NameKind) -> Callable[[Document], bool]:
    """Return what tells whether no judge finds anything in the things of a kind."""
    return lambda document: not _found_in_things(document, kind, len(_THING_JUDGES[kind]))


def without_sections(document: Document) -> bool:
    """Tell whether no judge finds anything in any section."""
    return not _found_in_sections(document, len(_SECTION_JUDGES))


_Found: TypeAlias = tuple[tuple[Hashable, Finding | Exception], ...]
"""What judges find, each with the judge.

In the place of a finding there is an exception where a judge failed: it must not cost the others their findings.
"""
_Placed: TypeAlias = list[tuple[Hashable, Finding | Exception, int]]
"""The same with the offset to be added."""

_THING_JUDGES: dict[NameKind, list[ThingJudge]] = {}
_SECTION_JUDGES: list[SectionJudge] = []


def _own(judge: Hashable, found: _Placed) -> Iterator[Finding]:
    for asked, finding, base in found:
        if asked is judge:
            if isinstance(finding, Exception):
                raise finding
            yield finding.moved(base)


@lru_cache(maxsize=8)
def _found_in_things(document: Document, kind: NameKind, number: int) -> _Placed:
    """Return what the first so many judges find in all things of a kind."""
    judges = _THING_JUDGES[kind][:number]

    def found_in(piece: Piece) -> _Found:
        things = (thing for thing in piece.things if thing.kind is kind) if kind in piece.kinds else ()
        return tuple(found for thing in things for found in _of_thing(judges, thing))

    return [
        (judge, finding, base)
        for names in document.names
        for piece, base in names.telling((_found_in_things, kind, number), found_in)
        for judge, finding in found_in(piece)
    ]


@lru_cache(maxsize=2)
def _found_in_sections(document: Document, number: int) -> _Placed:
    """Return what the first so many judges find in all sections."""
    ask = partial(_of_section, _SECTION_JUDGES[:number])
    found = in_sections(document, (_found_in_sections, number), ask)
    return [(judge, finding, base) for several, base in found for judge, finding in several]


def _of_thing(judges: Sequence[ThingJudge], thing: Thing) -> _Found:
    kept: _Found | None = thing.memo.get(len(judges))
    if kept is not None:
        return kept
    found: list[tuple[Hashable, Finding | Exception]] = []
    for judge in judges:
        try:
            if judge.concerns(thing):
                found += [(judge, finding) for finding in judge.judge(thing.at(0), thing.field)]
        except Exception as error:  # noqa: BLE001  # It is raised again where this judge is asked.
            found.append((judge, error))
    kept = thing.memo[len(judges)] = tuple(found)
    return kept


def _of_section(judges: Iterable[SectionJudge], section: Section) -> _Found:
    found: list[tuple[Hashable, Finding | Exception]] = []
    for judge in judges:
        try:
            found += [(judge, finding) for finding in judge(section)]
        except Exception as error:  # noqa: BLE001  # As above.
            found.append((judge, error))
    return tuple(found)
