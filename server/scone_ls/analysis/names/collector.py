"""Where names stand in a manifest: a walk over the kept tree, compiled from the fields.

What it finds in a piece of the text is remembered in that piece, so after an edit only the pieces that changed are
walked again. It works on whatever could be read; what could not be read leaves a doubt about the kinds of names that
may stand there, so that nobody calls a name undeclared only because its declaration is being typed.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, cast

from scone_ls.analysis import anywhere
from scone_ls.analysis.names.gathered import Gathered
from scone_ls.analysis.names.moulded import Moulded, Plan, placeholders, plan
from scone_ls.analysis.names.occurrence import NameKind, Occurrence, Role, is_open
from scone_ls.analysis.names.thing import Thing, texts_of
from scone_ls.spec.schema import Field
from scone_ls.syntax.green import Entries, Entry, Item, Mapping, Node, Pair, Scalar, Sequence, items_of, pairs_of
from scone_ls.syntax.templates import Template, TemplateKind, templates_in
from scone_ls.text import Span

_NULL = "tag:yaml.org,2002:null"
_KINDS = {
    TemplateKind.SECRET: NameKind.SECRET,
    TemplateKind.MESH: NameKind.VARIABLE,
    TemplateKind.SHELL: NameKind.SHELL,
}
_WITH_TEMPLATES = frozenset((NameKind.IMAGE, NameKind.FILE, NameKind.INJECTED, NameKind.LOCAL))
"""Names that are compared, or shown, as they are written, templates included."""
_EXPRESSION = re.compile(r"\{\{\{?[ \t]*[\w.-]+[ \t]*\}\}\}?", re.ASCII)
_QUOTES = ("'", '"')


class Run(NamedTuple):
    """Pieces that follow each other, as entries of a collection or one alone, and for which service they are meant.

    `base` is the offset (code points) from which the starts of the entries are counted, or at which the one begins.
    """

    base: int
    scope: str | None
    entries: Entries | None
    pieces: list[Gathered | Moulded]

    def start(self, number: int) -> int:
        """Return where a piece begins."""
        return self.base if self.entries is None else self.base + self.entries.starts[number]

    def moved(self, distance: int) -> "Run":
        """Return the run moved by so many code points; its pieces are the very same list."""
        return self._replace(base=self.base + distance)


class _Cut(NamedTuple):
    """What stands in a piece of the text that is cut into others: in itself, and in those, which count from it."""

    piece: Gathered
    runs: tuple[Run, ...]


_NOTHING = Gathered((), (), frozenset())


@lru_cache(maxsize=16)
def collector(root: Field) -> "Collector":
    """Return what collects the names in a manifest with this field."""
    return Collector(root)


class Collector:
    """What is looked for at one place, ready to be compared with nodes.

    `declares` are the kinds of names that may have a declaration there or below.
    """

    __slots__ = ("children", "declares", "field", "forms", "item", "kind", "role", "thing", "wanted")

    def __init__(self, field: Field) -> None:
        role, kind, *wanted = field.names or ("", "")
        self.field = field
        self.kind = NameKind(kind) if kind else None
        self.role = Role(role) if role else Role.REFERS
        self.wanted = wanted[0] if wanted else ""
        self.children = {name: Collector(child) for name, child in field.properties.items()}
        self.item = None if field.items is None else Collector(field.items)
        forms = {form.field: Collector(form.field) for form in field.forms}
        self.forms = forms | {inner: each for form in forms.values() for inner, each in form.forms.items()}
        named = self.children.get(field.label[0]) if field.label else None
        self.thing = None if named is None or named.kind is None else (named.kind, named.role)
        inner = [*self.children.values(), *self.forms.values(), *([self.item] if self.item else [])]
        self.declares: frozenset[NameKind] = frozenset[NameKind]().union(*(each.declares for each in inner))
        if self.kind is not None and self.role is not Role.REFERS:
            self.declares |= {self.kind}

    def document(self, entry: Entry, base: int, string: str) -> list[Run]:
        """Return all that stands in a document that begins at the offset `base` of the text."""
        found = self.found_in(entry, base, string, None)
        piece, runs = (found.piece, found.runs) if isinstance(found, _Cut) else (found, ())
        return [*(run.moved(base) for run in runs), Run(base, None, None, [piece])]

    def found_in(self, entry: Entry, base: int, string: str, scope: str | None) -> "Gathered | Moulded | _Cut":
        """Collect what stands in a piece of the text that begins at the offset `base`, in the given scope."""
        kept: Gathered | Moulded | _Cut | None = entry.memo.get(self) or entry.memo.get((self, scope))
        if kept is not None:
            return kept
        kept = self._of_unmade(entry, base, string)
        if kept is None:
            walk = _Walk(string, base, scope)
            if entry.faults:
                walk.doubts |= self.declares
            child = entry.child
            if isinstance(child, Pair | Item):
                self.inner(child, walk)
            elif child is not None:
                self.node(child, walk)
            kept = walk.gathered()
            if walk.runs:
                kept = _Cut(kept, tuple(run.moved(-base) for run in walk.runs))
        entry.memo[(self, scope) if isinstance(kept, _Cut) else self] = kept
        return kept

    def _of_unmade(self, entry: Entry, base: int, string: str) -> Gathered | Moulded | None:
        """Return what stands in a piece whose nodes nobody has made yet, if that can be told without them."""
        unmade = entry.unmade
        if unmade is None or entry.faults:
            return None
        mould, values = unmade
        found: Plan | None = mould.memo.get(self)
        if found is None:
            found = mould.memo[self] = plan(mould, values, self.walked)
        placed = placeholders(values, found)
        if placed is None:
            return None
        if not (found.names or found.things or found.doubts or placed):
            return _NOTHING
        text = string[base : base + entry.length] if placed else ""
        return Moulded(found, entry, values, placed, lambda child: self.walked(child, text))

    def walked(self, child: Pair | Item, text: str) -> Gathered:
        """Return what stands in a pair or an item of a piece with this text."""
        walk = _Walk(text, 0, None)
        self.inner(child, walk)
        return walk.gathered()

    def inner(self, child: Pair | Item, walk: "_Walk") -> None:
        """Collect what stands in the value of a pair or an item."""
        if isinstance(child, Item):
            inner = self.item
        else:
            inner = self.children.get(child.key.value) if isinstance(child.key, Scalar) else None
            # What stands under a key that has no business here may be what is missed elsewhere.
            if inner is None and (
                not isinstance(child.value, Scalar) or anywhere.key_text(child.key) == anywhere.MERGE
            ):
                walk.doubts |= self.declares
        if inner is None:
            _templates_below(child.value, walk)
        else:
            inner.node(child.value, walk)

    def node(self, node: Node, walk: "_Walk") -> None:
        """Collect what stands in a node at this place."""
        match node:
            case Scalar():
                self._scalar(node, walk)
            case Mapping() if anywhere.is_template(node):
                walk.doubts |= self.declares
                walk.templates(node)
            case Mapping():
                (self.forms.get(self.field.form_for(anywhere.key_names(node)), self) if self.forms else self).mapping(
                    node, walk
                )
            case Sequence():
                self._sequence(node, walk)
            case _:
                walk.doubts |= self.declares

    def mapping(self, node: Mapping, walk: "_Walk") -> None:
        """Collect what stands in a mapping that has this form."""
        first, first_run, outer = len(walk.occurrences), len(walk.runs), walk.own
        if self.field.scope is not None:
            walk.own = texts_of(node).get(self.field.scope)
        if isinstance(node.pairs, Entries):
            self._entries(node.pairs, walk)
        else:
            for pair in node.pairs:
                self.inner(pair, walk)
        walk.own = outer
        if self.thing is not None:
            self._thing(Thing.of(*self.thing, self.field, node, outer), walk, first, first_run)

    def _scalar(self, node: Scalar, walk: "_Walk") -> None:
        value = node.value
        if self.kind is not None:
            self._name(node, self.kind, walk)
        elif self.declares and node.tag != _NULL:
            walk.doubts |= self.declares
        if "$" in value or "{{" in value:
            walk.templates(node)

    def _name(self, node: Scalar, kind: NameKind, walk: "_Walk") -> None:
        if node.value and node.tag != _NULL and (kind in _WITH_TEMPLATES or not is_open(node.value)):
            quotes = 1 if node.style in _QUOTES else 0
            start, end = (node.start + quotes, max(node.start + quotes, node.end - quotes))
            occurrence = Occurrence(kind, self.role, node.value, start, end, self.field, self.wanted, scope=walk.own)
            walk.occurrences.append(occurrence)
        elif self.role is not Role.REFERS:
            walk.doubts.add(kind)

    def _thing(self, thing: Thing, walk: "_Walk", first: int, first_run: int) -> None:
        """Note down a thing, and what says most about it with its name, which may stand in a piece of its own."""
        walk.things.append(thing)
        label = self.field.label
        if thing.name is None and thing.role is not Role.REFERS:
            walk.doubts.add(thing.kind)
        if len(label) > 1:
            named, detail = self.children[label[0]].field, thing.detail
            walk.occurrences[first:] = _detailed(walk.occurrences[first:], named, detail)
            for number, run in enumerate(walk.runs[first_run:], first_run):
                if any(piece.lead is named for piece in run.pieces):
                    pieces = [
                        _with_detail(piece, named, detail) if piece.lead is named else piece for piece in run.pieces
                    ]
                    walk.runs[number] = run._replace(pieces=pieces)

    def _sequence(self, node: Sequence, walk: "_Walk") -> None:
        if self.item is None:
            walk.doubts |= self.declares
        if isinstance(node.items, Entries):
            self._entries(node.items, walk)
        else:
            for item in node.items:
                self.inner(item, walk)

    def _entries(self, entries: Entries, walk: "_Walk") -> None:
        scope, starts = walk.own or walk.scope, entries.starts

        def found(numbers: range) -> list[Gathered | Moulded | _Cut]:
            return [
                self.found_in(entries.entries[each], walk.base + starts[each], walk.string, scope) for each in numbers
            ]

        def is_cut(numbers: range) -> list[bool]:
            return [isinstance(each[number], _Cut) for number in numbers]

        each = entries.derived((self, scope), found)
        if True in entries.derived((self, scope, _Cut), is_cut):
            for start, one in zip(starts, each, strict=False):
                if isinstance(one, _Cut):
                    walk.runs += (run.moved(walk.base + start) for run in one.runs)
            pieces = [one.piece if isinstance(one, _Cut) else one for one in each]
        else:
            pieces = cast("list[Gathered | Moulded]", each)
        walk.runs.append(Run(walk.base, scope, entries, pieces))


class _Walk:
    """The state of a walk through one piece of the text.

    `scope` is the one that the piece stands in, `own` one that the piece itself has set.
    """

    __slots__ = ("base", "doubts", "occurrences", "own", "runs", "scope", "string", "things")

    def __init__(self, string: str, base: int, scope: str | None) -> None:
        self.string = string
        self.base = base
        self.scope = scope
        self.own: str | None = None
        self.runs: list[Run] = []
        self.occurrences: list[Occurrence] = []
        self.things: list[Thing] = []
        self.doubts: set[NameKind] = set()

    def gathered(self) -> Gathered:
        """Return what was found in the piece."""
        if not (self.occurrences or self.things or self.doubts):
            return _NOTHING
        unusual = tuple(one for one in self.occurrences if one.template is not None and _is_unusual(one.template))
        end = max((one.whole.end for one in self.occurrences), default=-1)
        kinds = frozenset(thing.kind for thing in self.things)
        return Gathered(tuple(self.occurrences), tuple(self.things), frozenset(self.doubts), unusual, end, kinds)

    def templates(self, node: Scalar | Mapping) -> None:
        """Note down the templates in a node."""
        for template in templates_in(self.string, Span(self.base + node.start, self.base + node.end)):
            if _is_name(template, self.string):
                relative = template.moved(-self.base)
                start, end = relative.name_span
                kind = _KINDS[template.kind]
                found = Occurrence(kind, Role.REFERS, template.name, start, end, template=relative, scope=self.own)
                self.occurrences.append(found)


def _is_name(template: Template, string: str) -> bool:
    """Tell whether a template holds just a name: `{{…}}` can be an expression of the template language as well."""
    if template.kind is not TemplateKind.MESH:
        return True
    return not template.closed or _EXPRESSION.fullmatch(string, *template.span) is not None


def _is_unusual(template: Template) -> bool:
    return bool(template.suffix or template.encoding) or not template.closed


def _with_detail(gathered: Gathered | Moulded, named: Field, detail: str | None) -> Gathered:
    occurrences = tuple(_detailed(gathered.occurrences, named, detail))
    return Gathered(occurrences, gathered.things, gathered.doubts, gathered.unusual, gathered.end, gathered.kinds)


def _detailed(occurrences: Iterable[Occurrence], named: Field, detail: str | None) -> list[Occurrence]:
    """Return the occurrences, those that stand at a field with this detail."""
    return [one._replace(detail=detail) if one.field is named else one for one in occurrences]


def _templates_below(node: Node, walk: _Walk) -> None:
    """Collect the templates where the specification says nothing."""
    stack: list[tuple[Node, int]] = [(node, 0)]
    while stack:
        node, moved = stack.pop()
        match node:
            case Scalar(value=value):
                if "$" in value or "{{" in value:
                    walk.templates(node._replace(start=node.start + moved, end=node.end + moved))
            case Mapping() if anywhere.is_template(node):
                walk.templates(node._replace(start=node.start + moved, end=node.end + moved))
            case Mapping():
                stack.extend((pair.value, moved + base) for base, pair in pairs_of(node))
            case Sequence():
                stack.extend((item.value, moved + base) for base, item in items_of(node))
            case _:
                pass
