"""Mistakes in the names of a workspace: dangling ones and duplicates, planted one at a time, and what is made of them.

A workspace is a folder of the examples, or the newest manifests of one repository of the corpus. Which names belong
together is told here by plain comparison of texts, without the analysis that is measured.
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from benchmarks.accuracy.ground import Entry, Ground, prepare
from benchmarks.accuracy.measure import Score
from benchmarks.accuracy.mistakes import typo
from benchmarks.accuracy.oracle import Path
from benchmarks.core import Workspaces
from benchmarks.manifests import Manifest

Range = tuple[int, int]
_DATED = re.compile(r"__20\d\d-\d\d-\d\d_")
_SECRET = re.compile(r"\$\$SCONE::([\w-]+)((?:[:.][\w:.-]+)?(?:\|[\w()]+)?)\$\$", re.ASCII)
_VARIABLE = re.compile(r"\{\{ *(\w+) *\}\}", re.ASCII)
_GROUPS = ("global", "helm")


class Sort(Enum):
    """The sorts of mistake."""

    PLACEHOLDER = "secret in a placeholder"
    SECRET = "issuer or private key"  # noqa: S105  # The words, not a password.
    IMPORT = "imported secret"
    VARIABLE = "variable in braces"
    GROUP = "service of a group"
    IMAGE = "image of a service"
    LOST_SECRET = "declaration of a secret lost"  # noqa: S105  # Likewise.
    LOST_VARIABLE = "declaration of a variable lost"
    LOST_VALUE = "value of a variable lost"
    TWICE = "declared twice"
    TWO_OWNERS = "secret of two services"
    UNTERMINATED = "end of a placeholder lost"


@dataclass(frozen=True, slots=True)
class Place:
    """A range of a file where a report belongs."""

    file: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Case:
    """One mistake in one file of a workspace; `original` is what a fix has to restore, where that can be known."""

    sort: Sort
    grounds: tuple[Ground, ...]
    file: int
    text: str
    places: tuple[Place, ...]
    mendable: bool

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts of the workspace."""
        return tuple(self.text if number == self.file else each.text for number, each in enumerate(self.grounds))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made of a case; `restored` is None where the original cannot be known."""

    case: Case
    found: bool
    at_place: bool
    further: int
    restored: bool | None


def workspaces(manifests: Iterable[Manifest]) -> list[tuple[Ground, ...]]:
    """Return the manifests by workspace; dated versions of the corpus are left out."""
    newest = sorted((each for each in manifests if not _DATED.search(each.name)), key=_workspace)
    found: list[tuple[Ground, ...]] = []
    for _, members in groupby(newest, key=_workspace):
        found.append(tuple(prepared for each in members if (prepared := prepare(each)) is not None))
    return [grounds for grounds in found if grounds]


def cases(grounds: Sequence[tuple[Ground, ...]], wanted: int, seed: int) -> list[Case]:
    """Plant up to so many mistakes of each sort, spread over the workspaces; the same seed gives the same ones."""
    found: list[Case] = []
    for sort, planter in _PLANTERS.items():
        chance = random.Random(f"{seed} {sort.value}")
        waiting = [iter(planter(each, chance)) for each in grounds]
        planted: list[Case] = []
        while waiting and len(planted) < wanted:
            for candidates in list(waiting):
                case = next(candidates, None)
                if case is None:
                    waiting.remove(candidates)
                elif len(planted) < wanted:
                    planted.append(case)
        found += planted
    return found


def outcomes(planted: Iterable[Case]) -> Iterator[Outcome]:
    """Ask our core about each case."""
    for case in planted:
        names = [ground.manifest.name for ground in case.grounds]
        before = Workspaces(names, [ground.text for ground in case.grounds]).reports()
        after = Workspaces(names, case.texts)
        new = [report for report in after.reports() if report[:3] not in {one[:3] for one in before}]
        at_place = [report for report in new if any(_touches(report[3:], report[0], place) for place in case.places)]
        counted = (at_place or new)[:1]
        restored = None
        if case.mendable:
            wanted = tuple(ground.text for ground in case.grounds)
            restored = any(texts == wanted for report in at_place for texts in after.mended(report))
        yield Outcome(case, bool(new), bool(at_place), len(new) - len(counted), restored)


def table(found: Sequence[Outcome]) -> Iterator[str]:
    """Yield the lines of a Markdown table, one row for each sort and one for all."""
    yield "| names | cases | found | at place | further | restored |"
    yield "|---|---:|---:|---:|---:|---:|"
    for sort in Sort:
        part = [outcome for outcome in found if outcome.case.sort is sort]
        if part:
            yield _row(sort.value, score(part))
    if found:
        yield _row("**all**", score(found))


def score(found: Sequence[Outcome]) -> Score:
    """Sum up at least one outcome."""
    known = [outcome.restored for outcome in found if outcome.restored is not None]
    count = len(found)
    return Score(
        count,
        sum(outcome.found for outcome in found) / count,
        sum(outcome.at_place for outcome in found) / count,
        sum(outcome.further for outcome in found) / count,
        sum(known) / len(known) if known else None,
    )


def failures(found: Sequence[Outcome], most: int) -> Iterator[str]:
    """Yield what is left to wish, in words."""
    wanting = [one for one in found if not one.at_place or one.further or one.restored is False]
    for outcome in wanting[:most]:
        case = outcome.case
        place = case.places[0] if case.places else Place(case.file, 0, 0)
        name = case.grounds[place.file].manifest.name
        line = case.texts[place.file].count("\n", 0, place.start) + 1
        word = case.texts[place.file][place.start : place.end].partition("\n")[0]
        facts = f"found {outcome.found}, at place {outcome.at_place}, further {outcome.further}"
        yield f"{case.sort.value}: {name}:{line} `{word}`: {facts}, restored {outcome.restored}"


def _row(name: str, found: Score) -> str:
    restored = "-" if found.restored is None else f"{found.restored:.1%}"
    return f"| {name} | {found.count} | {found.found:.1%} | {found.at_place:.1%} | {found.further:.2f} | {restored} |"


def _workspace(manifest: Manifest) -> str:
    return manifest.name.split("/")[0] if "/" in manifest.name else manifest.name.split("__")[0]


def _touches(span: Range, file: int, place: Place) -> bool:
    return file == place.file and span[0] <= place.end and place.start <= span[1]


def _texts(ground: Ground, *path: str) -> dict[str, Entry]:
    """Return the scalars at a path in which `*` stands for any item, by their text."""
    found: dict[str, Entry] = {}
    for entry in _all(ground, *path):
        value = entry.child.node.value
        if isinstance(value, str) and "$" not in value and "{{" not in value:
            found.setdefault(value, entry)
    return found


def _all(ground: Ground, *path: str) -> list[Entry]:
    return [
        entry
        for entry in ground.entries
        if len(entry.path) == len(path)
        and all(part in ("*", step) for part, step in zip(path, entry.path, strict=True))
    ]


def _secrets(ground: Ground) -> dict[str, Entry]:
    return _texts(ground, "secrets", "global", "*", "name")


def _imports(ground: Ground) -> dict[str, Entry]:
    return _texts(ground, "secrets", "import", "*")


def _variables(ground: Ground) -> dict[str, Entry]:
    return _texts(ground, "environment", "global", "*", "name")


def _misspelt(
    sort: Sort, grounds: tuple[Ground, ...], file: int, place: Range, known: Iterable[str], chance: random.Random
) -> Iterator[Case]:
    """Yield the case in which the name at a place is misspelt, as long as that is no other name."""
    start, end = place
    text = grounds[file].text
    word = typo(text[start:end], chance)
    if word not in set(known) and re.fullmatch(r"[\w./:$-]+", word, re.ASCII):
        changed = text[:start] + word + text[end:]
        yield Case(sort, grounds, file, changed, (Place(file, start, start + len(word)),), mendable=True)


def _in_templates(
    sort: Sort, pattern: re.Pattern[str], declared: Callable[[Ground], Mapping[str, Entry]]
) -> "_Planter":
    def plant(grounds: tuple[Ground, ...], chance: random.Random) -> Iterator[Case]:
        for file, ground in enumerate(grounds):
            known = {**declared(ground), **(_imports(ground) if pattern is _SECRET else {})}
            for match in _in_values(ground, pattern):
                if match[1] in known:
                    yield from _misspelt(sort, grounds, file, match.span(1), known, chance)

    return plant


def _in_values(ground: Ground, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield where a template stands in a scalar."""
    for entry in ground.entries:
        node = entry.child.node
        if isinstance(node.value, str):
            yield from pattern.finditer(ground.text, node.start, node.end)


