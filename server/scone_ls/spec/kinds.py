"""Which YAML documents are manifests, and of which kind, judged by their top-level keys.

A document may be half-typed or misspelt and still be ours; everybody else's documents (Kubernetes,
Compose, other SCONE tools) have to be recognised as not ours, because then nothing at all is said
about them. File names play no part. What is wrong with a manifest is for the rules to say.
"""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, cast

from scone_ls.spec import data, schema, spelling

_TEMPLATE = re.compile(r"\$[A-Za-z_{]|\{\{")
_VERSION = re.compile(r"(\d+)\.(\d+)(\.\d+)?")
_NEAR_FAMILY = re.compile(r"([A-Za-z]+)[^A-Za-z0-9]*v?(\d[\d.]*)?")
_HALF_TYPED = 3  # letters from which on the beginning of a word counts as that word

_SEVERAL = 2  # keys of one kind that say more than the word behind `kind`

_LOOKED_AT = 64  # keys among which a misspelt one is searched for; a manifest has some ten


class KindState(Enum):
    """What stands as the kind of a document."""

    CURRENT = "current"
    OBSOLETE = "obsolete"
    MISSPELT = "misspelt"
    UNKNOWN = "unknown"
    TEMPLATE = "template"
    MISSING = "missing"
    CONTRADICTED = "contradicted"
    """One kind stands there, and all keys are those of another."""


class VersionState(Enum):
    """What stands as the format version of a document."""

    SUPPORTED = "supported"
    OLD = "old"
    MALFORMED = "malformed"
    """The family is right, what follows is no version."""
    MISSPELT = "misspelt"
    """Nearly the right family."""
    FOREIGN = "foreign"
    TEMPLATE = "template"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document is."""

    ours: bool
    kind: str | None
    """The kind whose schema applies: as written, as probably meant, or as the keys suggest."""
    kind_state: KindState
    version_state: VersionState
    kind_key: str | None
    """The key that gives the kind, as it is written; `None` without one."""
    version_key: str | None
    """The key that gives the format version, as it is written; `None` without one."""


def identify(keys: Sequence[tuple[str, str | None]]) -> Identity:
    """What a document with these top-level keys is; each comes with its value if that is a scalar."""
    known = _knowledge()
    names = [key for key, _ in keys]
    version_key = _written(known.version_key, names, known)
    kind_key = _written(known.kind_key, names, known)
    values = dict(reversed(keys))
    version_state = known.version_state(values.get(version_key or ""))
    kind_state, kind = known.kind_state(values.get(kind_key or ""))
    evidence = _Evidence.of(names, {version_key, kind_key}, known)
    case = _Case(
        kind_state,
        version_state,
        kind,
        kind_text=values.get(kind_key or "") or "",
        family=(values.get(version_key or "") or "").partition("/")[0],
        version_written=version_key is not None,
        kind_written=kind_key is not None,
        evidence=evidence,
        known=known,
    )
    ours = case.ours()
    chosen = (kind or evidence.kind) if ours else None
    if chosen is not None and evidence.contradicts(chosen):
        kind_state, chosen = KindState.CONTRADICTED, evidence.kind
    return Identity(ours, chosen, kind_state, version_state, kind_key, version_key)


def recommended_version() -> str:
    """The format version that new manifests have."""
    return _knowledge().recommended


def current_kinds() -> tuple[str, ...]:
    """The kinds of manifest that there are, in the order of their importance."""
    return _knowledge().kinds


def replacements() -> Mapping[str, str]:
    """The obsolete kinds with the kind that took each one's place."""
    return _knowledge().obsolete


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """The table of kinds, ready for use."""

    version_key: str
    kind_key: str
    family: str
    minimum: tuple[int, int]
    recommended: str
    kinds: tuple[str, ...]
    distinctive: frozenset[str]
    obsolete: Mapping[str, str]
    misspelt: Mapping[str, str]
    foreign_families: frozenset[str]
    foreign_keys: frozenset[str]
    own: Mapping[str, frozenset[str]]
    taken: frozenset[str]
    """Keys that stand for themselves and are no misspelling of another."""
    needed: Mapping[str, frozenset[str]]

    def version_state(self, text: str | None) -> VersionState:
        if not text:
            return VersionState.MISSING
        if _TEMPLATE.search(text):
            return VersionState.TEMPLATE
        family, slash, version = text.partition("/")
        if family == self.family and slash:
            match = _VERSION.fullmatch(version)
            if match is None:
                return VersionState.MALFORMED
            new_enough = (int(match[1]), int(match[2])) >= self.minimum
            return VersionState.SUPPORTED if new_enough else VersionState.OLD
        return VersionState.MISSPELT if self._near_family(text) else VersionState.FOREIGN

    def _near_family(self, text: str) -> bool:
        match = _NEAR_FAMILY.fullmatch(text)
        if match is None:
            return False
        word = match[1].casefold()
        begun = len(word) >= _HALF_TYPED and self.family.startswith(word)
        return begun or (match[2] is not None and _resembles(word, self.family))

    def kind_state(self, text: str | None) -> tuple[KindState, str | None]:
        """How the kind is written, and the current kind that is meant."""
        if not text:
            return KindState.MISSING, None
        if text in self.kinds:
            return KindState.CURRENT, text
        if text in self.obsolete:
            return KindState.OBSOLETE, self.obsolete[text]
        if _TEMPLATE.search(text):
            return KindState.TEMPLATE, None
        meant = self.misspelt.get(text) or spelling.nearest(text, (*self.kinds, *self.obsolete))
        begun = [kind for kind in self.kinds if len(text) >= _HALF_TYPED and kind.startswith(text)]
        meant = meant or (begun[0] if begun else None)
        if meant is None:
            return KindState.UNKNOWN, None
        return KindState.MISSPELT, self.obsolete.get(meant, meant)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the other top-level keys of a document say."""

    kind: str | None
    """The kind that most of them belong to."""
    own: Mapping[str, int]
    """How many of them belong to each kind."""
    foreign: int
    """How many of them only other people's documents have."""
    unknown: int
    complete: bool
    """Whether all that a manifest of that kind needs is there."""

    @staticmethod
    def of(names: Sequence[str], special: set[str | None], known: _Knowledge) -> "_Evidence":
        body = {name for name in names if name not in special}
        own = {kind: len(body & keys) for kind, keys in known.own.items()}
        best = max(own.values(), default=0)
        leading = [kind for kind, count in own.items() if count == best]
        kind = leading[0] if best and len(leading) == 1 else None
        return _Evidence(
            kind=kind,
            own=own,
            foreign=len(body & known.foreign_keys),
            unknown=len(body) - best,
            complete=kind is not None and known.needed[kind] <= body,
        )

    def contradicts(self, kind: str) -> bool:
        """Whether several keys say that the document is of another kind, and none that it is of this one."""
        return self.kind not in (None, kind) and self.count(self.kind) >= _SEVERAL and not self.count(kind)

    def count(self, kind: str | None) -> int:
        """How many keys belong to this kind."""
        return self.own.get(kind or "", 0)


