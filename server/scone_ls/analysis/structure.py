"""Is a manifest built as the specification says? A walk over the kept tree, compiled from the fields.

It finds what a JSON Schema validator finds (and duplicate keys, deprecated things and templates that YAML takes for
mappings), but reads the tree as it stands and remembers in each kept entry what it found there. So after an edit only
the entries that changed are walked again. Nothing is said about what did not parse, an alias, or a merge key.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import compress

from scone_ls.analysis import anywhere, moulded
from scone_ls.analysis.meaning import probably_meant
from scone_ls.analysis.violations import Keyword, Violation
from scone_ls.spec.schema import Field
from scone_ls.syntax.green import Alias, Broken, Entries, Entry, Item, Mapping, Node, Pair, Scalar
from scone_ls.syntax.green import Sequence as GreenSequence
from scone_ls.text import Span

_TAG = "tag:yaml.org,2002:"
_TYPES_OF_TAGS = {
    "str": "string",
    "timestamp": "string",
    "binary": "string",
    "int": "number",
    "float": "number",
    "bool": "boolean",
    "null": "null",
}
_STRING = _TAG + "str"
_MOST_PASSED = 1000  # Texts that passed a pattern or an enumeration and are remembered.
_JSON_TYPES = {_TAG + tag: json_type for tag, json_type in _TYPES_OF_TAGS.items()}

_Found = Sequence[Violation]
_Asked = list[tuple["Check", Scalar]]


def violations(document: Entry, root: Field) -> _Found:
    """Return what a whole document has against a field, relative to the entry of the document."""
    found: _Found | None = document.memo.get(root)
    if found is None:
        child = document.child
        found = () if child is None or isinstance(child, Pair | Item) else compiled(root).value(child, Span(0, 0))
        document.memo[root] = found
    return found


@lru_cache(maxsize=64)
def compiled(root: Field) -> "Check":
    """Return the check of a field and of all below it."""
    return Check(root)


class Check:
    """What is asked of one place, ready to be compared with nodes.

    `tags` are those of scalars that are fine whatever their text; `is_value` tells a place behind a key from others.
    """

    __slots__ = (
        "children",
        "field",
        "forms",
        "free",
        "is_plain_mapping",
        "is_value",
        "item",
        "known",
        "passed",
        "plain",
        "required",
        "tags",
    )

    def __init__(self, field: Field, *, is_value: bool = False) -> None:
        judged = bool(field.enum) or field.pattern is not None
        self.field = field
        self.is_value = is_value
        self.free = field.free and not (field.properties or field.items or field.forms)
        self.tags: frozenset[str] = frozenset() if judged else _fine_tags(field)
        self.children = {name: Check(child, is_value=True) for name, child in field.properties.items()}
        self.plain = {name: check for name, check in self.children.items() if not check.field.deprecated}
        self.is_plain_mapping = "object" in field.types and not field.deprecated
        self.passed: set[str] = set()
        self.known = frozenset((*self.children, anywhere.MERGE))
        self.required = frozenset(field.required)
        self.item = None if field.items is None else Check(field.items)
        self.forms = {form: Check(form) for form in _all_forms(field)}

    def value(self, node: Node, holder: Span) -> _Found:
        """Check a node; the holder is the key or the dash before it, where something missing is reported."""
        match node:
            case Alias() | Broken():
                return ()
            case Scalar():
                return () if node.tag in self.tags else self._scalar(node, holder)
            case Mapping() if anywhere.is_template(node):
                return (Violation(Keyword.TEMPLATE, node.start, node.end, (), self.field, ""),)
            case _ if self.free:
                return anywhere.found_in(node)
            case Mapping():
                return self._formed(node).mapping(node, holder)
            case GreenSequence():
                return self.sequence(node)

    def inner(self, child: Pair | Item) -> _Found:
        """Check the value of a pair or an item; what is found has the path from the value on."""
        if isinstance(child, Item):
            start = max(child.dash, child.value.start if child.dash < 0 else 0)
            return self.item.value(child.value, Span(start, start + 1)) if self.item else anywhere.found_in(child.value)
        key = child.key
        check = self.children.get(key.value) if isinstance(key, Scalar) else None
        if check is None:
            return anywhere.found_in(child.value)
        found = check.value(child.value, Span(key.start, key.end))
        if check.field.deprecated and not self.field.deprecated:
            found = (Violation(Keyword.DEPRECATED, key.start, key.end, (), check.field, check.field.name), *found)
        return found

    def mapping(self, node: Mapping, holder: Span) -> _Found:
        """Check a mapping that has this form."""
        field = self.field
        if field.types and "object" not in field.types:
            return (Violation(Keyword.TYPE, *anywhere.head(node), (), field, "object"),)
        found: list[Violation] = []
        pairs = node.pairs
        if isinstance(pairs, Entries):
            found += self._in_entries(pairs)
        else:
            for pair in pairs:
                key = pair.key
                check = self.plain.get(key.value) if isinstance(key, Scalar) else None
                if check is None or not check.takes(pair.value):
                    found += [violation.under(anywhere.key_text(key)) for violation in self.inner(pair)]
        names = anywhere.key_names(node)
        distinct = frozenset(names)
        if len(distinct) != len(names):
            found += anywhere.duplicates(node, field)
        if not (distinct <= self.known and self.required <= distinct):
            found += self._keys(node, distinct, holder)
        if field.deprecated:
            found.append(Violation(Keyword.DEPRECATED, *anywhere.head(node), (), field, ""))
        return found

    def takes(self, node: Node) -> bool:
        """Tell at a glance whether nothing is wrong with a node; if that isn't clear, say no."""
        scalars: _Asked = []
        return self.is_in_order(node, scalars) and all(check.takes_scalar(scalar) for check, scalar in scalars)

    def takes_scalar(self, node: Scalar) -> bool:
        """Tell whether nothing is wrong with a scalar."""
        if node.tag in self.tags or (node.tag == _STRING and node.value in self.passed):
            return True
        return not self._scalar(node, Span(node.start, node.end))

    def is_in_order(self, node: Node, scalars: "_Asked") -> bool:
        """Tell whether nothing is wrong with a node but perhaps with scalars in it, which are added to the list.

        If that isn't clear, it says no. A fresh text waits for it, hence the classes that are compared, not matched.
        """
        if type(node) is Scalar:
            scalars.append((self, node))
            return True
        if type(node) is Mapping and type(node.pairs) is tuple:
            check = self._formed(node)
            return check.is_plain_mapping and check.are_in_order(node.pairs, scalars)
        if type(node) is GreenSequence and type(node.items) is tuple and self.item is not None:
            item = self.item
            return all(item.is_in_order(value, scalars) for _, value in node.items)
        return False

    def are_in_order(self, pairs: tuple[Pair, ...], scalars: "_Asked") -> bool:
        """Tell the same of the pairs of a mapping that has this form."""
        names: set[str] = set()
        for key, _, value in pairs:
            name = key.value if type(key) is Scalar else ""
            check = self.plain.get(name)
            if check is None or not check.is_in_order(value, scalars):
                return False
            names.add(name)
        return len(names) == len(pairs) and self.required <= names

    def sequence(self, node: GreenSequence) -> _Found:
        """Check a sequence."""
        field = self.field
        if field.types and "array" not in field.types:
            return (Violation(Keyword.TYPE, *anywhere.head(node), (), field, "array"),)
        if isinstance(node.items, Entries):
            return self._in_entries(node.items)
        found: list[Violation] = []
        for index, item in enumerate(node.items):
            if self.item is None or not self.item.takes(item.value):
                found += [violation.under(index) for violation in self.inner(item)]
        return found

    def _in_entries(self, entries: Entries) -> list[Violation]:
        """Check all entries of a collection; of the version before, those cost next to nothing that are as they were."""

        def fresh(numbers: range) -> list[_Found]:
            several = entries.entries[numbers.start : numbers.stop]
            moulded.settle(self, (entry for entry in several if self not in entry.memo))
            return [self._in_entry(entry) for entry in several]

        found: list[Violation] = []
        each = entries.derived(self, fresh)
        for index in compress(range(len(each)), each):
            start, step = entries.starts[index], anywhere.step_of(entries.entries[index], index)
            found += [violation.moved(start).under(step) for violation in each[index]]
        return found

    def _in_entry(self, entry: Entry) -> _Found:
        found: _Found | None = entry.memo.get(self)
        if found is None:
            child = entry.child
            if isinstance(child, Item) and self.item is not None and self.item.takes(child.value):
                found = ()
            else:
                found = tuple(self.inner(child)) if isinstance(child, Pair | Item) else ()
            entry.memo[self] = found
        return found

    def _scalar(self, node: Scalar, holder: Span) -> _Found:
        json_type = _JSON_TYPES.get(node.tag)
        field = self.field
        if json_type is None or self.free:
            return ()  # A tag of somebody's own: nobody knows what it stands for.
        exempt = json_type == "string" and field.is_exempt(node.value)
        if exempt and not (field.enum or field.pattern):
            return ()
        place = Span(node.start, node.end) if node.end > node.start else holder
        found: list[Violation] = []
        integral = node.tag == _TAG + "int" and "integer" in field.types
        if field.types and json_type not in field.types and not integral:
            found.append(Violation(Keyword.TYPE, *place, (), field, json_type))
        if exempt or json_type == "null":
            return found
        if field.enum and node.value not in _words(field, json_type):
            found.append(Violation(Keyword.ENUM, *place, (), field, node.value))
        if not (found and json_type != "string") and not field.matches(node.value):  # Also a number: by its text.
            found.append(Violation(Keyword.PATTERN, *place, (), field, node.value))
        if not found and node.tag == _STRING and len(self.passed) < _MOST_PASSED:
            self.passed.add(node.value)
        return found

    def _formed(self, node: Mapping) -> "Check":
        """Return the check of the form that a mapping has."""
        return self.forms.get(self.field.form_for(anywhere.key_names(node)), self) if self.forms else self

    def _keys(self, node: Mapping, names: frozenset[str], holder: Span) -> list[Violation]:
        """Report unknown and missing keys."""
        field = self.field
        absent = tuple(name for name in self.children if name not in names)
        unknown = {name: probably_meant(name, field, absent) for name in names - self.known}
        found: list[Violation] = []
        if field.closed:
            found += (
                Violation(Keyword.UNKNOWN, *span, (), field, name, meant=unknown[name])
                for name, span in anywhere.keys_of(node)
                if name in unknown
            )
        missing = [name for name in field.required if name not in names]
        if missing and anywhere.MERGE not in names and anywhere.is_whole(node):
            place = holder if self.is_value else anywhere.head(node)
            meant = set(unknown.values())
            found += (Violation(Keyword.MISSING, *place, (), field, name, covered=name in meant) for name in missing)
        return found


def _all_forms(field: Field) -> list[Field]:
    """Return the other forms of a mapping, those of forms included."""
    return [found for form in field.forms for found in (form.field, *_all_forms(form.field))]


def _fine_tags(field: Field) -> frozenset[str]:
    """Return the tags of scalars that a place takes whatever their text."""
    if not field.types:
        return frozenset(_JSON_TYPES)
    integer = frozenset((_TAG + "int",)) if "integer" in field.types else frozenset[str]()
    return integer.union(tag for tag, json_type in _JSON_TYPES.items() if json_type in field.types)


def _words(field: Field, json_type: str) -> tuple[str, ...]:
    """Return the texts of the values of an enumeration that have a JSON type."""
    match json_type:
        case "string":
            return tuple(value for value in field.enum if isinstance(value, str))
        case "boolean":
            return tuple(str(value).lower() for value in field.enum if isinstance(value, bool))
        case _:
            return tuple(
                str(value) for value in field.enum if isinstance(value, int | float) and not isinstance(value, bool)
            )
