"""Scalars that can stand as a value: what the specification and the fact tables list, and names of the document."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import NameKind, Role
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.features import descriptions
from scone_ls.features.completion.item import Completion, CompletionKind, Listing
from scone_ls.features.completion.names import known_names
from scone_ls.features.completion.variables import names_of, values_of
from scone_ls.spec import facts
from scone_ls.spec.schema import Field, Json
from scone_ls.syntax.layout import escaped, quoted
from scone_ls.syntax.slots import ValueSlot
from scone_ls.text import Span

_MOST = 500  # names of the document that are offered, and the letters that they have in common with what is typed
_LETTERS = 2
_OF_SECRETS = tuple((role.value, NameKind.SECRET.value) for role in (Role.REFERS, Role.IMPORTS))
"""Where a secret has to be named that there is: no example can stand for it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value to offer; `text` is what YAML has to read, `string` whether as a string and nothing else."""

    text: str
    documentation: str
    detail: str = ""
    kind: CompletionKind = CompletionKind.VALUE
    string: bool = True
    preselect: bool = False


def values_at(
    document: Document, slot: ValueSlot, field: Field, workspace: Workspace, listing: Listing
) -> list[Completion]:
    """Return the known values for a place; nothing where any text may stand."""
    match field.completes:
        case ("tolerations",):
            return _listed(slot, _tolerations(), facts.tolerations().separator)
        case ("cas-flags",):
            return _listed(slot, _cas_flags(), " ")
        case _:
            pass
    candidates = list(_candidates(document, slot, field, workspace, listing))
    return [
        _completion(candidate, rank, slot)
        for rank, candidate in enumerate(candidates)
        if candidate.text not in slot.items
    ]


def _candidates(
    document: Document, slot: ValueSlot, field: Field, workspace: Workspace, listing: Listing
) -> Iterator[Candidate]:
    if field.names[1:2] == (NameKind.FILE.value,):
        yield from _paths(slot, listing)
    found = known_names(document, slot.span.start, field, workspace)
    near = (name for name in found if name.name.startswith(slot.prefix[:_LETTERS]))
    for name in islice(near, _MOST):
        yield Candidate(name.name, "", name.detail, CompletionKind.REFERENCE)
    match field.completes:
        case ("variables",) | ("chart-variables",) as table:
            defined = _present(document, slot, field)
            for name, text, detail in names_of(*table):
                if name not in defined:
                    yield Candidate(name, text, detail, CompletionKind.VARIABLE)
        case ("variable-values",) | ("chart-variable-values",) as table:
            for value, text, detail in values_of(table[0], slot.siblings):
                yield Candidate(value, text, detail, string=False)
        case _:
            pass
    yield from _specified(field)


def _present(document: Document, slot: ValueSlot, field: Field) -> frozenset[str]:
    """Return the names that stand in other places of this sort already."""
    names = document.names_at(slot.span.start)
    if names is None or not field.names:
        return frozenset()
    role, kind = field.names[:2]
    return frozenset(names.by_name(NameKind(kind), Role(role))) - {document.file.string[slice(*slot.span)]}


def _paths(slot: ValueSlot, listing: Listing) -> Iterator[Candidate]:
    """Yield what lies in the folder that has been typed; folders go on with a `/`."""
    folder, found, typed = slot.prefix.rpartition("/")
    for entry in listing(folder + found):
        if entry.name.startswith(typed[:_LETTERS]) and (typed or not entry.name.startswith(".")):
            path = f"{folder}{found}{entry.name}"
            kind = CompletionKind.FOLDER if entry.is_folder else CompletionKind.FILE
            yield Candidate(f"{path}/" if entry.is_folder else path, "", "", kind)


def _specified(field: Field) -> Iterator[Candidate]:
    """Yield what the specification lists: allowed and known values, the default, an example."""
    known = field.enum or tuple(field.enum_descriptions)
    boolean = "boolean" in field.types and "number" not in field.types
    for value in known or ((True, False) if boolean else ()):
        text = value if isinstance(value, str) else descriptions.scalar_text(value)
        documentation = descriptions.of_value(text, field) if text in field.enum_descriptions else ""
        is_default = field.default is not None and descriptions.scalar_text(field.default) == text
        string = isinstance(value, str) and not (boolean and text in ("true", "false"))
        yield Candidate(text, documentation, "default" if is_default else "", string=string)
    if not known and not boolean and not field.completes and field.names[:2] not in _OF_SECRETS:
        yield from _samples(field)


def _samples(field: Field) -> Iterator[Candidate]:
    samples: list[tuple[Json, str]] = [(example, "example") for example in field.examples]
    if field.default is not None:
        samples.insert(0, (field.default, "default"))
    for value, detail in samples:
        if not isinstance(value, dict | list):
            text = value if isinstance(value, str) else descriptions.scalar_text(value)
            yield Candidate(text, "", detail, string=isinstance(value, str))


def _tolerations() -> list[Candidate]:
    return [
        Candidate(token.name, descriptions.of_fact(token.name, "Tolerated risk", token.description))
        for token in sorted(facts.tolerations().tokens, key=lambda token: -token.usage)
    ]


def _cas_flags() -> list[Candidate]:
    found: list[Candidate] = []
    for flag in sorted(facts.cas_flags(), key=lambda flag: flag.development_only):
        text = flag.short or flag.name
        if text is not None:
            names = " ".join(name for name in (flag.short, flag.name, flag.argument) if name)
            found.append(Candidate(text, descriptions.of_fact(names, "Attestation option", flag.description), names))
    return found


def _listed(slot: ValueSlot, candidates: list[Candidate], separator: str) -> list[Completion]:
    """Return the items for one part of a text with separators between its parts."""
    before, found, typed = slot.prefix.rpartition(separator)
    behind = slot.span.start + len(slot.prefix)
    blanks = len(typed) - len(typed.lstrip())
    start = slot.span.start + len(before) + len(found) + blanks
    lead = slot.lead or (" " if found and separator.strip() and not blanks else "")
    others = {part.strip() for part in before.split(separator)}
    part = ValueSlot(slot.path, Span(start, behind), typed.strip(), lead, (), slot.flow, slot.quote, closed=True)
    return [
        _completion(candidate, rank, part) for rank, candidate in enumerate(candidates) if candidate.text not in others
    ]


def _completion(candidate: Candidate, rank: int, slot: ValueSlot) -> Completion:
    if slot.quote:
        text = escaped(candidate.text, slot.quote) + ("" if slot.closed else slot.quote)
    else:
        text = quoted(candidate.text, flow=slot.flow, string=candidate.string)
    return Completion(
        label=candidate.text,
        kind=candidate.kind,
        detail=candidate.detail,
        documentation=candidate.documentation,
        span=slot.span,
        new_text=slot.lead + text,
        snippet=None,
        rank=rank,
        filter_text=text if slot.prefix[:1] in ("'", '"') else candidate.text,
        preselect=candidate.preselect,
        deprecated=False,
    )
