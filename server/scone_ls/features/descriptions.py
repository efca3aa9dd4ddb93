"""What a field or a fact is, as Markdown: the texts of hover and of completion items.

Only headings in bold, lists, code and links, so that a client without Markdown can be given plain text.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from scone_ls.spec import facts
from scone_ls.spec.schema import Field, FieldPath, Json
from scone_ls.syntax.layout import quoted

_SCALARS = {"string", "number", "boolean"}
_WORDS = {"array": "list", "object": "mapping", "boolean": "`true` or `false`"}


def path_text(path: FieldPath) -> str:
    """Return a path as a reader writes it: `services[].image`."""
    text = ""
    for step in path:
        text += "[]" if isinstance(step, int) else f".{step}" if text else step
    return text


@lru_cache(maxsize=1024)
def of_field(path: FieldPath, field: Field, *, required: bool) -> str:
    """Return what a key is: title, description, type, default, values, example, and where it is specified."""
    facts_line = [type_text(field), "required" if required else "optional"]
    if field.default is not None:
        facts_line.append(f"default `{scalar_text(field.default)}`")
    parts = [f"**{field.title}** · `{path_text(path)}`", _deprecation(field), field.description, " · ".join(facts_line)]
    if field.enum_descriptions:
        lead = "Values:" if field.enum else "Known values:"
        parts.append(f"{lead}\n\n{values_list(field.enum_descriptions)}")
    if field.examples and path and isinstance(path[-1], str):
        parts.append(_code(written({path[-1]: field.examples[0]})))
    parts.append(_link("Specification", field.link))
    return _joined(parts)


def of_value(value: str, field: Field) -> str:
    """Return what one of the known values of a field means."""
    return _joined(
        [f"**`{value}`** · {field.title}", field.enum_descriptions[value], _link("Specification", field.link)]
    )


def of_fact(name: str, title: str, description: str, rest: Iterable[str] = (), link: str | None = None) -> str:
    """Return what a fact from one of the tables says."""
    return _joined([f"**`{name}`** · {title}", description, *rest, _link("Specification", link)])


def of_variable(variable: facts.Variable) -> str:
    """Return what a variable of the SCONE runtime does, and how its value is written."""
    known = facts.variables()
    grammar = known.grammars[variable.grammar]
    takes = f"Takes {grammar.message}"
    if variable.unit:
        takes += f" ({variable.unit})"
    parts = [takes + "."]
    if variable.defaults:
        parts.append("Default " + ", ".join(f"`{default.value}` ({default.source})" for default in variable.defaults))
    if variable.values:
        parts.append(f"Values:\n\n{values_list(variable.values)}")
    if variable.examples:
        parts.append(_code(written({variable.name: variable.examples[0]})))
    return _joined(
        [f"**`{variable.name}`** · SCONE variable", variable.description, *parts, _link("Documentation", known.link)]
    )


def values_list(values: Mapping[str, str]) -> str:
    """Return a list of values with their meanings."""
    return "\n".join(f"- `{value}`: {meaning}" if meaning else f"- `{value}`" for value, meaning in values.items())


def type_text(field: Field) -> str:
    """Return what may stand as the value of a field, in a word or two."""
    types = field.types - {"null"}
    if not types:
        return "one of the listed values" if field.enum else "anything"
    if types >= _SCALARS:
        return "one of the listed values" if field.enum else "text"
    named = [word for name, word in _WORDS.items() if name in types]
    if named == ["list"] and field.items is not None:
        return "list of mappings" if field.items.properties else "list of texts"
    return " or ".join(named) or "text"


def written(value: Json, column: int = 0) -> str:
    """Return JSON data as block YAML; its second and further lines are indented by so many blanks."""
    blanks = " " * column
    match value:
        case dict() if value:
            return f"\n{blanks}".join(f"{key}:{_below(child, column)}" for key, child in value.items())
        case list() if value:
            return f"\n{blanks}".join(f"- {written(child, column + 2)}" for child in value)
        case _:
            return scalar_text(value)


def scalar_text(value: Json) -> str:
    """Return a scalar (or an empty collection) as YAML writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case None:
            return "null"
        case str():
            return quoted(value)
        case dict():
            return "{}"
        case list():
            return "[]"
        case _:
            return str(value)


def _below(child: Json, column: int) -> str:
    if isinstance(child, dict | list) and child:
        return "\n" + " " * (column + 2) + written(child, column + 2)
    return " " + scalar_text(child)


def _deprecation(field: Field) -> str:
    if not field.deprecated:
        return ""
    return f"**Deprecated:** write {field.replaced_by} instead." if field.replaced_by else "**Deprecated.**"


def _code(text: str) -> str:
    return f"```yaml\n{text}\n```"


def _link(text: str, link: str | None) -> str:
    return f"[{text}]({link})" if link else ""


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)
