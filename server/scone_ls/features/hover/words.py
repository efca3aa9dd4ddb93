"""What the specification and the fact tables say of a word: a key, a known value, a variable, a token in a list."""

import re
from collections.abc import Iterable

from scone_ls.analysis.document import Document
from scone_ls.features import descriptions
from scone_ls.features.fields import field_of, is_scalar, roots_of
from scone_ls.features.hover.item import Hover
from scone_ls.features.preview import as_markdown
from scone_ls.spec import facts
from scone_ls.spec.schema import Field
from scone_ls.syntax.cursor import slot_at
from scone_ls.syntax.neighbours import Sibling, unquoted
from scone_ls.syntax.slots import KeySlot, ValueSlot
from scone_ls.text import Span

_BUILD_KEY = "build"


def of_word(document: Document, offset: int) -> Hover | None:
    """Return what is known of the word at an offset (code points) in every manifest."""
    slot = slot_at(document.file, offset)
    for root in roots_of(document, offset):
        found = None
        match slot:
            case KeySlot(colon=True):
                found = _of_key(slot, root)
                if found is not None and slot.path == () and slot.name == _BUILD_KEY:
                    found = _with_preview(found, document, offset)
            case KeySlot(is_open=True, text=text):
                found = _of_scalar(document, slot.path, text, offset, (), root)
            case ValueSlot(span=span):
                found = _of_scalar(document, slot.path, span, offset, slot.siblings, root)
            case _:
                pass
        if found is not None:
            return found
    return None


def _of_key(slot: KeySlot, root: Field) -> Hover | None:
    text = slot.name
    path = (*slot.path, text)
    names = tuple(sibling.name for sibling in slot.siblings)
    field = field_of(root, path, names)
    parent = field_of(root, slot.path)
    if field is None or parent is None or not text:
        return None
    required = text in parent.form_for((*names, text)).required
    markdown = descriptions.of_field(path, field, required=required)
    return Hover(slot.span, markdown)


def _with_preview(found: Hover, document: Document, offset: int) -> Hover:
    """Return the hover of what a build is made of with what will be made of it in this manifest."""
    manifest = document.manifest_at(offset)
    steps = "" if manifest is None else as_markdown(manifest)
    return Hover(found.span, f"{found.markdown}\n\n**What will be built**\n\n{steps}") if steps else found


def _of_scalar(
    document: Document,
    path: tuple[str | int, ...],
    span: Span,
    offset: int,
    siblings: tuple[Sibling, ...],
    root: Field,
) -> Hover | None:
    field = field_of(root, path, [sibling.name for sibling in siblings])
    raw = document.file.string[slice(*span)]
    if field is None or not is_scalar(field) or not raw:
        return None
    if raw[0] in "'\"" and len(raw) > 1 and raw[-1] == raw[0]:
        span, raw = Span(span.start + 1, span.end - 1), raw[1:-1]
    span = Span(span.start, span.start + len(raw.rstrip()))
    text = unquoted(raw.strip())
    markdown = _of_value(text, field, siblings)
    if markdown is not None:
        return Hover(span, markdown)
    for word in re.finditer(r"[^\s,]+", raw):
        token = Span(span.start + word.start(), span.start + word.end())
        markdown = _of_token(word[0], field) if token.touches(offset) else None
        if markdown is not None:
            return Hover(token, markdown)
    return None


def _of_value(text: str, field: Field, siblings: tuple[Sibling, ...]) -> str | None:
    """Return what a whole scalar means."""
    match field.completes:
        case ("variables",):
            return next(
                (descriptions.of_variable(one) for one in facts.variables().variables if one.name == text), None
            )
        case ("chart-variables",):
            charts = (one for one in facts.chart_variables() if one.name == text)
            return next((_chart_variable(one) for one in charts), None)
        case ("variable-values",) | ("chart-variable-values",):
            return _variable_value(text, siblings)
        case ("secret-kinds",):
            return next((_secret_kind(kind, field) for kind in facts.secret_kinds() if kind.name == text), None)
        case ("build-kinds",):
            return next((_build_kind(kind, field) for kind in facts.build_kinds() if kind.name == text), None)
        case _:
            return _specified(text, field)


def _specified(text: str, field: Field) -> str | None:
    if text in field.enum_descriptions:
        return descriptions.of_value(text, field)
    known = facts.kinds()
    if field.name == known.kind_key.key and any(kind.name in field.enum for kind in known.kinds):
        for obsolete in known.obsolete:
            if obsolete.name == text:
                way_out = f"**Obsolete:** write `{obsolete.replacement}` instead."
                return descriptions.of_fact(text, "Obsolete kind", obsolete.description, [way_out], field.link)
    return None


def _of_token(text: str, field: Field) -> str | None:
    """Return what one part of a scalar that holds several means."""
    match field.completes:
        case ("tolerations",):
            tokens = (one for one in facts.tolerations().tokens if one.name == text)
            return next((_toleration(token, field) for token in tokens), None)
        case ("cas-flags",):
            flags = (one for one in facts.cas_flags() if text in (one.short, one.name))
            return next((_cas_flag(flag) for flag in flags), None)
        case _:
            return None


def _variable_value(text: str, siblings: tuple[Sibling, ...]) -> str | None:
    beside = {sibling.value for sibling in siblings}
    known = (*facts.variables().variables, *facts.chart_variables())
    for variable in known:
        if variable.name in beside:
            for value, meaning in variable.values.items():
                if value == text or (value.isalpha() and value.casefold() == text.casefold()):
                    return descriptions.of_fact(value, variable.name, meaning)
    return None


def _chart_variable(variable: facts.ChartVariable) -> str:
    values = [f"Values:\n\n{descriptions.values_list(variable.values)}"] if variable.values else []
    return descriptions.of_fact(variable.name, "Variable of the Helm chart", variable.description, values)


def _secret_kind(kind: facts.SecretKind, field: Field) -> str:
    rest = [f"Keys: {_words(kind.fields)}."]
    if kind.required:
        rest.append(f"Required: {_words(kind.required)}.")
    rest += (f"One of {_words(group)} is required." for group in kind.required_one_of)
    return descriptions.of_fact(kind.name, field.title, kind.description, rest, field.link)


def _build_kind(kind: facts.BuildKind, field: Field) -> str:
    rest = [f"Keys for this kind: {_words(kind.uses)}."]
    if kind.required:
        rest.append(f"Required: {_words(kind.required)}.")
    if kind.since:
        rest.append(f"Since SCONE {kind.since}.")
    return descriptions.of_fact(kind.name, field.title, field.enum_descriptions.get(kind.name, ""), rest, field.link)


def _toleration(token: facts.Token, field: Field) -> str:
    rest = [f"Only together with `{token.needs}`."] if token.needs else []
    if token.since:
        rest.append(f"Since session language {token.since}.")
    return descriptions.of_fact(token.name, "Tolerated risk", token.description, rest, field.link)


def _cas_flag(flag: facts.CasFlag) -> str:
    names = " ".join(name for name in (flag.short, flag.name, flag.argument) if name)
    rest = ["**Never use it in production.**"] if flag.development_only else []
    return descriptions.of_fact(names, "Attestation option", flag.description, rest)


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
