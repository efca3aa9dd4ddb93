"""The `jsonschema` library at work on what may be unknown in part; the one place that imports it.

Where something unknown has a say, a keyword is silent: whatever it will be, it may be fine.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias, cast

from jsonschema import SchemaError, ValidationError, exceptions, validators
from referencing import Registry, Resource
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012, specification_with

from scone_ls.features.house_rules.instance import (
    Doubtful,
    DoubtfulMapping,
    Instance,
    Unknown,
    has_variable,
)
from scone_ls.features.house_rules.schema import HouseSchema, HouseSchemaError

_UNTYPED_VALIDATORS, _UNTYPED_EXCEPTIONS = cast("Any", validators), cast("Any", exceptions)

_Check: TypeAlias = Callable[[Any, Any, Instance, Any], Iterable[ValidationError]]

_OF_THE_WHOLE = frozenset(
    ("not", "if", "contains", "enum", "const", "uniqueItems", "unevaluatedProperties", "unevaluatedItems")
)
"""Keywords that depend on all of a value, so that nothing can be said while a part of it is unknown."""

_OF_PRESENCE = frozenset(("required", "dependentRequired", "dependencies", "minProperties"))
"""Keywords that complain of keys that are not there."""


class Mistake(NamedTuple):
    """What a schema has against a part of a value.

    `path` leads to that part, `value`. `keyword` is the one that it does not satisfy, with `wanted` as its value, or
    nothing where the schema is `false`; `schema` is the part of the schema that it stands in, and `steps` lead there.
    `key` is the key in question for keywords about keys.
    """

    path: tuple[str | int, ...]
    value: Instance
    keyword: str | None
    wanted: Any
    schema: Any
    steps: tuple[str | int, ...]
    key: str


def mistakes(schema: HouseSchema, instance: Instance) -> Iterator[Mistake]:
    """Yield what a schema has against a value; of several forms that all don't fit, what is wrong with the likeliest.

    Raises:
        HouseSchemaError: the schema refers to what there is not, or to itself without end.

    """
    try:
        for error in _validator(schema).iter_errors(instance):
            yield _mistake(_likeliest(error))
    except Unresolvable as error:
        raise HouseSchemaError(f"`{schema.name}` refers to `{error.ref}`, which is not there") from error
    except RecursionError as error:
        raise HouseSchemaError(f"`{schema.name}` refers to itself without end") from error


def fault_of(contents: object) -> str | None:
    """Return why a schema can't be used, with the place in it; nothing where it can."""
    if not isinstance(contents, dict | bool):
        return "it is neither an object nor `true` or `false`"
    draft = _draft(cast("object", contents))
    if draft is None:
        return "`$schema` names no draft of JSON Schema that is known"
    try:
        draft.check_schema(contents, format_checker=draft.FORMAT_CHECKER)
    except SchemaError as error:
        place = ".".join(map(str, error.absolute_path))
        return f"`{place}` is not what JSON Schema takes there" if place else "it is no JSON Schema"
    except RecursionError:
        return "it is nested too deeply"
    return None


@lru_cache(maxsize=32)
def _validator(schema: HouseSchema) -> Any:  # noqa: ANN401 -- The library makes its classes at run time.
    registry: Any = cast("Any", Registry)()
    for uri, contents in ((schema.uri, schema.contents), *schema.resources.items()):
        registry = registry.with_resource(uri, _resource(contents))
    draft = _draft(schema.contents) or validators.Draft202012Validator
    patient = _patient(draft)
    return patient(
        {"$ref": schema.uri} if isinstance(schema.contents, dict) else schema.contents,
        registry=registry,
        format_checker=draft.FORMAT_CHECKER,
    )


def _resource(contents: Any) -> Resource[Any]:  # noqa: ANN401 -- The contents of a file.
    """Return a schema for the registry, without its draft: where that is named, the library goes on with its own class."""
    if not isinstance(contents, dict):
        return DRAFT202012.create_resource(contents)
    members = cast("dict[str, Any]", contents)
    specification = specification_with(members.get("$schema", ""), default=DRAFT202012)
    return specification.create_resource({name: value for name, value in members.items() if name != "$schema"})


def _draft(contents: object) -> Any:  # noqa: ANN401 -- The library makes its classes at run time.
    """Return the class for the draft that a schema names, the newest where it names none, nothing if it is unknown."""
    if not isinstance(contents, dict) or "$schema" not in contents:
        return validators.Draft202012Validator
    members = cast("dict[str, Any]", contents)
    return validators.validator_for(members, default=cast("Any", None)) if isinstance(members["$schema"], str) else None


