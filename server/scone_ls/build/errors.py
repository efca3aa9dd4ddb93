"""What went wrong in a build, read from its output line by line; it knows no manifest and keeps little in memory.

Three speak there: the program `sconectl`, docker, and the tool inside the container. No format of the tool is known for
certain, so whatever looks like an error is taken, and its last lines where nothing does.
"""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NamedTuple

from scone_ls.build.lines import is_frame

_MOST = 50
"""Problems that are kept; what comes first is mostly the cause of the rest."""
_MOST_RAW = 20
"""Lines that are kept with a problem."""
_LAST = 10
"""Lines that are shown where nothing looks like an error."""
_LONGEST = 1000
"""Code points that are kept of a line."""

_INTERESTING = (
    *("rror", "ERR", "FATAL", "PANIC", "panicked", "arning", "WARN", "denied", "nvalid", "annot connect", "aused by"),
    *("nauthorized", "toomanyrequests", "not found", "o space left", "returned a non-zero", "ailed", "at line "),
)
"""What at least one of is in every line that matters; most lines have none of it, and cost no more than that look."""
_ID = re.compile(r"\s*\((?P<kind>Error|Warning) (?P<id>\d+(?:-\d+)+)\)[.:]?")
_WRAPPER = re.compile(r"Error=ExitStatus\(unix_wait_status\((?P<status>\d+)\)\)")
_SAYS_NOTHING = re.compile(r"Execution failed:\s+'|Warning: SCONECTL_NOPULL is set")
"""What `sconectl` says of what everybody knows: the whole command once more, and what the user wanted."""
_PLACE = re.compile(r"\bat line (?P<line>\d+),? column (?P<column>\d+)")
_CAUSE = re.compile(r"\s*(?:Caused by:?\s*(?P<cause>.*)|\d+: (?P<numbered>.+))$")
_RUNTIME = re.compile(r"\[SCONE\|(?P<level>FATAL|ERROR|WARN\w*)\]\s*(?:\S+:\d+:\S*\s+)?(?P<message>.+)")
_PANIC = re.compile(r"thread '[^']*' panicked at '?(?P<message>.*?)'?(?:, \S+:\d+:\d+)?:?$")
_LOGGED = re.compile(r"\[[^\]]*\b(?P<level>ERROR|WARN)\b[^\]]*\]\s*(?P<message>.+)")
_PREFIXED = re.compile(r"(?P<level>ERROR|Error|error|Warning|WARNING|warning)(?:\[\w+\])?:\s+(?P<message>.+)")
_DOCKER = re.compile(
    r"(?:docker: )?(?P<message>(?:Error response from daemon|ERROR: failed to|Cannot connect to the Docker daemon"
    r"|permission denied while trying to connect|invalid spec|invalid reference format|unauthorized:|denied:"
    r"|toomanyrequests:|failed to solve|COPY failed|ADD failed|The command '.*' returned a non-zero code"
    r"|no space left on device|unable to prepare context).*)"
)
_DOCKER_PREFIX = re.compile(r"docker: (?P<message>.+)")
_NAME = re.compile(r"'([^'\n]{1,200})'|\"([^\"\n]{1,200})\"|`([^`\n]{1,200})`|\u2018([^\u2019\n]{1,200})\u2019")
_WORD = re.compile(r"[\w./:@-]+")
_JOINTS = "./:"
"""What paths and names of images have inside."""
_LEADING = re.compile(r"(?:ERROR|Error|error|Warning|WARNING|warning):\s*")
_FOLLOWS = re.compile(r"\s+\S|\d+: ")
_DOCKER_ITSELF = range(125, 128)


class Origin(Enum):
    """Who says that something went wrong."""

    SCONECTL = "sconectl"
    DOCKER = "docker"
    TOOL = "tool"


class Level(Enum):
    """How bad it is."""

    ERROR = "error"
    WARNING = "warning"


class Raw(NamedTuple):
    """A line of the output with its number, from 1."""

    number: int
    text: str


class Place(NamedTuple):
    """A line and a column of the manifest, both from 1, as the tool counts them."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong; `names` are the words of the message that may stand in the manifest."""

    origin: Origin
    level: Level
    code: str | None
    message: str
    causes: tuple[str, ...]
    place: Place | None
    names: tuple[str, ...]
    raw: tuple[Raw, ...]

    @property
    def text(self) -> str:
        """The message with its causes, on one line each."""
        return "\n".join((self.message, *(f"caused by: {cause}" for cause in self.causes)))


def problems_in(lines: Iterable[str], exit_code: int) -> tuple[Problem, ...]:
    """Return what went wrong according to plain lines of output and the exit code of the build."""
    listener = Listener()
    for line in lines:
        listener.hear(line)
    return listener.problems(exit_code)


