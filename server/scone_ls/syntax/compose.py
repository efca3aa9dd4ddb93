"""A piece of YAML to a node: the only place that imports ruamel.yaml.

ruamel.yaml is the one authority on YAML here. Its pure scanner decides; its libyaml-based one (`ruamel.yaml.clib`,
optional) takes its place where the two grammars are known to agree, because it is some thirty times faster. Both are
read event by event, so that nothing recurses and an alias is never expanded. Errors always come from the pure scanner.
"""

# ruamel.yaml has no types that say anything; what comes out of here has.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from ruamel.yaml import events
from ruamel.yaml.docinfo import DocInfo
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.parser import Parser
from ruamel.yaml.reader import Reader
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scanner import Scanner

from scone_ls.syntax import green
from scone_ls.syntax.punctuation import colon_between, dash_before, properties

try:
    from _ruamel_yaml import CParser  # pyright: ignore[reportMissingImports, reportUnknownVariableType]  # optional, untyped
except ImportError:  # pragma: no cover  # The pure scanner serves alone then.
    CParser = None

# Where libyaml's grammar differs from ruamel.yaml's, or where a node has properties whose place must be known: tabs,
# directives, anchors, aliases and tags, explicit keys, line breaks of YAML 1.1, and `:` or `?` close to other
# characters inside a flow collection.
_NEEDS_PURE = re.compile(
    r"[\t\x85\u2028\u2029\ufeff]"
    r"|(?:(?m:^) *|: +|- +|[\[{,] *)[&*!?](?![\s&])"
    r"|(?m:^ *(?:%|\? |\?$|- *\? ))"
    r"|[\[{][^\]}]{0,2000}?(?:[:?][^ \n]|[{\[,][:?])"
)
_TABS_AT_END = re.compile(r"(?<=\S)[ ]*\t[ \t]*(?=\r?(?:\n|\Z))")
TAGS: dict[str, str] = {}
_TAG_LIMIT = 20_000
STRING = "tag:yaml.org,2002:str"
_SHORT = 2_000
_MOST_PROBLEMS = 10_000


class Problem(NamedTuple):
    """Why a piece is not valid YAML: what ruamel.yaml says, and where (offsets in the piece).

    `context` is the beginning of what was being read, where it is known; it is often where the reader must act.
    """

    message: str
    offset: int
    context: int | None

    @property
    def is_open(self) -> bool:
        """Whether the piece ended inside a quoted scalar or a flow collection."""
        return "end of stream" in self.message or "<stream end>" in self.message


class Composed(NamedTuple):
    """The node of a piece (none where it holds only comments), and whether anchors or aliases occur."""

    node: green.Node | None
    names: bool


_PROBLEMS: dict[tuple[str, int, bool], Problem] = {}
"""What is wrong with short pieces, which are looked at again and again while what is around them is mended."""


def compose(piece: str, column: int, *, explain: bool = True) -> Composed | Problem:
    """Compose one piece whose first character stands at the column; offsets are those of the piece.

    A piece that holds more than one YAML document is a problem. Without `explain` a problem need not say what it is,
    and costs no second reading. Tabs at the end of a line, which YAML allows and ruamel.yaml does not always, are read as
    blanks where they are what it stumbles over.
    """
    key = (piece, column, explain)
    problem = _PROBLEMS.get(key) if len(piece) <= _SHORT else None
    if problem is not None:
        return problem
    found = _composed(piece, column, explain=explain)
    if isinstance(found, Problem) and "\t" in piece and _TABS_AT_END.search(piece):
        again = _composed(_TABS_AT_END.sub(lambda match: " " * len(match[0]), piece), column, explain=explain)
        found = again if isinstance(again, Composed) else found
    if isinstance(found, Problem) and len(piece) <= _SHORT:
        if len(_PROBLEMS) > _MOST_PROBLEMS:
            _PROBLEMS.clear()
        _PROBLEMS[key] = found
    return found


def _composed(piece: str, column: int, *, explain: bool) -> Composed | Problem:
    source = " " * column + piece
    pure = needs_pure(piece)
    if not pure:
        try:
            return _build(_c_events(source), source, column, names=False)
        except (YAMLError, UnicodeError):
            if not explain:
                return Problem("not valid YAML", 0, None)
    try:
        return _build(_pure_events(source), source, column, names=pure)
    except MarkedYAMLError as error:
        return _problem(error, column, len(piece))
    except YAMLError as error:
        position = getattr(error, "position", None)
        offset = position - column if isinstance(position, int) else 0
        return Problem(str(getattr(error, "reason", error)), min(max(0, offset), len(piece)), None)
    except (ValueError, IndexError, AttributeError, AssertionError, TypeError, KeyError, NotImplementedError) as error:
        # ruamel.yaml raises a handful of exceptions that are no `YAMLError` (cases BEC7 and P94K of the YAML suite).
        return Problem(f"not valid YAML ({error})", 0, None)


