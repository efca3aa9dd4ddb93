"""Another name for a thing, at all its places in all files; where that can't be, one sentence that says why."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role
from scone_ls.analysis.places import renamed
from scone_ls.analysis.secrets import is_special
from scone_ls.analysis.workspace.symbols import Located, places, shared_groups, symbol_at
from scone_ls.analysis.workspace.workspace import ALONE, Workspace
from scone_ls.edit import Edit
from scone_ls.spec import facts
from scone_ls.text import Span


class Refusal(NamedTuple):
    """Why a name can't be changed, or not to that one."""

    message: str


class Renameable(NamedTuple):
    """A name that can be changed, and its place (code points)."""

    span: Span
    name: str


class Renaming(NamedTuple):
    """The edits that change a name, by the URI of the file; those of one file do not overlap."""

    edits: Mapping[str, tuple[Edit, ...]]


class _Form(NamedTuple):
    """What new names have to look like, and how that is said."""

    pattern: re.Pattern[str]
    words: str


_FIXED = {
    NameKind.FILE: "a file on the disk; rename the file, then what is written here",
    NameKind.INJECTED: "a path that programs know by themselves; change it here and in them",
    NameKind.SHELL: "a variable of the shell; change it here and where it is set",
    NameKind.CAS_ROLE: "a role that `sconectl` knows by this name",
}
"""What can't be renamed, as more depends on it than manifests show."""

_PART = r"[^{}\n]{0,200}"
"""A part of an expression; a longer one is hardly meant as one."""
_PLAIN = _Form(re.compile(r"[\w.~-]+", re.ASCII), "has letters, digits, `_`, `-`, `.` and `~`")
_FORMS = {
    NameKind.VARIABLE: _Form(
        re.compile(r"[A-Za-z_][\w.-]*", re.ASCII), "begins with a letter or `_` and has those, digits, `-` and `.`"
    ),
    NameKind.IMAGE: _Form(re.compile(r"[^\s\"'\\\x00-\x1f]+"), "has no blanks, quotes or backslashes"),
}
"""What fits every place where such a name can stand: templates, too, and scalars in any quotes."""


def renameable(document: Document, offset: int, workspace: Workspace = ALONE) -> Renameable | Refusal | None:
    """Return the name at an offset (code points) that can be changed, or why it can't; nothing where there is none."""
    asked = symbol_at(document, offset)
    if asked is None:
        return None
    found = places(workspace, document, asked)
    refusal = _refusal(asked, found) or _in_expression(document, workspace, asked, found)
    return refusal or Renameable(asked.span, asked.name)


def rename(document: Document, offset: int, name: str, workspace: Workspace = ALONE) -> Renaming | Refusal | None:
    """Return the edits that give the thing at an offset (code points) another name; nothing where there is none."""
    asked = symbol_at(document, offset)
    if asked is None:
        return None
    found = tuple(one for one in places(workspace, document, asked) if not _is_special(one.occurrence))
    refusal = _refusal(asked, found) or _in_expression(document, workspace, asked, found) or _unfit(asked.kind, name)
    if refusal is not None:
        return refusal
    if name == asked.name:
        return Renaming({})
    if _is_taken(document, workspace, name, found):
        return Refusal(f"`{name}` is there already; choose another name")
    edits: dict[str, list[Edit]] = {}
    for uri, occurrence in found:
        edits.setdefault(uri, []).append(renamed(_document(document, workspace, uri), occurrence, name))
    return Renaming({uri: tuple(each) for uri, each in edits.items()})


def _refusal(asked: Occurrence, found: tuple[Located, ...]) -> Refusal | None:
    """Return why a thing can't have another name."""
    name, kind = asked.name, asked.kind
    roles = {one.occurrence.role for one in found}
    reason = _FIXED.get(kind)
    if kind is NameKind.SERVICE and name in shared_groups():
        reason = "the group of values for all services"
    elif _is_special(asked):
        reason = "no secret, but a name that the runtime defines"
    elif kind is NameKind.SECRET and Role.IMPORTS in roles and Role.DECLARES not in roles:
        reason = "imported, and no manifest here declares it"
    elif kind in (NameKind.VARIABLE, NameKind.LOCAL):
        reason = _reserved(name, roles)
    return None if reason is None else Refusal(f"`{name}` can't be renamed: it is {reason}")


