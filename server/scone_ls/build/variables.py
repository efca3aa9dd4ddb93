"""The values that a template is filled in with: from settings, files such as `.env`, and the environment.

What comes later in that list wins, as with other tools that read `.env`. No file is read here, and none is run.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from scone_ls.syntax.exports import exports_in


class EnvFile(NamedTuple):
    """The text of a file of variables, and the name under which to speak of it."""

    name: str
    string: str


@dataclass(frozen=True, slots=True)
class Variables:
    """The values by name, and the variables that a file sets in a way that only a shell could tell."""

    values: Mapping[str, str]
    unclear: Mapping[str, str]
    """For each of them where it is set: `file:line`."""


def variables(
    settings: Mapping[str, str], files: Iterable[EnvFile], environment: Mapping[str, str], given: Mapping[str, str]
) -> Variables:
    """Put the values together; what is given with the command wins over everything."""
    values = dict(settings)
    unclear: dict[str, str] = {}
    for file in files:
        for export in exports_in(file.string):
            if export.value is not None:
                values[export.name] = export.value
                unclear.pop(export.name, None)
            elif export.value_span is not None:
                values.pop(export.name, None)
                line = file.string.count("\n", 0, export.name_span.start) + 1
                unclear[export.name] = f"{file.name}:{line}"
    values.update(environment)
    values.update(given)
    return Variables(values, {name: place for name, place in unclear.items() if name not in values})


def why_unset(name: str, known: Variables) -> str:
    """Return one sentence about a variable of a template that has no value."""
    if name in known.unclear:
        return (
            f"`{name}` is set in `{known.unclear[name]}` to what only a shell can tell; "
            "write its value there plainly, or set it in the environment"
        )
    return f"`{name}` is not set; set it in the environment or in the file of variables"
