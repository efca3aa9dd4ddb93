"""What a build would make of a manifest, as text, as Markdown for a hover, and as plain data for programs.

It is read off the manifest with our own facts; what only the tool knows is marked. Sizes of files are handed in, as
nothing is read here.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from scone_ls.analysis.document import Manifest
from scone_ls.analysis.steps import Entry, Step, steps_of
from scone_ls.syntax.templates import TemplateKind, templates_in
from scone_ls.text import Span

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

_BY_TOOL = "the tool decides"
_SOURCES = {
    TemplateKind.SECRET: "from CAS",
    TemplateKind.MESH: "from the mesh",
    TemplateKind.SHELL: "not filled in yet",
}
_UNITS = ("B", "kB", "MB", "GB")
_LONGEST = 100
"""Code points of an entry that a hover shows."""


def preview(manifest: Manifest, sizes: Mapping[str, int | None]) -> Json:
    """Return the steps as plain data; `sizes` has bytes by path, `None` for what is not there."""
    return [
        {
            "title": step.title,
            "entries": [
                {
                    "text": entry.text,
                    "detail": entry.detail,
                    "by_tool": entry.by_tool,
                    "from": [*_sources(entry)],
                    "size": sizes.get(entry.text) if step.is_files else None,
                }
                for entry in step.entries
            ],
        }
        for step in steps_of(manifest)
    ]


def as_text(manifest: Manifest, sizes: Mapping[str, int | None]) -> str:
    """Return the steps as text, one entry in each line."""
    lines: list[str] = []
    for number, step in enumerate(steps_of(manifest), start=1):
        lines.append(f"{number}. {step.title}")
        for entry in step.entries:
            notes = "; ".join(_notes(step, entry, sizes))
            lines.append(f"     {_line(step, entry)}{f'  ({notes})' if notes else ''}")
    return "\n".join(lines)


def as_markdown(manifest: Manifest) -> str:
    """Return the steps as a Markdown list, without sizes."""
    lines: list[str] = []
    for number, step in enumerate(steps_of(manifest), start=1):
        entries = [_marked(step, entry) for entry in step.entries]
        if len(entries) == 1:
            lines.append(f"{number}. {step.title}: {entries[0]}")
        else:
            lines.append(f"{number}. {step.title}:")
            lines += (f"   - {entry}" for entry in entries)
    return "\n".join(lines)


def _line(step: Step, entry: Entry) -> str:
    text = f"{step.prefix}{entry.text}"
    return " ".join(f"{text}: {entry.detail}".split("\n")) if entry.detail else " ".join(text.split("\n"))


def _marked(step: Step, entry: Entry) -> str:
    notes = "; ".join(_notes(step, entry, {}))
    line = _line(step, entry)
    text = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
    shown = text.replace("`", "") if entry.span is None else f"`{text.replace('`', '')}`"
    return f"{shown} ({notes})" if notes else shown


def _notes(step: Step, entry: Entry, sizes: Mapping[str, int | None]) -> Iterator[str]:
    if entry.by_tool:
        yield _BY_TOOL
    yield from _sources(entry)
    if step.is_files and entry.text in sizes:
        size = sizes[entry.text]
        yield "not there" if size is None else _size(size)


def _sources(entry: Entry) -> Iterator[str]:
    """Yield where the parts of an entry come from that are not written in the manifest."""
    kinds = {
        template.kind for text in (entry.text, entry.detail) for template in templates_in(text, Span(0, len(text)))
    }
    yield from (source for kind, source in _SOURCES.items() if kind in kinds)


def _size(size: int) -> str:
    amount = float(size)
    for unit in _UNITS[:-1]:
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} {_UNITS[-1]}"