@dataclass(frozen=True, slots=True)
class _Case:
    """Everything that decides whether a document is ours."""

    kind_state: KindState
    version_state: VersionState
    kind: str | None
    kind_text: str
    family: str
    version_written: bool
    kind_written: bool
    evidence: _Evidence
    known: _Knowledge

    def ours(self) -> bool:
        match self.version_state:
            case VersionState.SUPPORTED | VersionState.OLD | VersionState.MALFORMED:
                return True
            case VersionState.MISSPELT:
                strange = self.kind_state is KindState.UNKNOWN and self.evidence.kind is None
                return not strange and self.evidence.foreign == 0
            case VersionState.FOREIGN:
                return self._ours_despite_version()
            case VersionState.MISSING | VersionState.TEMPLATE:
                return self._ours_without_version()

    def _ours_despite_version(self) -> bool:
        match self.kind_state:
            case KindState.CURRENT | KindState.OBSOLETE:
                if self.kind_text in self.known.distinctive:
                    return True
                needed = 2 if self.family in self.known.foreign_families else 0
                return self.evidence.foreign == 0 and self.evidence.count(self.kind) >= needed
            case KindState.MISSPELT:
                return self.evidence.foreign == 0 and self.evidence.count(self.kind) >= 2
            case KindState.UNKNOWN | KindState.TEMPLATE | KindState.MISSING | KindState.CONTRADICTED:
                return False

    def _ours_without_version(self) -> bool:
        own = self.evidence.count(self.kind or self.evidence.kind)
        if self.kind_state in (KindState.CURRENT, KindState.OBSOLETE):
            distinctive = self.kind_text in self.known.distinctive
            return distinctive or self.evidence.foreign == 0 or own > self.evidence.foreign
        if self.evidence.foreign:
            return False
        if self.kind_state is KindState.MISSPELT:
            # Kubernetes kinds begin with a capital; ours that are new do not.
            lower = self.kind_text == self.kind_text.lower()
            telling = self.kind in self.known.distinctive and len(self.kind_text) > 2 * _HALF_TYPED
            return telling or own + self.version_written + lower >= 2
        if self.version_written or (self.kind_written and self.kind_state is KindState.MISSING):
            return own >= 2 and self.evidence.unknown == 0
        return own >= 3 and self.evidence.unknown == 0 and self.evidence.complete


def _written(wanted: str, names: Sequence[str], known: _Knowledge) -> str | None:
    """The key that stands for `wanted`, also half-typed or misspelt."""
    if wanted in names:
        return wanted
    for name in names[:_LOOKED_AT]:
        begun = len(name) >= _HALF_TYPED and wanted.startswith(name)
        if name not in known.taken and (begun or _resembles(name, wanted)):
            return name
    return None


@functools.lru_cache(maxsize=1024)
def _resembles(name: str, wanted: str) -> bool:
    return spelling.nearest(name, (wanted,)) is not None


@functools.cache
def _knowledge() -> _Knowledge:
    table = cast("dict[str, Any]", data.table("kinds.json"))
    version, kind_key = table["version"], table["kind_key"]["key"]
    kinds = tuple(entry["name"] for entry in table["kinds"])
    obsolete = {entry["name"]: entry["replacement"] for entry in table["obsolete"]}
    special = {version["key"], kind_key}
    roots = {kind: schema.root(kind) for kind in kinds}
    telling = {entry["name"] for entry in table["kinds"] if entry["distinctive"]}
    own = {kind: frozenset(root.properties) - special for kind, root in roots.items()}
    foreign = frozenset(entry["name"] for entry in table["foreign_keys"])
    return _Knowledge(
        version_key=version["key"],
        kind_key=kind_key,
        family=version["family"],
        minimum=(version["minimum"][0], version["minimum"][1]),
        recommended=version["recommended"],
        kinds=kinds,
        distinctive=frozenset(telling | set(obsolete)),
        obsolete=obsolete,
        misspelt={
            wrong: right for root in roots.values() for wrong, right in root.properties[kind_key].misspellings.items()
        },
        foreign_families=frozenset(entry["name"] for entry in table["foreign_families"]),
        foreign_keys=foreign,
        own=own,
        taken=foreign.union(special, *own.values()),
        needed={kind: frozenset(root.required) - special for kind, root in roots.items()},
    )