def _reserved(name: str, roles: set[Role]) -> str | None:
    """Return who else knows a variable by its name."""
    if any(variable.name == name for variable in facts.variables().variables):
        return "a variable that the SCONE runtime reads"
    if Role.DECLARES in roles:
        return None
    if Role.GIVES not in roles:
        return "a name that `sconectl` defines" if _is_built_in(name) else None
    if any(variable.name == name for variable in facts.chart_variables()):
        return "a variable that Helm charts read"
    return None if Role.REFERS in roles else "declared in no manifest here, so who reads it is not known"


def _in_expression(
    document: Document, workspace: Workspace, asked: Occurrence, found: tuple[Located, ...]
) -> Refusal | None:
    """Return that a variable stands in an expression of the template language, of which only single names are read."""
    if asked.kind is not NameKind.VARIABLE:
        return None
    name = rf"(?<![\w.-]){re.escape(asked.name)}(?![\w.-])"
    expression = re.compile(rf"\{{{{2,3}}(?![ \t]*{name}[ \t]*\}}){_PART}{name}{_PART}\}}{{2,3}}")
    for uri in dict.fromkeys(one.uri for one in found):
        match = expression.search(_document(document, workspace, uri).text.string)
        if match is not None:
            return Refusal(
                f"`{asked.name}` can't be renamed: it is in `{match[0]}`, too; change it there by hand first"
            )
    return None


def _unfit(kind: NameKind, name: str) -> Refusal | None:
    """Return why a thing of this kind can't have this name."""
    form = _form(kind)
    if form.pattern.fullmatch(name) is None:
        return Refusal(f"`{name}` can't be the name of {_article(kind)}; it {form.words}")
    if kind is NameKind.VARIABLE and _is_built_in(name):
        return Refusal(f"`{name}` is a name that `sconectl` defines; choose another one")
    if kind is NameKind.SERVICE and name in shared_groups():
        return Refusal(f"`{name}` is the group of values for all services; choose another name")
    return None


def _is_special(occurrence: Occurrence) -> bool:
    """Tell whether a placeholder asks for something that no manifest declares."""
    template = occurrence.template
    return occurrence.kind is NameKind.SECRET and template is not None and is_special(template)


def _form(kind: NameKind) -> _Form:
    if kind is NameKind.SECRET:
        return _Form(re.compile(facts.placeholders().name_pattern), "has letters, digits, `_` and `-`")
    return _FORMS.get(NameKind.VARIABLE if kind is NameKind.LOCAL else kind, _PLAIN)


def _article(kind: NameKind) -> str:
    word = "variable" if kind is NameKind.LOCAL else kind.value
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def _is_taken(document: Document, workspace: Workspace, name: str, found: tuple[Located, ...]) -> bool:
    """Tell whether something else has the name already, where one of these places would get it.

    Uses of a name that nothing has are no hindrance: they may be what it is changed for.
    """
    own = {(uri, each.role, each.scope) for uri, each in found if each.role is not Role.REFERS}
    declared = any(role is Role.DECLARES for _, role, _ in own)
    return any(
        (uri, each.role, each.scope) in own or (declared and each.role is Role.DECLARES)
        for uri, each in _others(document, workspace, name, found)
    )


def _others(document: Document, workspace: Workspace, name: str, found: tuple[Located, ...]) -> Iterator[Located]:
    """Yield the places of what has a name already; places that stand for the same are asked about once."""
    asked: set[tuple[str, Names | None, str | None]] = set()
    for uri, occurrence in found:
        holder = _document(document, workspace, uri)
        same = (uri, holder.names_at(occurrence.start), occurrence.scope)
        if same not in asked:
            asked.add(same)
            yield from places(workspace, holder, occurrence._replace(name=name))
            yield from _beside(holder, occurrence, name)


def _beside(document: Document, occurrence: Occurrence, name: str) -> Iterator[Located]:
    """Yield the declarations of a variable of the other sort in the same manifest: the program sees both."""
    others = {NameKind.VARIABLE: NameKind.LOCAL, NameKind.LOCAL: NameKind.VARIABLE}
    names = document.names_at(occurrence.start)
    if names is not None and occurrence.kind in others:
        for one in names.named(others[occurrence.kind], name, Role.DECLARES):
            yield Located(document.uri, one)


def _document(document: Document, workspace: Workspace, uri: str) -> Document:
    """Return a file of the workspace, the given one in its given version."""
    other = None if uri == document.uri else workspace.document(uri)
    return other or document


def _is_built_in(name: str) -> bool:
    known = facts.builtin_variables()
    return name.startswith(f"{known.cas.prefix}.") or any(variable.name == name for variable in known.variables)
