"""The command starts a script that is not among the copied files.

It is only judged where all copied files are known by name, and where no build command makes or fetches others.

## Example

```yaml
#- /guestbook.py
#- /service.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  pwd: /app
  command: python3 guestbok.py --verbose
#                  ^^^^^^^^^^^ uncopied-script: `guestbok.py` is not copied; did you mean `guestbook.py`?
  copy:
    - guestbook.py
environment:
```

Use instead:

```yaml
#- /guestbook.py
#- /service.yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  pwd: /app
  command: python3 guestbook.py --verbose
  copy:
    - guestbook.py
environment:
```

## Fix

The command gets the name of the copied file that is near.
"""

import re
from collections.abc import Iterator
from posixpath import basename

from scone_ls.analysis.building import Build, builds
from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import is_open
from scone_ls.analysis.sections import Section, in_sections
from scone_ls.analysis.workspace.workspace import Workspace
from scone_ls.edit import Edit
from scone_ls.rules.rule import Finding, Fix, Group, Rule, Severity, Subject
from scone_ls.spec import spelling
from scone_ls.syntax.words import Word, words_in

_WORD = re.compile(r"[^\s'\"]+")
_FILE = re.compile(r"[^/]\.[A-Za-z0-9]+\Z")
_FETCHING = re.compile(r"\b(?:git|curl|wget|tar|unzip)\b")


def _check(document: Document, workspace: Workspace) -> Iterator[Finding]:
    for found, base in in_sections(document, _judged, _judged):
        for finding, copied in found:
            # A file that is not there is a mistake of its own, which may be the same one.
            if all(workspace.files.get((document.uri, path), "") is not None for path in copied):
                yield finding.moved(base)


def _judged(section: Section) -> list[tuple[Finding, tuple[str, ...]]]:
    """Return the scripts of a section that are not copied, each with what is copied."""
    found: list[tuple[Finding, tuple[str, ...]]] = []
    for build in builds(section):
        script, copied = _script(section, build), _copied(build)
        if script is not None and copied is not None and basename(script.text) not in map(basename, copied):
            meant = spelling.nearest(basename(script.text), map(basename, copied))
            fact = f"`{script.text}` is not copied"
            message = fact if meant is None else f"{fact}; did you mean `{meant}`?"
            found.append((Finding(script.span, message, Subject(script.text, meant=meant)), copied))
    return found


def _fixes(_document: Document, _workspace: Workspace, finding: Finding) -> Iterator[Fix]:
    if isinstance(finding.cause, Subject) and finding.cause.meant is not None:
        meant = finding.cause.meant
        span = finding.span._replace(start=finding.span.end - len(basename(finding.cause.name)))
        yield Fix(f"change it to `{meant}`", (Edit(span, meant),), preferred=True)


def _script(section: Section, build: Build) -> Word | None:
    """Return the script that the command starts, where it has to be one of the copied files."""
    kind, command = build.kind, build.scalar("command")
    if kind is None or kind.script is None or command is None or build.scalar("from") is not None:
        return None
    words = words_in(section.string, command, _WORD)
    script = words[1] if len(words) > 1 and basename(words[0].text).startswith(kind.name) else None
    if script is None or script.text.startswith("/") or is_open(script.text) or not script.text.endswith(kind.script):
        return None
    made = " ".join(item.value for item in build.listed("run"))
    return None if basename(script.text) in made or _FETCHING.search(made) else script


def _copied(build: Build) -> tuple[str, ...] | None:
    """Return the copied files; nothing where there is none, or one that may be a folder or is not known yet."""
    copied = tuple(item.value for item in build.listed("copy"))
    return copied if copied and all(_FILE.search(text) and not is_open(text) for text in copied) else None


RULE = Rule("uncopied-script", Severity.INFORMATION, "0.1.0", Group.WORKSPACE, check_links=_check, fix_links=_fixes)
