"""The files under `schemas/`, wherever the program runs from.

They lie beside the server in a checkout and inside the package in a wheel.
Reading them is the one piece of I/O below the edges; what they mean is not known here.
"""

import functools
import json
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_PLACES = (_PACKAGE / "schemas", _PACKAGE.parents[1] / "schemas")


class DataError(Exception):
    """A data file of the program is missing or broken; the text names the file and the place in it."""


def text(name: str) -> str:
    """The text of the data file `name`; raises `DataError` when it can't be read."""
    for place in _PLACES:
        path = place / name
        if path.is_file():
            try:
                return path.read_text(encoding="utf-8")
            except (OSError, UnicodeError) as error:
                raise DataError(f"`{path}` can't be read: {error}; install scone-ls again") from error
    looked = " nor in ".join(f"`{place}`" for place in _PLACES)
    raise DataError(f"`{name}` is neither in {looked}; install scone-ls again")


@functools.cache
def table(name: str) -> dict[str, object]:
    """The JSON object in the data file `name`, to be read and not changed; raises `DataError`."""
    try:
        content: object = json.loads(text(name))
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise DataError(f"`{name}` is not JSON: {error.msg} at {place}") from error
    if not isinstance(content, dict):
        raise DataError(f"`{name}` holds no JSON object at its top")
    return content  # pyright: ignore[reportUnknownVariableType] -- the keys of a JSON object are always strings
