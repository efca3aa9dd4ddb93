"""What a `didChange` says; one comes at each keystroke, so it is read by hand, which is sooner done than by lsprotocol."""

from typing import Any, NamedTuple, cast

from scone_ls.lsp.messages import Json


class Place(NamedTuple):
    """A position as the client counts it; it looks like the one of lsprotocol."""

    line: int
    character: int


class Change(NamedTuple):
    """One change of a text: where it begins and ends, `None` for all of it, and what comes there."""

    range: tuple[Place, Place] | None
    text: str


class Changing(NamedTuple):
    """All changes of a document, to be made one after the other, and its number after them."""

    uri: str
    version: int | None
    changes: tuple[Change, ...]


def changing(params: Json) -> Changing | None:
    """Return what the parameters say; `None` where they are those of no `didChange`."""
    match params:
        case {"textDocument": {"uri": str(uri), "version": int() | None as version}, "contentChanges": list()}:
            changes = [_change(change) for change in cast("list[Any]", params["contentChanges"])]
            return None if None in changes else Changing(uri, version, tuple(filter(None, changes)))
        case _:
            return None


def _change(change: Any) -> Change | None:  # noqa: ANN401 -- Anything may come.
    match change:
        case {
            "range": {
                "start": {"line": int(line), "character": int(column)},
                "end": {"line": int(last_line), "character": int(last_column)},
            },
            "text": str(text),
        }:
            return Change((Place(line, column), Place(last_line, last_column)), text)
        case {"text": str(text)} if change.get("range") is None:
            return Change(None, text)
        case _:
            return None
