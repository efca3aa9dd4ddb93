"""The files of house rules: JSON Schemas, and the files beside them that they refer to; nothing is fetched from afar.

What is in them is judged by `scone_ls.features.house_rules`, which loads `jsonschema`; so this is imported late.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from scone_ls.features.house_rules.schema import HouseSchema
from scone_ls.features.house_rules.validation import fault_of
from scone_ls.settings.files import UnreadableError
from scone_ls.settings.model import HouseRule, Level

_LIMIT = 8 * 1024 * 1024
_KNOWN = "json-schema.org"
"""The host of the schemas of JSON Schema itself, which the library has."""


class Loaded(NamedTuple):
    """A schema, and the files that it was read from with what tells whether they changed."""

    schema: HouseSchema
    stamps: tuple[tuple[Path, int, int], ...]

    @property
    def is_current(self) -> bool:
        """Whether the files are still as they were read."""
        return all(_stamp(path) == (path, modified, size) for path, modified, size in self.stamps)


class HouseSchemas:
    """The schemas of some house rules."""

    def __init__(self, rules: Iterable[HouseRule]) -> None:
        self._rules = tuple(rules)
        self._loaded: dict[HouseRule, Loaded] = {}

    def current(self, complain: Callable[[str], None]) -> tuple[HouseSchema, ...]:
        """Return the schemas as they are in their files now; only files that changed are read again.

        What is wrong with a file is handed to `complain`, and costs its rule only.
        """
        found = (self._current(rule, complain) for rule in self._rules if rule.severity is not Level.OFF)
        return tuple(schema for schema in found if schema is not None)

    def _current(self, rule: HouseRule, complain: Callable[[str], None]) -> HouseSchema | None:
        loaded = self._loaded.get(rule)
        if loaded is not None and loaded.is_current:
            return loaded.schema
        try:
            loaded = self._loaded[rule] = load(rule)
        except UnreadableError as error:
            complain(str(error))
            return None
        return loaded.schema


def load(rule: HouseRule) -> Loaded:
    """Read the schema of a house rule; raises `UnreadableError`."""
    path = Path(rule.path)
    found: dict[str, Any] = {}
    stamps: list[tuple[Path, int, int]] = []
    waiting = [(path.absolute().as_uri(), path)]
    while waiting:
        uri, file = waiting.pop()
        stamps.append(_stamp(file))
        contents = _contents(file)
        base = urljoin(uri, _identity(contents))
        found |= dict.fromkeys((uri, base, file.absolute().as_uri()), contents)
        waiting += [(target, beside) for target, beside in _references(contents, base, file) if target not in found]
    own = path.absolute().as_uri()
    severity = None if rule.severity is None else rule.severity.severity
    return Loaded(HouseSchema(path.name, rule.kind, severity, own, found.pop(own), found), tuple(stamps))


def _contents(path: Path) -> object:
    try:
        content = path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise UnreadableError(path, f"can't read the house rules `{path}`: {error.strerror}") from error
    if content is None:
        raise UnreadableError(
            path, f"there is no file `{path}`, which `houseRules` names; mend the path, or take it out"
        )
    if len(content) > _LIMIT:
        raise UnreadableError(path, f"`{path}` is too big for house rules: more than {_LIMIT // 1024 // 1024} MB")
    contents = _parsed(path, content)
    fault = fault_of(contents)
    if fault is not None:
        raise UnreadableError(path, f"`{path}` can't be used as house rules: {fault}; mend it")
    return contents


def _parsed(path: Path, content: bytes) -> object:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        cause = f"{error.msg[:1].lower()}{error.msg[1:]}"
        where = f"line {error.lineno}, column {error.colno}"
        raise UnreadableError(path, f"`{path}` is no JSON: {cause} at {where}; mend it") from error
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableError(path, f"`{path}` is not UTF-8 in line {line}; save it as UTF-8") from error
    except RecursionError as error:
        raise UnreadableError(path, f"`{path}` is nested too deeply to be read; make it flatter") from error


def _identity(contents: object) -> str:
    identity = cast("dict[str, object]", contents).get("$id", "") if isinstance(contents, dict) else ""
    return identity if isinstance(identity, str) else ""


def _references(contents: object, base: str, file: Path) -> Iterator[tuple[str, Path]]:
    """Yield the URI and the path of each other file that a schema refers to."""
    for written in _written_references(contents):
        reference = urldefrag(written).url
        target = urldefrag(urljoin(base, reference)).url
        if not reference or target == base or urlsplit(target).hostname == _KNOWN:
            continue
        parts = urlsplit(reference)
        if parts.scheme not in ("", "file"):
            raise UnreadableError(
                file,
                f"`{file}` refers to `{reference}`, and nothing is downloaded; put it beside and refer to the file",
            )
        yield target, file.parent / unquote(parts.path)


def _written_references(contents: object) -> Iterator[str]:
    waiting = [contents]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            members = cast("dict[str, object]", part)
            reference = members.get("$ref")
            if isinstance(reference, str):
                yield reference
            waiting += members.values()
        elif isinstance(part, list):
            waiting += cast("list[object]", part)


def _stamp(path: Path) -> tuple[Path, int, int]:
    try:
        status = path.stat()
    except OSError:
        return path, 0, 0
    return path, status.st_mtime_ns, status.st_size
