"""What house rules found in the open documents; `house_pause` says when they are asked.

Until they are asked about the newest version, what they found before stands where it now belongs. Nothing is loaded
where no house rules are set.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from scone_ls.analysis.document import Document
from scone_ls.edit import difference
from scone_ls.rules.rule import Finding
from scone_ls.text import Text

if TYPE_CHECKING:
    from scone_ls.settings.house_schemas import HouseSchemas
    from scone_ls.settings.model import HouseRule


class _Judged(NamedTuple):
    """What some house rules found in one version of a text."""

    rules: "tuple[HouseRule, ...]"
    text: Text
    findings: tuple[Finding, ...]


class House:
    """The house rules of all documents; `at_once` says of which documents they are asked as soon as somebody looks."""

    def __init__(self, complain: Callable[[str], None], at_once: Callable[[str], bool]) -> None:
        self._complain = complain
        self._at_once = at_once
        self._said: set[str] = set()
        self._judged: dict[str, _Judged] = {}
        self._schemas: dict[tuple[HouseRule, ...], HouseSchemas] = {}

    def is_judged(self, rules: "tuple[HouseRule, ...]", uri: str, text: Text) -> bool:
        """Tell whether house rules were asked about this version of a text."""
        kept = self._judged.get(uri)
        return kept is not None and kept.text is text and kept.rules == rules

    def judge(self, rules: "tuple[HouseRule, ...]", document: Document) -> tuple[tuple[Finding, ...], list[str]]:
        """Ask house rules about a document; return what they find, and what is wrong with them. Takes its time."""
        from scone_ls.features.house_rules import house_rules
        from scone_ls.features.house_rules.schema import HouseSchemaError
        from scone_ls.settings.house_schemas import HouseSchemas

        complaints: list[str] = []
        schemas = self._schemas.setdefault(rules, HouseSchemas(rules)).current(complaints.append)
        try:
            return house_rules(document, schemas), complaints
        except HouseSchemaError as error:
            return (), [*complaints, str(error)]

    def keep(self, rules: "tuple[HouseRule, ...]", document: Document, found: tuple[Finding, ...]) -> None:
        """Remember what house rules found in a document."""
        self._judged[document.uri] = _Judged(rules, document.text, found)

    def forget(self, uri: str) -> None:
        """Forget about a document that is not open any more."""
        self._judged.pop(uri, None)

    def say(self, complaints: Sequence[str]) -> None:
        """Tell the user what is wrong with house rules, each thing once."""
        for complaint in complaints:
            if complaint not in self._said:
                self._said.add(complaint)
                self._complain(complaint)

    def found(self, rules: "tuple[HouseRule, ...]", document: Document) -> tuple[Finding, ...] | None:
        """Return what house rules found in a document, or in an earlier version of it; `None` if they were not asked."""
        if not self.is_judged(rules, document.uri, document.text) and self._at_once(document.uri):
            findings, complaints = self.judge(rules, document)
            self.say(complaints)
            self.keep(rules, document, findings)
        kept = self._judged.get(document.uri)
        if kept is None or kept.rules != rules:
            return None
        return kept.findings if kept.text is document.text else tuple(_moved(kept, document.text))


@dataclass(frozen=True, slots=True)
class InHouse:
    """Some house rules, as the diagnostics ask them; equal where they are the same rules."""

    house: House
    rules: "tuple[HouseRule, ...]"

    def __call__(self, document: Document) -> tuple[Finding, ...] | None:
        """Return what they found in a document, `None` if they were not asked about any version of it."""
        return self.house.found(self.rules, document)


def _moved(kept: _Judged, text: Text) -> list[Finding]:
    """Return findings where they stand after an edit; those in the edited part are gone."""
    edit = difference(kept.text.string, text.string)
    distance = len(edit.new_text) - (edit.span.end - edit.span.start)
    before = [finding for finding in kept.findings if finding.span.end <= edit.span.start]
    after = [finding.moved(distance) for finding in kept.findings if finding.span.start >= edit.span.end]
    return [*before, *after]