def _bare(entry: Entry, ground: Ground) -> Range:
    """Return the place of a scalar without its quotes."""
    node = entry.child.node
    quotes = ground.text[node.start] in "\"'"
    return node.start + quotes, node.end - quotes


def _references(grounds: tuple[Ground, ...], chance: random.Random) -> Iterator[Case]:
    for file, ground in enumerate(grounds):
        known = {**_secrets(ground), **_imports(ground)}
        for key in ("issuer", "private_key"):
            for entry in _all(ground, "secrets", "global", "*", key):
                if entry.child.node.value in known:
                    yield from _misspelt(Sort.SECRET, grounds, file, _bare(entry, ground), known, chance)


def _imported(grounds: tuple[Ground, ...], chance: random.Random) -> Iterator[Case]:
    for file, ground in enumerate(grounds):
        for name, entry in _imports(ground).items():
            uses = [match.span(1) for match in _in_values(ground, _SECRET) if match[1] == name]
            if uses:
                for case in _misspelt(Sort.IMPORT, grounds, file, _bare(entry, ground), _secrets(ground), chance):
                    moved = len(case.text) - len(ground.text)
                    behind = [place for place in uses if place[0] > entry.child.node.start]
                    places = [Place(file, *place) for place in uses if place not in behind]
                    places += [Place(file, start + moved, end + moved) for start, end in behind]
                    yield Case(case.sort, grounds, file, case.text, (*case.places, *places), mendable=True)


