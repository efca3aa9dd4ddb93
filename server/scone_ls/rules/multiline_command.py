r"""A build command of several lines does not become one line.

Each entry of `run` is one step of the build, and one line. So an entry of several lines has to be a folded one (`>`),
whose lines YAML joins by blanks. Each line that is a command of its own begins with `&&`, and none ends with `\`.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
  run:
    - |
#     ^ multiline-command: this command has several lines; write `>`, which makes one of them, and `&&` between commands
      mkdir -p /app/cache
      chown 1000 /app/cache
environment:
```

Use instead:

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
  run:
    - >
      mkdir -p /app/cache
      && chown 1000 /app/cache
environment:
```

## Fix

The entry becomes a folded one, each of whose commands begins with `&&`, unless a loop or the like runs through the lines.
"""

import re
from collections.abc import Iterator, Sequence

from scone_ls.analysis.building import builds
from scone_ls.analysis.document import Document
from scone_ls.analysis.places import place_at
from scone_ls.analysis.sections import Section
from scone_ls.edit import Edit
from scone_ls.rules.judges import of_sections, without_sections
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity
from scone_ls.syntax import tree
from scone_ls.syntax.layout import layout_of
from scone_ls.syntax.lines import line_end
from scone_ls.syntax.words import BLOCKS, Word, content_span
from scone_ls.text import Span

_ROW = re.compile(r"[^ \t\r\n](?:[^\r\n]*[^ \t\r\n])?")
_BACKSLASH = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")
_GOES_ON = re.compile(r"(?:&&|\|\|?|;|[({]|\b(?:then|do|else))\Z")
_CONTINUES = re.compile(r"(?:&&|\|\|?|;|[)}]|<|>)")
# What is a command of its own for sure, and neither a name nor an option of the one before it.
_COMMAND = re.compile(
    r"(?:sudo\s+)?(?:(?:apt-get|apt|apk|yum|dnf|pip3?|npm)\s+(?:-\S+\s+)*(?:update|upgrade|install|add|remove|clean)\b"
    r"|(?:mkdir|rm|cp|mv|chmod|chown|ln|tar|curl|wget|sed)\s+-\S|echo\s+['\"$]|cd\s+/|git\s+clone\s|export\s+\w+=)"
)
_STRUCTURE = re.compile(r"(?:if|then|else|elif|fi|for|while|until|do|done|case|esac)\b|#|.*(?:<<|;;)")
_SEVERAL = "this command has several lines; write `>`, which makes one of them, and `&&` between commands"
_TORN = "the lines of this command become one, in which `\\` escapes a blank; leave it out"

_OPEN = "the `\\` at the end goes on with whatever stands behind this command; leave it out"


def _judge(section: Section) -> Iterator[Finding]:
    for build in builds(section):
        for command in build.listed("run"):
            finding = _judged(section.string, command)
            if finding is not None:
                yield finding


def _judged(string: str, command: tree.Scalar) -> Finding | None:
    rows = _rows(string, command)
    if "\n" in command.value.strip():
        start, end = command.span
        return Finding(Span(start, min(end, line_end(string, start))), _SEVERAL)
    if command.style == '"':
        return None
    for index, row in enumerate(rows):
        if _BACKSLASH.search(row.text):
            return Finding(Span(row.span.end - 1, row.span.end), _TORN if len(rows) > 1 else _OPEN)
        if index and _is_apart(rows[:index], row.text):
            first = _COMMAND.match(row.text)
            shown = first[0].strip() if first else row.text
            return Finding(row.span, f"the lines of this command become one, and `{shown}` does not begin with `&&`")
    return None


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    place, string = place_at(document, finding.span.start), document.text.string
    command = place.item.value if place is not None and place.item is not None else None
    if isinstance(command, tree.Scalar) and finding.message == _OPEN and not command.style:
        kept = string[: finding.span.start].rstrip()
        yield Fix("leave it out", (Edit(Span(len(kept), finding.span.end), ""),), preferred=True)
    if not isinstance(command, tree.Scalar) or command.style not in BLOCKS:
        return
    rows = _rows(string, command)
    header = string[command.span.start : line_end(string, command.span.start)]
    if any(_STRUCTURE.match(row.text) for row in rows) or re.match(r"..?[0-9]|.[0-9]", header):
        return
    if any(_is_quoted(rows[:index]) for index in range(1, len(rows) + 1)):
        return
    line_break = layout_of(string).line_end
    column = rows[0].span.start - (string.rfind("\n", 0, rows[0].span.start) + 1)
    lines = (line_break + " " * column + line for line in _joined(rows))
    edit = Edit(Span(command.span.start, rows[-1].span.end), ">" + header[1:] + "".join(lines))
    yield Fix("make one line of the command", (edit,), preferred=True)


def _rows(string: str, command: tree.Scalar) -> list[Word]:
    """Return the lines of a command without the blanks around them."""
    span = content_span(string, command)
    return [Word(match[0], Span(*match.span())) for match in _ROW.finditer(string, *span)]


def _is_apart(before: Sequence[Word], text: str) -> bool:
    """Tell whether a line is a command of its own, though nothing separates it from those before it."""
    return _COMMAND.match(text) is not None and not _GOES_ON.search(before[-1].text) and not _is_quoted(before)


def _is_quoted(rows: Sequence[Word]) -> bool:
    """Tell whether some quotes are open at the end of these lines."""
    text = " ".join(row.text for row in rows).replace("\\'", "").replace('\\"', "")
    return text.count("'") % 2 == 1 or text.count('"') % 2 == 1


def _joined(rows: Sequence[Word]) -> Iterator[str]:
    """Yield the lines as they have to be, so that they can be joined."""
    goes_on = True
    for row in rows:
        text = _BACKSLASH.sub("", row.text).rstrip()
        if text:
            yield text if goes_on or _CONTINUES.match(text) else f"&& {text}"
            goes_on = text != row.text or _GOES_ON.search(text) is not None


RULE = Rule(
    "multiline-command", Severity.WARNING, "0.1.0", Group.VALUES, of_sections(_judge), _fixes, is_quiet=without_sections
)
