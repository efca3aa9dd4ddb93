"""A variable of the SCONE runtime has a value that the runtime does not understand.

A wrong amount of memory, say, makes the program end when it starts. Values with a variable in them are not judged, nor
are variables of which the values are not known.

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.com/guestbook:1
  command: python3 guestbook.py
environment:
  local:
    - name: SCONE_HEAP
      value: 1.5GB
#            ^^^^^ malformed-variable: `1.5GB` for `SCONE_HEAP` is not a number of bytes, or a number with `K`, `M` or `G`; did you mean `1536M`?
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
environment:
  local:
    - name: SCONE_HEAP
      value: 1536M
```

## Fix

Where it is clear what was meant, it is written as it has to be.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.occurrence import is_open
from scone_ls.analysis.places import replaced
from scone_ls.analysis.variables import Setting, known_variables, scone_names, settings
from scone_ls.rules.rule import Finding, Fix, FromNames, Group, Related, Rule, Severity, Subject
from scone_ls.spec import facts, spelling
from scone_ls.spec.facts import Grammar, Variable
from scone_ls.text import Span

_YAML = "tag:yaml.org,2002:"
_AMOUNT = re.compile(r"([0-9]+(?:\.[0-9]+)?)[ \t]*([KMG])?(?:i?B)?", re.IGNORECASE)
_UNITS = "KMG"  # Each is 1024 of the one before it.
_YES_NO = {"yes": "1", "true": "1", "on": "1", "no": "0", "false": "0", "off": "0"}


def judged_values(document: Document) -> frozenset[Span]:
    """Return where the values stand that this rule judges."""
    known = (setting.value for setting in settings(document) if setting.variable is not None)
    return frozenset(value.span for value in known if value is not None)


def _check(document: Document) -> Iterator[Finding]:
    found = settings(document)
    if _are_fine(tuple((setting.name, setting.text) for setting in found)):
        return
    for setting in found:
        text, variable = setting.text, setting.variable
        if text is None or variable is None or is_open(text):
            continue
        if not _fits(text, variable):
            # What is not documented well may have values that nobody has told us of.
            severity = None if variable.confidence == "high" else Severity.INFORMATION
            meant = _meant(text, variable)
            # A tag of somebody's own: nobody knows what it stands for.
            if setting.value is not None and setting.value.tag.startswith(_YAML):
                cause = Subject(variable.name, meant=meant)
                yield Finding(setting.value.span, _message(text, variable, meant), cause, severity)
        elif variable.at_most is not None:
            limits = (one for one in found if one.scope == setting.scope and one.name == variable.at_most)
            for limit in limits:
                yield from _too_large(setting, text, limit)


@lru_cache(maxsize=16)
def _are_fine(said: tuple[tuple[str, str | None], ...]) -> bool:
    """Tell at a glance whether nothing can be wrong with variables that have these values."""
    known = [(known_variables().get(name), text) for name, text in said if text is not None and not is_open(text)]
    judged = [(variable, text) for variable, text in known if variable is not None]
    return all(_fits(text, variable) for variable, text in judged) and not any(
        variable.at_most is not None and variable.at_most in dict(said) for variable, _ in judged
    )


def _message(text: str, variable: Variable, meant: str | None) -> str:
    fact = f"`{text}` for `{variable.name}` is not {_grammar(variable).message}"
    if _grammar(variable).pattern is None:
        fact = f"`{text}` is no value for `{variable.name}`"
    if meant is not None:
        return f"{fact}; did you mean `{meant}`?"
    return (
        fact if _grammar(variable).pattern else f"{fact}; it takes {', '.join(f'`{one}`' for one in variable.values)}"
    )


def _fixes(document: Document, finding: Finding) -> Iterator[Fix]:
    if isinstance(finding.cause, Subject) and finding.cause.meant is not None:
        meant = finding.cause.meant
        yield Fix(f"change it to `{meant}`", (replaced(document, finding.span, meant),), preferred=True)


def _too_large(setting: Setting, text: str, limit: Setting) -> Iterator[Finding]:
    """Report a setting whose value is larger than that of another one allows."""
    own, most = _amount(text), None if limit.text is None else _amount(limit.text)
    if own is not None and most is not None and own > most and setting.value is not None and limit.value is not None:
        name = limit.name
        message = f"`{setting.name}` is more than `{name}`, which is `{limit.text}`"
        yield Finding(setting.value.span, message, related=(Related(limit.value.span, f"`{name}` is set here"),))


def _fits(text: str, variable: Variable) -> bool:
    grammar = _grammar(variable)
    if variable.older is not None and _matches(variable.older, text):
        return True
    match variable.grammar:
        case "choice":
            return text in variable.values
        case "choice-any-case":
            return text.upper() in variable.values
        case _:
            return grammar.pattern is None or _matches(grammar.pattern, text)


def _meant(text: str, variable: Variable) -> str | None:
    amount = _amount(text)
    words = (
        _YES_NO.get(text.lower()),
        spelling.nearest(text, variable.values),
        next((value for value in variable.values if text and value.startswith(text.upper())), None),
        _shortest(amount) if amount is not None else None,
    )
    return next((word for word in words if word is not None and word != text and _fits(word, variable)), None)


def _amount(text: str) -> float | None:
    """Return the number of bytes that somebody means."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    return float(found[1]) * 1024 ** (_UNITS.index(found[2].upper()) + 1 if found[2] else 0)


def _shortest(amount: float) -> str | None:
    """Return how an amount is written with the largest unit of which it is a multiple."""
    if amount != int(amount):
        return None
    whole, unit = int(amount), ""
    for larger in _UNITS:
        if whole and whole % 1024 == 0:
            whole, unit = whole // 1024, larger
    return f"{whole}{unit}"


def _grammar(variable: Variable) -> Grammar:
    return facts.variables().grammars[variable.grammar]


def _matches(pattern: str, text: str) -> bool:
    return _compiled(pattern).search(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


RULE = Rule(
    "malformed-variable", Severity.WARNING, "0.1.0", Group.VALUES, _check, _fixes, is_quiet=FromNames(scone_names)
)