def compose_run(piece: str, column: int, starts: Sequence[int]) -> list[Any] | None:
    """Compose entries that follow each other in one go; return their pairs or items, each relative to its own start.

    `starts` are the offsets of the entries in the piece. It is a shortcut that the fast scanner alone can take: where
    it can't, or where the entries are not just these, there is nothing, and each entry is composed by itself.
    """
    if CParser is None or _NEEDS_PURE.search(piece):
        return None
    source = " " * column + piece
    try:
        root = _build(_c_events(source), source, column, names=False, starts=starts).node
    except (YAMLError, UnicodeError):
        return None
    children: Any = None
    match root:
        case green.Mapping(flow=False, pairs=children) | green.Sequence(flow=False, items=children):
            pass
        case _:
            return None
    return list(children) if len(children) == len(starts) else None


def needs_pure(piece: str) -> bool:
    """Tell whether only the pure scanner may read the piece."""
    return CParser is None or _NEEDS_PURE.search(piece) is not None


class _PureParser(Reader, Scanner, Parser, VersionedResolver):  # type: ignore[misc]  # ruamel.yaml's classes are mixins
    """ruamel.yaml's pure scanner and parser without its composer."""

    def __init__(self, source: str) -> None:
        self.comment_handling = None
        self.doc_infos = [DocInfo()]
        Reader.__init__(self, source, loader=self)
        Scanner.__init__(self, loader=self)
        Parser.__init__(self, loader=self)
        VersionedResolver.__init__(self, None, loader=self)


def _pure_events(source: str) -> Iterator[Any]:
    parser = _PureParser(source)
    while parser.check_event():
        yield parser.get_event()


def _c_events(source: str) -> Iterator[Any]:
    get_event: Callable[[], Any] = CParser(source).get_event  # pyright: ignore[reportOptionalCall, reportUnknownMemberType]  # see the import
    while (event := get_event()) is not None:
        yield event


class _SecondDocumentError(YAMLError):
    """A piece held a second document."""

    reason = "expected a single document"

    def __init__(self, position: int) -> None:
        self.position = position
        super().__init__(self.reason)


class _Open:
    """A collection whose end has not come yet: its children so far, and the key that waits for its value."""

    __slots__ = ("anchor", "children", "flow", "is_mapping", "key", "start", "tag")

    def __init__(self, start: int, *, is_mapping: bool, flow: bool, tag: str, anchor: green.Anchor | None) -> None:
        self.start = start
        self.is_mapping = is_mapping
        self.flow = flow
        self.tag = tag
        self.anchor = anchor
        self.children: list[Any] = []
        self.key: green.Node | None = None


def _build(stream: Iterator[Any], source: str, pad: int, *, names: bool, starts: Sequence[int] = ()) -> Composed:
    """Read all events into a node; iterative, so that nesting costs no stack.

    With `starts`, the offsets of each child of the root are relative to the last of these offsets before it.
    """
    column = pad
    run = list(starts[:0:-1])  # The starts of the children that are still to come, the next one last.
    stack: list[_Open] = []
    root: green.Node | None = None
    documents = 0
    for event in stream:
        kind = type(event)
        if run and len(stack) == 1 and stack[0].key is None and event.start_mark.index >= run[-1] + column:
            pad = run.pop() + column
        if kind is events.ScalarEvent:
            node = _scalar(event, source, pad, stack)
        elif kind is events.AliasEvent:
            node = green.Alias(event.start_mark.index - pad, event.end_mark.index - pad, event.anchor)
        elif kind is events.MappingStartEvent or kind is events.SequenceStartEvent:
            stack.append(_opened(event, source, pad, is_mapping=kind is events.MappingStartEvent))
            continue
        elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
            node = _closed(stack.pop(), event, pad)
        else:
            if kind is events.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise _SecondDocumentError(event.start_mark.index)
            continue
        if stack:
            _add(stack[-1], node, source, pad)
        else:
            root = node
    return Composed(root, names and _has_names(root))


def _has_names(root: green.Node | None) -> bool:
    """Tell whether an anchor or an alias occurs in what was just built."""
    stack: list[Any] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, green.Alias) or getattr(node, "anchor", None) is not None:
            return True
        if isinstance(node, green.Mapping):
            stack.extend(part for pair in node.pairs for part in (pair.key, pair.value))  # type: ignore[union-attr]  # nothing is cut yet
        elif isinstance(node, green.Sequence):
            stack.extend(item.value for item in node.items)  # type: ignore[union-attr]  # nothing is cut yet
    return False


