"""Something is set that takes protection away, as one does for debugging.

Nothing is wrong with that while one tries things out. In production it makes everything else pointless: whoever can
start programs on the machine can read the secrets.

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
    - name: SCONE_ALLOW_DLOPEN
      value: 2
#            ^ unsafe-setting: `2` for `SCONE_ALLOW_DLOPEN` takes protection away: for debugging only, never for production
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
    - name: SCONE_ALLOW_DLOPEN
      value: 1
```
"""

from collections.abc import Iterator

from scone_ls.analysis.document import Document
from scone_ls.analysis.sections import Section
from scone_ls.analysis.variables import settings
from scone_ls.rules.judges import of_sections
from scone_ls.rules.rule import Finding, Group, Rule, Severity
from scone_ls.rules.unknown_cas_flag import flags_in
from scone_ls.rules.unknown_tolerance import ignored_in, tolerated_in
from scone_ls.spec import facts

_ADVICE = "takes protection away: for debugging only, never for production"


def _check(document: Document) -> Iterator[Finding]:
    for setting in settings(document):
        text, unsafe = setting.text, setting.variable.unsafe if setting.variable is not None else ()
        if unsafe and text is not None and text.upper() in unsafe and setting.value is not None:
            yield Finding(setting.value.span, f"`{text}` for `{setting.name}` {_ADVICE}")
    yield from _in_sections(document)


def _judge(section: Section) -> Iterator[Finding]:
    # What nearly every tutorial has deserves no more than a hint.
    for word, flag in flags_in(section):
        if flag is not None and flag.development_only:
            yield Finding(word.span, f"`{word.text}` {_ADVICE}", severity=Severity.HINT)
    tolerations = facts.tolerations()
    unsafe = {token.name for token in tolerations.tokens if token.development_only}
    for word, _ in tolerated_in(section):
        if word.text in unsafe:
            yield Finding(word.span, f"`{word.text}` {_ADVICE}", severity=Severity.INFORMATION)
    for word, _ in ignored_in(section):
        if word.text == tolerations.advisories.wildcard:
            message = f"`{word.text}` also ignores advisories that nobody knows yet; name those that you know"
            yield Finding(word.span, message, severity=Severity.HINT)


_in_sections = of_sections(_judge)

RULE = Rule("unsafe-setting", Severity.WARNING, "0.1.0", Group.VALUES, _check)
