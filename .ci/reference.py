"""The pages about manifests, made from what `schemas/` knows: every key of both kinds, and the tables beside them."""

from collections.abc import Iterable, Iterator, Mapping

from scone_ls.features.descriptions import path_text, scalar_text, type_text, written
from scone_ls.spec import facts, kinds, schema
from scone_ls.spec.schema import Field, FieldPath
from scone_ls.spec.tables import Suffix


def manifest_page(kind: str) -> str:
    """Return the page about one kind of manifest: first how it looks, then section by section what may stand there."""
    root = schema.root(kind)
    parts = [f"# `kind: {kind}`", root.description, _code(_whole(root)), *_mapping((), root)]
    if root.link:
        parts.append(f"[The published specification]({root.link})")
    return _joined(parts)


def variables_page() -> str:
    """Return the page about the variables of the SCONE runtime."""
    known = facts.variables()
    parts = ["# Variables of SCONE", "They belong under `environment.local` of a service manifest."]
    for variable in sorted(known.variables, key=lambda variable: (-variable.usage, variable.name)):
        takes = f"Takes {known.grammars[variable.grammar].message}" + (f" ({variable.unit})." if variable.unit else ".")
        defaults = ", ".join(f"`{default.value}` ({default.source})" for default in variable.defaults)
        parts += [f"## `{variable.name}`", variable.description, f"{takes} Default {defaults}." if defaults else takes]
        parts += _values(variable.values)
    return _joined([*parts, f"[Documentation of SCONE]({known.link})"])


def secrets_page() -> str:
    """Return the page about secrets: their kinds, and how placeholders name them."""
    known = facts.placeholders()
    parts = ["# Secrets", "Kinds of secret, with the keys that go with each, and how a value asks for one."]
    for kind in facts.secret_kinds():
        parts += [f"## `{kind.name}`", kind.description, f"Keys: {_words(kind.fields)}."]
        if kind.required:
            parts.append(f"Needed: {_words(kind.required)}.")
        parts += (f"Needed: one of {_words(group)}." for group in kind.required_one_of)
        suffixes = [suffix for group in known.suffixes if kind.name in group.kinds for suffix in group.suffixes]
        rows = [
            f"| `{known.opening}name{one.text}{known.closing}` | {one.description}{_instead(one)} |" for one in suffixes
        ]
        if rows:
            parts.append("\n".join(["| in a value | stands for |", "| --- | --- |", *rows]))
        else:
            parts.append(f"In a value, `{known.opening}name{known.closing}` stands for it.")
    encodings = [f"* `{one.text}`: {one.description}" for one in known.encodings]
    return _joined([*parts, "## Encodings", "They stand before the end of the placeholder.", "\n".join(encodings)])


def names() -> dict[str, str]:
    """Return the text of each page about manifests, by the name of its file."""
    found = {f"{kind}.md": manifest_page(kind) for kind in kinds.current_kinds()}
    return {**found, "variables.md": variables_page(), "secrets.md": secrets_page()}


def _whole(root: Field) -> str:
    """Return a manifest with the keys that have to be there and those that most have, as their examples show them."""
    usual = [name for name, child in root.properties.items() if name in root.required or child.usage >= 0.5]
    lines = [written({name: _sample(root.properties[name])}) for name in usual]
    return "\n".join(lines)


def _sample(field: Field) -> schema.Json:
    if field.examples:
        return field.examples[0]
    usual = {name: child for name, child in field.properties.items() if name in field.required or child.usage >= 0.3}
    return {name: _sample(child) for name, child in usual.items()} or field.default


def _mapping(path: FieldPath, field: Field) -> Iterator[str]:
    """Yield the list of a mapping's keys, then what is to be said of each of them."""
    yield "\n".join(
        [
            "| key | | what it is |",
            "| --- | --- | --- |",
            *(_row(path, name, child, field) for name, child in field.properties.items()),
        ]
    )
    for name, child in field.properties.items():
        yield from _field((*path, name), child, required=name in field.required)


def _row(path: FieldPath, name: str, child: Field, parent: Field) -> str:
    needed = "required" if name in parent.required else "deprecated" if child.deprecated else ""
    return f"| [`{name}`](#{_anchor((*path, name))}) | {needed} | {child.title} |"


def _field(path: FieldPath, field: Field, *, required: bool) -> Iterator[str]:
    level = "#" * min(4, 1 + sum(isinstance(step, str) for step in path))
    yield f"{level} `{path_text(path)}` {{ #{_anchor(path)} }}"
    yield f"*{field.title}: {_facts(field, required=required)}*"
    yield field.description
    if field.replaced_by:
        yield f"**Deprecated:** write {field.replaced_by} instead."
    yield from _values(field.enum_descriptions)
    if field.pattern_message:
        yield f"Has to be {field.pattern_message}."
    if field.examples:
        yield _code(written({str(path[-1]): field.examples[0]}))
    item = field.items
    if item is not None and item.properties:
        yield item.description
        yield from _mapping((*path, 0), item)
    elif field.properties:
        yield from _mapping(path, field)


def _facts(field: Field, *, required: bool) -> str:
    words = [type_text(field), "required" if required else "optional"]
    if field.default is not None:
        words.append(f"default `{scalar_text(field.default)}`")
    return ", ".join(words)


def _values(values: Mapping[str, str]) -> Iterator[str]:
    if values:
        rows = [f"| `{value}` | {' '.join(meaning.split())} |" for value, meaning in values.items()]
        yield "\n".join(["| value | meaning |", "| --- | --- |", *rows])


def _instead(suffix: Suffix) -> str:
    if not suffix.deprecated:
        return ""
    return f" (older form of `{suffix.replacement}`)" if suffix.replacement else " (older form)"


def _anchor(path: FieldPath) -> str:
    return "-".join(step for step in path if isinstance(step, str)).replace("_", "-").lower()


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _code(text: str) -> str:
    return f"```yaml\n{text}\n```"


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip())