def _scalar(event: Any, source: str, pad: int, stack: list[_Open]) -> green.Scalar:  # noqa: ANN401  # ruamel.yaml's events are untyped
    start: int = event.start_mark.index
    end: int = event.end_mark.index
    value: str = event.value
    style: str | None = event.style
    if event.anchor is None and event.tag is None:
        if not style:
            if start == end and stack:
                start = end = _empty_place(stack[-1], source, start, pad)
            return green.Scalar(start - pad, end - pad, value, "", resolve(value), None)
        if style in "|>":
            end = start + len(source[start:end].rstrip())
        return green.Scalar(start - pad, end - pad, value, style, STRING, None)
    first = start
    anchor, start = properties(source, first, pad)
    end = max(start, start + len(source[start:end].rstrip()))
    if not value and not style:
        start = end = first + len(source[first:start].rstrip())
    tag: str = event.tag or (resolve(value) if event.implicit[0] else STRING)
    return green.Scalar(start - pad, end - pad, value, style or "", tag, anchor)


def _empty_place(parent: _Open, source: str, offset: int, pad: int) -> int:
    """Return where a value that is left out would stand: right behind the colon or dash before it."""
    if parent.is_mapping and parent.key is not None:
        colon = colon_between(source, parent.key.end + pad, offset)
        return colon + 1 if colon >= 0 else parent.key.end + pad
    if not parent.is_mapping and not parent.flow:
        dash = source.rfind("-", 0, offset)
        return dash + 1 if dash >= 0 else offset
    return offset


def _opened(event: Any, source: str, pad: int, *, is_mapping: bool) -> _Open:  # noqa: ANN401  # see above
    start = event.start_mark.index
    anchor = None
    if event.anchor is not None or event.tag is not None:
        anchor, start = properties(source, start, pad)
    return _Open(start, is_mapping=is_mapping, flow=bool(event.flow_style), tag=event.tag or "", anchor=anchor)


def _closed(open_: _Open, event: Any, pad: int) -> green.Mapping | green.Sequence:  # noqa: ANN401  # see above
    children = tuple(open_.children)
    start = open_.start - pad
    if open_.flow:
        end = event.end_mark.index - pad
    elif open_.is_mapping:
        last = children[-1] if children else None
        end = max(last.key.end, last.colon + 1, last.value.end) if last else start
        start = min(start, children[0].key.start) if children and children[0].key.end > children[0].key.start else start
    else:
        last = children[-1] if children else None
        end = max(last.dash + 1, last.value.end) if last else start
    if open_.is_mapping:
        return green.Mapping(start, end, children, open_.flow, open_.tag, open_.anchor)
    return green.Sequence(start, end, children, open_.flow, open_.tag, open_.anchor)


def _add(parent: _Open, node: green.Node, source: str, pad: int) -> None:
    if parent.is_mapping:
        key = parent.key
        if key is None:
            parent.key = node
            return
        colon = key.end
        if source[colon + pad : colon + pad + 1] != ":":
            colon = colon_between(source, colon + pad, node.start + pad) - pad
        parent.children.append(green.Pair(key, colon if colon >= 0 else -1, node))
        parent.key = None
    elif parent.flow:
        parent.children.append(green.Item(-1, node))
    else:
        anchor = getattr(node, "anchor", None)
        before = node.start if anchor is None else anchor.start
        dash = before - 2
        if source[dash + pad : before + pad] != "- ":
            last = parent.children[-1].value.end + pad if parent.children else parent.start
            dash = dash_before(source, before + pad, last) - pad
        parent.children.append(green.Item(dash, node))


def resolve(value: str) -> str:
    """Return the tag of a plain scalar by YAML 1.2's core schema, as ruamel.yaml has it."""
    if value[:1] not in TELLING:
        return STRING
    tag = TAGS.get(value)
    if tag is None:
        if len(TAGS) > _TAG_LIMIT:
            TAGS.clear()
        tag = TAGS[value] = str(_RESOLVER.resolve(ScalarNode, value, (True, False)))
    return tag


_RESOLVER = _PureParser("")
# The first characters of plain scalars that may be no strings.
TELLING: frozenset[str] = frozenset(_RESOLVER.versioned_resolver)


def _problem(error: MarkedYAMLError, column: int, length: int) -> Problem:
    mark = error.problem_mark or error.context_mark
    offset = mark.index - column if mark is not None else 0
    context = error.context_mark.index - column if error.context_mark is not None else None
    message = str(error.problem or error.context or "not valid YAML")
    return Problem(message, min(max(0, offset), length), context if context is None else min(max(0, context), length))
