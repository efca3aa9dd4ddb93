"""What a name is: where it is declared, which value each mesh gives it, who uses it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role, is_open
from scone_ls.analysis.workspace.symbols import Located, places, shared_groups, symbol_at
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.features.hover.item import Hover
from scone_ls.spec import facts

_TITLES = {
    NameKind.SECRET: "Secret",
    NameKind.VARIABLE: "Variable of the mesh",
    NameKind.LOCAL: "Variable of this service",
    NameKind.SERVICE: "Service",
    NameKind.IMAGE: "Image",
    NameKind.CAS_ROLE: "Role of a CAS instance",
    NameKind.VOLUME: "Volume",
    NameKind.INJECTED: "Injected file",
    NameKind.FILE: "File",
    NameKind.SHELL: "Variable of the shell",
}
_LONGEST_VALUE = 60  # Code points of a value that are shown.
_MOST_VALUES = 12  # Values of one name that are shown.
_TRAP = (
    "Fill in this template with `SCONE='\\$SCONE' envsubst`: without that, `envsubst` takes the `$SCONE` of "
    "`$$SCONE::…$$` for a variable and leaves `$::…$$`."
)


def of_name(document: Document, offset: int, workspace: Workspace) -> Hover | None:
    """Return what the name at an offset (code points) is; nothing where no name stands."""
    occurrence = symbol_at(document, offset)
    if occurrence is None or occurrence.kind not in _TITLES or not occurrence.name:
        return None
    if _is_group(occurrence):
        return None
    parts = list(_View(document, workspace, occurrence).parts())
    if not parts:
        return None
    return Hover(occurrence.whole, "\n\n".join(parts))


class _Place(NamedTuple):
    """A place in words: a link to its line, for Markdown."""

    link: str
    located: Located


class _View:
    """One name as it is seen from one document."""

    def __init__(self, document: Document, workspace: Workspace, occurrence: Occurrence) -> None:
        self.document = document
        self.workspace = workspace
        self.occurrence = occurrence
        self.places = places(workspace, document, occurrence)

    def parts(self) -> Iterator[str]:
        """Yield the paragraphs."""
        occurrence = self.occurrence
        match occurrence.kind:
            case NameKind.SECRET:
                yield from self._secret()
            case NameKind.VARIABLE:
                yield from self._variable()
            case NameKind.SERVICE:
                yield from self._service()
            case NameKind.IMAGE:
                yield from self._image()
            case NameKind.FILE:
                yield from self._file()
            case NameKind.SHELL:
                yield from self._shell()
            case NameKind.CAS_ROLE:
                found = (role for role in facts.cas_roles() if role.name == self.occurrence.name)
                yield from (f"{self._title(None)}\n\n{role.description}" for role in found)
            case _:
                return

    def _secret(self) -> Iterator[str]:
        name = self.occurrence.name
        special = next((one for one in facts.placeholders().special if one.text.partition("::")[0] == name), None)
        if special is not None and self.occurrence.template is not None:
            yield f"**`{special.text}`**\n\n{special.description}"
            return
        declared = self._with(Role.DECLARES)
        kind = next((place.located.occurrence.detail for place in declared if place.located.occurrence.detail), None)
        yield self._title(f"`{kind}`" if kind else None)
        yield from (fact.description for fact in facts.secret_kinds() if fact.name == kind)
        yield from self._part(kind)
        yield from _listed("Declared", declared)
        yield from _listed("Imported", self._with(Role.IMPORTS))
        yield from _listed("Used", self._with(Role.REFERS))
        if self.occurrence.template is not None and self.document.is_template:
            yield _TRAP

    def _part(self, kind: str | None) -> Iterator[str]:
        """Yield what the suffix and the encoding of a placeholder ask for."""
        template = self.occurrence.template
        if template is None:
            return
        for group in facts.placeholders().suffixes:
            if kind is None or kind in group.kinds:
                found = [one for one in group.suffixes if one.text == template.suffix]
                if found and template.suffix:
                    yield f"`{template.suffix}`: {found[0].description}"
                    break
        for encoding in facts.placeholders().encodings:
            if encoding.text == template.encoding:
                yield f"`{template.encoding}`: {encoding.description}"

    def _variable(self) -> Iterator[str]:
        builtin = next((one for one in facts.builtin_names() if one.name == self.occurrence.name), None)
        declared = self._with(Role.DECLARES)
        if builtin is not None and not declared:
            yield f"**`{builtin.name}`** · Variable of the mesh tool\n\n{builtin.description}"
            return
        yield self._title(None)
        yield from _listed("Declared", declared)
        yield from self._values()
        yield from _listed("Used", self._with(Role.REFERS))

    def _values(self) -> Iterator[str]:
        lines = [
            f"- `{_shortened(place.located.occurrence.detail or '')}` for `{place.located.occurrence.scope}` in {place.link}"
            for place in self._with(Role.GIVES)
        ]
        defaults = [
            f"- `{_shortened(place.located.occurrence.detail)}` by default"
            for place in self._with(Role.DECLARES)
            if place.located.occurrence.detail is not None
        ]
        if lines or defaults:
            yield "Values:\n\n" + "\n".join([*lines, *defaults][:_MOST_VALUES])

    def _service(self) -> Iterator[str]:
        yield self._title(None)
        images = [place.located.occurrence.detail for place in self._with(Role.DECLARES)]
        image = next((image for image in images if image), None)
        if image is not None:
            yield f"Runs the image `{image}`."
            yield from _listed("Built", self._of_image(image, Role.DECLARES))
        yield from _listed("Values for it", self._with(Role.REFERS))

    def _image(self) -> Iterator[str]:
        yield self._title(None)
        yield from _listed("Built", self._with(Role.DECLARES))
        yield from _listed("Run", self._with(Role.REFERS))

    def _of_image(self, image: str, role: Role) -> list[_Place]:
        return [
            _Place(_link(member.document, occurrence), Located(member.uri, occurrence))
            for member in self.workspace.with_image(image)
            for names in member.document.names
            for occurrence in names.named(NameKind.IMAGE, image, role)
        ]

    def _file(self) -> Iterator[str]:
        name = self.occurrence.name
        target = self.workspace.files.get((self.document.uri, name), "")
        if is_open(name) or not target:
            return
        yield self._title(None)
        yield f"[{_shown(target)}]({target})"

    def _shell(self) -> Iterator[str]:
        yield self._title(None)
        if self.document.is_template:
            yield "Filled in by `envsubst` before the manifest is used."
        exports = self.workspace.exports.get(self.occurrence.name, ())
        lines = [
            f"- `{_shortened(export.value)}` in [{_shown(export.uri)}]({export.uri})"
            if export.value is not None
            else f"- made by [{_shown(export.uri)}]({export.uri})"
            for export in exports[:_MOST_VALUES]
        ]
        if lines:
            yield "Values:\n\n" + "\n".join(lines)

    def _title(self, detail: str | None) -> str:
        title = f"**`{self.occurrence.name}`** · {_TITLES[self.occurrence.kind]}"
        return f"{title}, {detail}" if detail else title

    def _with(self, role: Role) -> list[_Place]:
        found: list[_Place] = []
        for located in self.places:
            if located.occurrence.role is role:
                document = self.document if located.uri == self.document.uri else self.workspace.document(located.uri)
                if document is not None:
                    found.append(_Place(_link(document, located.occurrence), located))
        return found


def _is_group(occurrence: Occurrence) -> bool:
    return occurrence.kind is NameKind.SERVICE and occurrence.name in shared_groups()


def _listed(word: str, found: Iterable[_Place]) -> Iterator[str]:
    """Yield a paragraph that names places, each line of a file once."""
    links = list(dict.fromkeys(place.link for place in found))
    if links:
        more = f" and {len(links) - _MOST_VALUES} more" if len(links) > _MOST_VALUES else ""
        yield f"{word}: {', '.join(links[:_MOST_VALUES])}{more}"


def _link(document: Document, occurrence: Occurrence) -> str:
    line = document.text.line_at(occurrence.start) + 1
    return f"[{_shown(document.uri)}:{line}]({document.uri}#L{line})"


def _shown(uri: str) -> str:
    return unquote(uri.rstrip("/").rpartition("/")[2])


def _shortened(text: str) -> str:
    first = text.strip().partition("\n")[0].replace("`", "\u02cb")
    return first if first == text.strip() and len(first) <= _LONGEST_VALUE else f"{first[:_LONGEST_VALUE]}…"
