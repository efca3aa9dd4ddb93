"""Settings read from what people wrote, wherever that was; imported late, like the model.

What is wrong is named and left out; the rest holds. It reads no file; `files` does.
"""

import json
from collections.abc import Iterable, Iterator
from enum import Enum
from inspect import isclass
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypeGuard, cast, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scone_ls.rules import RULES
from scone_ls.settings import SECTION
from scone_ls.settings.files import ConfigFile
from scone_ls.settings.model import EDITOR_ONLY, Settings
from scone_ls.spec import kinds, spelling

_Json: TypeAlias = dict[str, Any]
_Place: TypeAlias = tuple[int | str, ...]
_BOUNDS = {"greater_than_equal": "at least {ge}", "less_than_equal": "at most {le}"}
_LONGEST = 60  # Code points of a wrong value that a message shows.


class Source(NamedTuple):
    """Settings as somebody wrote them; `null` in them says nothing.

    `section` is what stands before their names in messages; paths are relative to the `folder`, if there is one.
    """

    data: object
    section: str = SECTION
    folder: Path | None = None
    from_editor: bool = True


def source_of(file: ConfigFile) -> Source:
    """Return the settings of a config file."""
    return Source(file.data, file.section, file.path.parent, from_editor=False)


class Reading(NamedTuple):
    """Settings, and what was wrong with what they were read from."""

    settings: Settings
    problems: tuple[str, ...]


def read(sources: Iterable[Source]) -> Reading:
    """Read settings from several sources, of which the later one wins, setting by setting; anything may be in them."""
    merged: _Json = {}
    problems: list[str] = []
    for source in sources:
        reading = _read(source)
        problems += reading.problems
        merged = _merged(merged, reading.settings.model_dump(mode="json", by_alias=True, exclude_unset=True))
    return Reading(Settings.model_validate(merged), tuple(problems))


def _read(source: Source) -> Reading:
    """Read one source, with all paths absolute where that is possible."""
    data: object = {} if source.data is None else _said(source.data)
    if not _is_object(data):
        return Reading(Settings(), (f"the settings `{source.section}` are an object, not `{_shown(source.data)}`",))
    problems = [] if source.from_editor else list(_refused(data, source.section))
    while True:
        try:
            settings = Settings.model_validate(data)
            break
        except ValidationError as error:
            mistakes = error.errors()
        problems += (_problem(source.section, each) for each in mistakes)
        for place in reversed(dict.fromkeys(_removable(each["loc"]) for each in mistakes)):
            _remove(data, place)
    problems += _unknown_codes(settings, source.section)
    problems += _unknown_kinds(settings, source.section)
    return Reading(settings if source.folder is None else _anchored(settings, source.folder), tuple(problems))


def _is_object(value: object) -> TypeGuard[_Json]:
    return isinstance(value, dict)


def _said(value: object) -> object:
    """Return a copy without what is `null`."""
    match value:
        case dict():
            members = cast("dict[object, object]", value)
            return {str(name): _said(member) for name, member in members.items() if member is not None}
        case list():
            return [_said(item) for item in cast("list[object]", value) if item is not None]
        case _:
            return value


def _refused(data: _Json, section: str) -> Iterator[str]:
    """Take out what only editors can set, and say so."""
    for *outer, name in EDITOR_ONLY:
        part: object = data
        for step in outer:
            part = part.get(step) if _is_object(part) else None
        if _is_object(part) and name in part:
            del part[name]
            yield f"`{_name(section, (*outer, name))}` names a program to run; set it in the editor, not in a file"


