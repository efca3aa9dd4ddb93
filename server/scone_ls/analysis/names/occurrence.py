"""A place where a name stands, as plain data; what it means beyond its own manifest is not known here."""

from enum import Enum
from typing import NamedTuple

from scone_ls.spec.schema import Field
from scone_ls.syntax.templates import Template
from scone_ls.text import Span


class NameKind(Enum):
    """The kinds of things that have names; the values are the words of `x-names` in the schemas."""

    # There is one object for each. The hash of Enum itself is many times slower, and tables of names are built often.
    __hash__ = object.__hash__

    SECRET = "secret"  # noqa: S105  # The word, not a password.
    VARIABLE = "variable"
    """A variable whose value the mesh gives, and which `{{…}}` can name."""
    LOCAL = "local"
    """A variable whose value the service manifest fixes."""
    SERVICE = "service"
    PROGRAM = "program"
    """What a service manifest builds, by the name that goes into its chart."""
    IMAGE = "image"
    CAS_ROLE = "cas-role"
    VOLUME = "volume"
    INJECTED = "injected"
    """A file that exists only inside the enclave."""
    FILE = "file"
    """A file or folder on the disk."""
    SHELL = "shell"
    """A variable of the shell that fills in a template of a manifest."""


class Role(Enum):
    """What an occurrence does with its name."""

    __hash__ = object.__hash__  # As above.

    DECLARES = "declares"
    IMPORTS = "imports"
    GIVES = "gives"
    """It gives a value to a variable that is declared elsewhere."""
    REFERS = "refers"


class Occurrence(NamedTuple):
    """One name at one place; offsets count code points, quotes are not included.

    `field` is where it stands in the specification, none where anything may stand. `wanted` is the sort of thing that
    is asked for (`private-key`). `detail` is what says most about a declared thing: the kind of a secret, the value of
    a variable; none where nothing is written. `template` is there for what stands in a template: `{{…}}`,
    `$$SCONE::…$$`, `$…`. `scope` is the service (or group of services) for which a name is meant, where the manifest
    says so.
    """

    kind: NameKind
    role: Role
    name: str
    start: int
    end: int
    field: Field | None = None
    wanted: str = ""
    detail: str | None = None
    template: Template | None = None
    scope: str | None = None

    @property
    def span(self) -> Span:
        """The name."""
        return Span(self.start, self.end)

    @property
    def whole(self) -> Span:
        """The name with the template around it, if there is one."""
        return self.span if self.template is None else self.template.span

    def placed(self, distance: int, scope: str | None) -> "Occurrence":
        """Return the occurrence moved by so many code points, with its scope."""
        kind, role, name, start, end, field, wanted, detail, template, inner = self
        moved = None if template is None else template.moved(distance)
        # Spelled out, as `_replace` takes nearly twice as long, and large manifests have many.
        return Occurrence(
            kind, role, name, start + distance, end + distance, field, wanted, detail, moved, scope or inner
        )


def is_open(name: str) -> bool:
    """Tell whether a part of a name is filled in later, so that nobody can know it yet."""
    return "$" in name or "{{" in name