def _groups(grounds: tuple[Ground, ...], chance: random.Random) -> Iterator[Case]:
    for file, ground in enumerate(grounds):
        known = (*_texts(ground, "services", "*", "name"), *_GROUPS)
        for entry in _all(ground, "env", "*", "service"):
            if entry.child.node.value in known[:-2]:
                yield from _misspelt(Sort.GROUP, grounds, file, _bare(entry, ground), known, chance)


def _images(grounds: tuple[Ground, ...], chance: random.Random) -> Iterator[Case]:
    built = [entry.child.node.value for ground in grounds for entry in _all(ground, "build", "to")]
    for file, ground in enumerate(grounds):
        for entry in _all(ground, "services", "*", "image"):
            value = entry.child.node.value
            if isinstance(value, str) and value in built and "/" in value:
                start, end = _bare(entry, ground)
                name = start + value.rindex("/") + 1
                known = {str(image).rpartition("/")[2] for image in built}
                yield from _misspelt(Sort.IMAGE, grounds, file, (name, end), known, chance)


def _item(ground: Ground, path: Path) -> Range | None:
    """Return the lines of a list item, where it has lines of its own and is not the only one."""
    entry = next(entry for entry in ground.entries if entry.path == path)
    node = entry.child.node
    if entry.parent.style != "block" or not ground.leads_its_line(node) or len(entry.parent.children) < 2:
        return None
    return ground.line_start(node.start), min(ground.last_line_end(node) + 1, len(ground.text))


def _lost(sort: Sort, pattern: re.Pattern[str], declared: Callable[[Ground], Mapping[str, Entry]]) -> "_Planter":
    """Return the planter that takes a declaration out of a manifest that uses the name."""

    def plant(grounds: tuple[Ground, ...], _chance: random.Random) -> Iterator[Case]:
        for file, ground in enumerate(grounds):
            for name, entry in declared(ground).items():
                lines = _item(ground, entry.path[:-1])
                if lines is None:
                    continue
                start, end = lines
                text = ground.text[:start] + ground.text[end:]
                uses = [match.span(1) for match in pattern.finditer(text) if match[1] == name]
                if uses and any(match[1] == name for match in _in_values(ground, pattern)):
                    places = tuple(Place(file, *place) for place in uses)
                    yield Case(sort, grounds, file, text, places, mendable=False)

    return plant