def _problem(section: str, mistake: ErrorDetails) -> str:
    place, kind, value, bounds = mistake["loc"], mistake["type"], mistake["input"], mistake.get("ctx", {})
    name = _name(section, place)
    expected = _type_at(place)
    if kind == "extra_forbidden":
        known = _type_at(place[:-1])
        names = _aliases(known) if isclass(known) and issubclass(known, BaseModel) else ()
        return f"there is no setting `{name}`{_suggestion(str(place[-1]), names)}"
    if kind == "missing":
        return f"`{_name(section, place[:-1])}` needs `{place[-1]}`"
    if kind == "enum" and isclass(expected) and issubclass(expected, Enum):
        return f"`{name}` is one of {', '.join(f'`{each.value}`' for each in expected)}, not `{_shown(value)}`"
    if kind in _BOUNDS:
        return f"`{name}` is {_BOUNDS[kind].format(**bounds)}, not `{_shown(value)}`"
    words = {"string": "a text", "bool": "`true` or `false`", "tuple": "a list", "int": "a whole number"}
    return f"`{name}` is {words.get(kind.partition('_')[0], 'an object')}, not `{_shown(value)}`"


def _name(section: str, place: _Place) -> str:
    return ".".join(map(str, (section, *place) if section else place))


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _type_at(place: _Place) -> object:
    """Return the model or enumeration that a setting is of, or that its parts are of."""
    found: object = Settings
    for step in place:
        if isinstance(step, str) and isclass(found) and issubclass(found, BaseModel):
            field = next((field for key, field in found.model_fields.items() if step == (field.alias or key)), None)
            found = None if field is None else _inner(field.annotation)
    return found


def _inner(annotation: object) -> object:
    if isclass(annotation) and issubclass(annotation, BaseModel | Enum):
        return annotation
    return next((found for each in get_args(annotation) if (found := _inner(each)) is not None), None)


def _aliases(model: type[BaseModel]) -> list[str]:
    return [field.alias or key for key, field in model.model_fields.items()]


def _suggestion(written: str, known: Iterable[str]) -> str:
    meant = spelling.nearest(written, known)
    return f"; did you mean `{meant}`?" if meant else ""


def _removable(place: _Place) -> _Place:
    """Return the place of what must go because of a mistake: where it is in an item of a list, the item."""
    for index, step in enumerate(place):
        if isinstance(step, int):
            return place[: index + 1]
    return place


def _remove(data: _Json, place: _Place) -> None:
    """Take out the setting at a place, or the whole of which it is a part where that has no parts."""
    inner: object = data
    for step in place[:-1]:
        inner = inner.get(str(step)) if _is_object(inner) else None
    last = place[-1]
    if _is_object(inner):
        inner.pop(str(last), None)
    elif isinstance(inner, list) and isinstance(last, int):
        del cast("list[object]", inner)[last]
    else:
        del data[str(place[0])]


def _unknown_codes(settings: Settings, section: str) -> Iterator[str]:
    codes = [rule.code for rule in RULES]
    for code in settings.severity:
        if code not in codes:
            name = _name(section, ("severity",))
            yield f"there is no rule `{code}`, which `{name}` names{_suggestion(code, codes)}"


def _unknown_kinds(settings: Settings, section: str) -> Iterator[str]:
    known = kinds.current_kinds()
    for index, rule in enumerate(settings.house_rules):
        if rule.kind is not None and rule.kind not in known:
            name = _name(section, ("houseRules", index, "kind"))
            yield f"`{name}` is one of {', '.join(f'`{each}`' for each in known)}, not `{_shown(rule.kind)}`"


def _anchored(settings: Settings, folder: Path) -> Settings:
    """Return the settings with the paths in them made absolute."""
    update: _Json = {}
    if settings.house_rules:
        update["house_rules"] = tuple(
            rule.model_copy(update={"path": str(folder / rule.path)}) for rule in settings.house_rules
        )
    build: dict[str, object] = {}
    if settings.build.folder is not None:
        build["folder"] = str(folder / settings.build.folder)
    if settings.build.env_files:
        build["env_files"] = tuple(str(folder / name) for name in settings.build.env_files)
    if build:
        update["build"] = settings.build.model_copy(update=build)
    return settings.model_copy(update=update)


def _merged(below: _Json, above: _Json) -> _Json:
    """Lay one source over another: parts of objects win one by one, and house rules add up."""
    merged = dict(below)
    for name, value in above.items():
        before = merged.get(name)
        if _is_object(before) and _is_object(value):
            merged[name] = _merged(before, value)
        elif before is not None and name == "houseRules":
            merged[name] = [*before, *value]
        else:
            merged[name] = value
    return merged