@dataclass(slots=True)
class Listener:
    """Hears the lines of a build as they come."""

    _found: list[Problem] = field(default_factory=list[Problem])
    _last: deque[Raw] = field(default_factory=lambda: deque[Raw](maxlen=_LAST))
    _count: int = 0
    _open: bool = False
    """Whether the next line may belong to the last problem."""
    _status: int | None = None
    """What the program inside ended with, where `sconectl` says it."""

    def hear(self, line: str) -> None:
        """Take in one plain line."""
        self._count += 1
        if not self._open and not any(map(line.__contains__, _INTERESTING)):
            if line and not line.isspace() and not is_frame(line):
                self._last.append(Raw(self._count, line[:_LONGEST]))
            return
        if is_frame(line) or not line.strip():
            return
        raw = Raw(self._count, line[:_LONGEST])
        ended = _WRAPPER.search(raw.text)
        if ended is not None:
            self._status = int(ended["status"]) >> 8
            return
        if _SAYS_NOTHING.match(raw.text):
            return
        self._last.append(raw)
        if self._open and self._continued(raw):
            return
        self._open = False
        problem = _problem(raw)
        if problem is not None:
            self._add(problem)

    def problems(self, exit_code: int) -> tuple[Problem, ...]:
        """Return what went wrong; in a build that succeeded nothing is worse than a warning."""
        if exit_code == 0:
            return tuple(replace(problem, level=Level.WARNING) for problem in self._found)
        if any(problem.level is Level.ERROR for problem in self._found):
            return tuple(self._found)
        return (*self._found, self._summary(exit_code))

    def _continued(self, raw: Raw) -> bool:
        """Take the line as a part of the last problem, if it is one."""
        last = self._found[-1]
        match = _CAUSE.match(raw.text)
        marked = match is not None or bool(_FOLLOWS.match(raw.text))
        if not marked or len(last.raw) >= _MOST_RAW:
            return False
        text = _without_id(raw.text).strip()
        identity = _ID.search(raw.text)
        cause = (match["cause"] or match["numbered"] or "").strip() if match else text
        cause = _without_id(cause).strip()
        self._found[-1] = replace(
            last,
            code=last.code or (identity["id"] if identity else None),
            causes=(*last.causes, cause) if cause else last.causes,
            place=last.place or _place(raw.text),
            names=_distinct((*last.names, *_names(raw.text))),
            raw=(*last.raw, raw),
        )
        return True

    def _add(self, problem: Problem) -> None:
        known = {(other.code, other.message) for other in self._found}
        if len(self._found) < _MOST and (problem.code, problem.message) not in known:
            self._found.append(problem)
            self._open = True

    def _summary(self, exit_code: int) -> Problem:
        status = exit_code if self._status is None else self._status
        origin = Origin.DOCKER if status in _DOCKER_ITSELF else Origin.TOOL
        who = "docker" if origin is Origin.DOCKER else "the build"
        said = [raw.text.strip() for raw in self._last]
        message = f"{who} ended with exit code {status}"
        return Problem(
            origin,
            Level.ERROR,
            None,
            f"{message}: {said[-1]}" if said else f"{message} and said nothing",
            (),
            None,
            _distinct(name for text in reversed(said) for name in _names(text)),
            tuple(self._last),
        )


def _problem(raw: Raw) -> Problem | None:
    """Return what a line says that went wrong."""
    text = raw.text.strip()
    identity = _ID.search(text)
    found = _sorted(text)
    if identity is not None:
        level = Level(identity["kind"].lower())
        origin, message = (found[0], found[2]) if found else (Origin.TOOL, _LEADING.sub("", text, count=1))
        return _made(raw, origin, level, identity["id"], message)
    if found is not None:
        return _made(raw, *found[:2], None, found[2])
    if _PLACE.search(text):
        return _made(raw, Origin.TOOL, Level.ERROR, None, text)
    return None


def _sorted(text: str) -> tuple[Origin, Level, str] | None:
    """Return who says what in a line that has the look of an error or a warning."""
    if match := _DOCKER.match(_LEADING.sub("", text, count=1)) or _DOCKER.match(text) or _DOCKER_PREFIX.match(text):
        return Origin.DOCKER, Level.ERROR, match["message"]
    if match := _RUNTIME.match(text) or _LOGGED.match(text) or _PREFIXED.match(text):
        level = Level.WARNING if match["level"].lower().startswith("warn") else Level.ERROR
        return Origin.TOOL, level, match["message"]
    if match := _PANIC.match(text):
        return Origin.TOOL, Level.ERROR, match["message"]
    return None


def _made(raw: Raw, origin: Origin, level: Level, code: str | None, message: str) -> Problem:
    message = _without_id(message).strip()
    by_wrapper = origin is Origin.TOOL and code in _WRAPPER_CODES
    return Problem(
        Origin.SCONECTL if by_wrapper else origin,
        level,
        code,
        message,
        (),
        _place(message),
        _names(message),
        (raw,),
    )


def _without_id(text: str) -> str:
    return _ID.sub("", text)


def _place(text: str) -> Place | None:
    match = _PLACE.search(text)
    return None if match is None else Place(int(match["line"]), int(match["column"]))


def _names(text: str) -> tuple[str, ...]:
    """Return the words that may stand in a manifest: those in quotes first, then paths and names of images."""
    quoted = ("".join(filter(None, groups)) for groups in _NAME.findall(text))
    words = (word.rstrip("./:@-") for word in _WORD.findall(text))
    return _distinct((*quoted, *(word for word in words if any(joint in word for joint in _JOINTS))))


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))[:_MOST]


_WRAPPER_CODES = frozenset(
    {
        *("8870-21168-30218", "22852-10923-23603", "22414-7450-14297", "8352-13006-22294", "24501-25270-6605"),
        *("4497-4397-12312", "21214-27681-19217", "25873-23261-18708", "12874-23995-6201", "29613-7923-17838"),
        *("29466-27502-11632", "696-7363-5766", "20237-24960-17289", "22597-24820-10449", "23882-16605-12717"),
        *("30339-23400-21867",),
    }
)
"""The numbers of the messages that `sconectl` itself prints."""