@lru_cache(maxsize=8)
def _patient(draft: Any) -> Any:  # noqa: ANN401 -- The library makes its classes at run time.
    """Return the class of a draft that is silent where something unknown has a say."""
    checks: dict[str, _Check] = {**draft.VALIDATORS, **_OURS}
    checks["oneOf"] = _one_of(draft.VALIDATORS["anyOf"], draft.VALIDATORS["oneOf"])
    known = {name: check for name, check in checks.items() if name in draft.VALIDATORS}
    return _UNTYPED_VALIDATORS.extend(draft, {name: _silent(name, check) for name, check in known.items()})


def _silent(name: str, check: _Check) -> _Check:
    def checked(validator: Any, value: Any, instance: Instance, schema: Any) -> Iterable[ValidationError]:  # noqa: ANN401
        if isinstance(instance, Unknown) or (name in _OF_THE_WHOLE and isinstance(instance, Doubtful)):
            return
        if name in _OF_PRESENCE and isinstance(instance, DoubtfulMapping) and instance.is_open:
            return
        yield from check(validator, value, instance, schema) or ()

    return checked


def _one_of(any_of: _Check, one_of: _Check) -> _Check:
    def checked(validator: Any, value: Any, instance: Instance, schema: Any) -> Iterable[ValidationError]:  # noqa: ANN401
        yield from (any_of if isinstance(instance, Doubtful) else one_of)(validator, value, instance, schema)

    return checked


def _required(_validator: Any, value: Any, instance: Instance, _schema: Any) -> Iterator[ValidationError]:  # noqa: ANN401
    if isinstance(instance, dict):
        yield from (ValidationError(name) for name in value if name not in instance)


def _dependent_required(_validator: Any, value: Any, instance: Instance, _schema: Any) -> Iterator[ValidationError]:  # noqa: ANN401
    if isinstance(instance, dict):
        wanted = (name for present, names in value.items() if present in instance for name in names)
        yield from (ValidationError(name) for name in dict.fromkeys(wanted) if name not in instance)


def _property_names(validator: Any, value: Any, instance: Instance, _schema: Any) -> Iterator[ValidationError]:  # noqa: ANN401
    if isinstance(instance, dict):
        for name in cast("dict[str, Any]", instance):
            if not has_variable(name):
                yield from validator.descend(instance=name, schema=value, path=name)


def _properties(validator: Any, value: Any, instance: Instance, _schema: Any) -> Iterator[ValidationError]:  # noqa: ANN401
    if isinstance(instance, dict):
        for name, schema in value.items():
            if name in instance:
                yield from _under(validator, name, instance[name], schema)


def _pattern_properties(validator: Any, value: Any, instance: Instance, _schema: Any) -> Iterator[ValidationError]:  # noqa: ANN401
    if isinstance(instance, dict):
        for pattern, schema in value.items():
            for name, member in cast("dict[str, Any]", instance).items():
                if re.search(pattern, name):
                    yield from _under(validator, name, member, schema)


def _under(validator: Any, name: str, member: Instance, schema: Any) -> Iterator[ValidationError]:  # noqa: ANN401
    """Yield what a schema has against a member; for the schema `false` the library would leave out the path."""
    if schema is False:
        yield ValidationError(name, path=[name], validator=cast("Any", None), schema=cast("Any", schema))
    else:
        yield from validator.descend(member, schema, path=name, schema_path=name)


def _additional(validator: Any, value: Any, instance: Instance, schema: Any) -> Iterator[ValidationError]:  # noqa: ANN401
    if not isinstance(instance, dict):
        return
    for name, member in cast("dict[str, Any]", instance).items():
        if name in schema.get("properties", ()) or any(
            re.search(pattern, name) for pattern in schema.get("patternProperties", ())
        ):
            continue
        if value is False:
            yield ValidationError(name, path=[name])
        else:
            yield from validator.descend(member, value, path=name)


_OURS: dict[str, _Check] = {
    "required": _required,
    "dependentRequired": _dependent_required,
    "propertyNames": _property_names,
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional,
}


def _mistake(error: ValidationError) -> Mistake:
    return Mistake(
        path=tuple(error.absolute_path),
        value=error.instance,
        keyword=error.validator if isinstance(error.validator, str) else None,
        wanted=error.validator_value,
        schema=error.schema,
        steps=tuple(error.absolute_schema_path),
        key=error.message,
    )


def _likeliest(error: ValidationError) -> ValidationError:
    if not error.context or (isinstance(error.schema, dict) and "errorMessage" in error.schema):
        return error
    best: ValidationError | None = _UNTYPED_EXCEPTIONS.best_match(iter([error]))
    return best or error