def _lost_values(grounds: tuple[Ground, ...], _chance: random.Random) -> Iterator[Case]:
    """Take the only value of a variable out of a mesh whose service needs it."""
    for file, mesh in enumerate(grounds):
        run = [entry.child.node.value for entry in _all(mesh, "services", "*", "image")]
        needed = {
            name
            for ground in grounds
            if any(entry.child.node.value in run for entry in _all(ground, "build", "to"))
            for name, entry in _variables(ground).items()
            if len(entry.parent.children) == 1
        }
        given = _all(mesh, "env", "*", "env", "*", "name")
        values = [entry.child.node.value for entry in given]
        for entry in given:
            name = entry.child.node.value
            lines = _item(mesh, entry.path[:-1])
            if name in needed and values.count(name) == 1 and lines is not None:
                text = mesh.text[: lines[0]] + mesh.text[lines[1] :]
                behind = text.find("\nservices:")
                yield Case(Sort.LOST_VALUE, grounds, file, text, (Place(file, behind, len(text)),), mendable=False)


def _twice(grounds: tuple[Ground, ...], _chance: random.Random) -> Iterator[Case]:
    """Write an item of a list with names a second time."""
    lists = (
        ("secrets", "global", "*", "name"),
        ("environment", "local", "*", "name"),
        ("environment", "global", "*", "name"),
        ("services", "*", "name"),
        ("env", "*", "env", "*", "name"),
        ("injection_files", "*", "path"),
    )
    for file, ground in enumerate(grounds):
        for path in lists:
            for entry in _all(ground, *path):
                lines = _item(ground, entry.path[:-1])
                if lines is not None and ground.text[lines[1] - 1] == "\n":
                    start, end = lines
                    text = ground.text[:end] + ground.text[start:end] + ground.text[end:]
                    places = (Place(file, end, 2 * end - start),)
                    yield Case(Sort.TWICE, grounds, file, text, places, mendable=True)


def _two_owners(grounds: tuple[Ground, ...], _chance: random.Random) -> Iterator[Case]:
    """Let a second service of a mesh define a secret that another one defines."""
    for mesh in grounds:
        images = [entry.child.node.value for entry in _all(mesh, "services", "*", "image")]
        built = [
            number
            for number, ground in enumerate(grounds)
            if any(entry.child.node.value in images for entry in _all(ground, "build", "to")) and _secrets(ground)
        ]
        for one in built:
            for other in built:
                taken = {**_secrets(grounds[other]), **_imports(grounds[other])}
                for name in _secrets(grounds[one]) if one != other else ():
                    if name not in taken:
                        yield from _owned(grounds, one, other, name)


def _owned(grounds: tuple[Ground, ...], one: int, other: int, name: str) -> Iterator[Case]:
    ground = grounds[other]
    last = list(_secrets(ground).values())[-1]
    lines = _item(ground, last.path[:-1])
    if lines is None:
        return
    start, end = lines
    dash = ground.text[start : ground.text.index("-", start)]
    new = f"{dash}- name: {name}\n{dash}  kind: ascii\n"
    text = ground.text[:end] + new + ground.text[end:]
    declared = _bare(_secrets(grounds[one])[name], grounds[one])
    places = (Place(other, end, end + len(new)), Place(one, *declared))
    yield Case(Sort.TWO_OWNERS, grounds, other, text, places, mendable=False)


def _unterminated(grounds: tuple[Ground, ...], _chance: random.Random) -> Iterator[Case]:
    for file, ground in enumerate(grounds):
        for match in _in_values(ground, _SECRET):
            text = ground.text[: match.end() - 2] + ground.text[match.end() :]
            places = (Place(file, match.start(), match.end() - 2),)
            yield Case(Sort.UNTERMINATED, grounds, file, text, places, mendable=True)


_Planter = Callable[[tuple[Ground, ...], random.Random], Iterator[Case]]
_PLANTERS: Mapping[Sort, _Planter] = {
    Sort.PLACEHOLDER: _in_templates(Sort.PLACEHOLDER, _SECRET, _secrets),
    Sort.SECRET: _references,
    Sort.IMPORT: _imported,
    Sort.VARIABLE: _in_templates(Sort.VARIABLE, _VARIABLE, _variables),
    Sort.GROUP: _groups,
    Sort.IMAGE: _images,
    Sort.LOST_SECRET: _lost(Sort.LOST_SECRET, _SECRET, _secrets),
    Sort.LOST_VARIABLE: _lost(Sort.LOST_VARIABLE, _VARIABLE, _variables),
    Sort.LOST_VALUE: _lost_values,
    Sort.TWICE: _twice,
    Sort.TWO_OWNERS: _two_owners,
    Sort.UNTERMINATED: _unterminated,
}
