"""What can be said about the secrets of a manifest: which kinds they have, and in which forms a placeholder can ask for them.

What is known about kinds is data; here it meets the names of a manifest. Nothing is known here about other manifests.
"""

import re
from functools import cache
from typing import NamedTuple

from scone_ls.analysis import anywhere
from scone_ls.analysis.declaring import thing_field
from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.names.thing import Thing
from scone_ls.analysis.places import place_at
from scone_ls.spec import facts, spelling
from scone_ls.spec.facts import SecretKind
from scone_ls.spec.schema import Field
from scone_ls.syntax import tree
from scone_ls.syntax.templates import Template, templates_in
from scone_ls.text import Span

_SEPARATOR = "::"


class Shape(NamedTuple):
    """The kind of a secret as written, its keys, and those of them that have a text."""

    kind: str | None
    keys: tuple[str, ...]
    with_text: tuple[str, ...]


def declared_kinds(names: Names, name: str) -> frozenset[str | None]:
    """Return the kinds, as written, of all secrets that a manifest declares under a name."""
    return names.details(NameKind.SECRET).get(name, frozenset())


@cache
def kind_called(name: str | None) -> SecretKind | None:
    """Return what is known about a kind of secret."""
    return next((kind for kind in facts.secret_kinds() if kind.name == name), None)


def kind_of(secret: tree.Mapping, field: Field) -> SecretKind | None:
    """Return what is known about the kind of a secret, given its mapping."""
    value = secret.value(field.label[1])
    return kind_called(value.value) if isinstance(value, tree.Scalar) else None


def kind_of_thing(secret: Thing) -> SecretKind | None:
    """Return what is known about the kind of a secret, told from its texts."""
    return kind_called(secret.detail)


def shape(secret: Thing) -> Shape:
    """Return what most judgements about a secret depend on."""
    texts = secret.texts
    return Shape(secret.detail, tuple(texts), tuple(key for key in texts if texts[key] is not None))


def given(secret: tree.Mapping) -> dict[str, tree.Pair]:
    """Return the pairs of a secret that say something, by their keys."""
    return {
        pair.name: pair
        for pair in secret.pairs
        if pair.name is not None and not (isinstance(pair.value, tree.Scalar) and pair.value.is_null)
    }


def is_whole(secret: tree.Mapping, field: Field) -> bool:
    """Tell whether all keys of a secret are known, so that one that is not there is missing and not misspelt."""
    names = anywhere.key_names(secret.node)
    return anywhere.is_whole(secret.node) and all(name in field.properties for name in names)


def is_filled_in(text: str) -> bool:
    """Tell whether a part of a text is filled in later, by whomever."""
    return bool(templates_in(text, Span(0, len(text))))


def field_of(names: Names) -> Field | None:
    """Return the field of the secrets that a manifest declares; nothing where its kind declares none."""
    return thing_field(names.kind, NameKind.SECRET)


def is_reference(key: str, field: Field, kind: SecretKind) -> bool:
    """Tell whether a key of a secret of a kind holds the name of another secret."""
    inner = field.properties.get(key)
    refers = inner is not None and inner.names[:2] == (Role.REFERS.value, NameKind.SECRET.value)
    return refers and key in kind.fields and key not in kind.texts


def is_meant(document: Document, names: Names, occurrence: Occurrence) -> bool:
    """Tell whether a secret is really named: not by half a placeholder, nor under a key that can hold no secret's name."""
    if occurrence.template is not None:
        return occurrence.template.closed
    if not re.fullmatch(facts.placeholders().name_pattern, occurrence.name):
        return False
    place, field = place_at(document, occurrence.start), field_of(names)
    if place is None or place.pair is None or not isinstance(place.container, tree.Mapping) or field is None:
        return True
    kind = kind_of(place.container, field)
    return kind is None or is_reference(place.pair.name or "", field, kind)


def fitting(names: Names, kind: str, like: str) -> str | None:
    """Return the declared secret of a kind that is probably meant for another one: the only one, or that with a similar name."""
    declared = names.by_name(NameKind.SECRET, Role.DECLARES)
    found = [name for name in declared if kind in declared_kinds(names, name)]
    if len(found) == 1:
        return found[0]
    begun = [name for name in found if name.startswith(like)]
    return begun[0] if len(begun) == 1 else spelling.nearest(like, found)


def is_special(template: Template) -> bool:
    """Tell whether a placeholder stands for something else than a secret, as `$$SCONE::self::…$$` does."""
    specials = {special.text.partition(_SEPARATOR)[0] for special in facts.placeholders().special}
    return template.name in specials and template.suffix.startswith(_SEPARATOR)


@cache
def suffixes(kind: str | None) -> tuple[str, ...] | None:
    """Return the suffixes that placeholders for a kind of secret can have; nothing where that is not known."""
    for group in facts.placeholders().suffixes:
        if kind in group.kinds:
            return tuple(suffix.text for suffix in group.suffixes)
    return None


@cache
def all_suffixes() -> tuple[str, ...]:
    """Return the suffixes of all kinds."""
    return tuple(suffix.text for group in facts.placeholders().suffixes for suffix in group.suffixes)


def references(names: Names, name: str) -> list[Occurrence]:
    """Return the placeholders and keys that use a secret, in the order of the text; not what only looks like one."""
    used = names.named(NameKind.SECRET, name, Role.REFERS)
    return [one for one in used if one.template is None or not is_special(one.template)]
