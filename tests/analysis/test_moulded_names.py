"""Names told from plain lines alone are those that a walk over the nodes finds."""

import random
from pathlib import Path

import pytest

from scone_ls.analysis.document import Document
from scone_ls.analysis.names.collector import Collector
from scone_ls.analysis.names.names import Names
from scone_ls.analysis.names.occurrence import NameKind
from scone_ls.analysis.names.thing import Thing
from scone_ls.rules import exposed_secret, malformed_secret, missing_private_key, unsuitable_key
from scone_ls.rules.judges import ThingJudge

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").rglob("*.yaml*"))
VALUES = (
    "a",
    '"b"',
    "'c'",
    "$$SCONE::s$$",
    '"$$SCONE::s.crt$$"',
    "$X",
    "{{x}}",
    '"{{x}}"',
    '""',
    "''",
    "~",
    "null",
    "5",
    "x509",
    "",
)
KEYS = ("name", "kind", "value", "private_key", "issuer", "size", "nmae", "content", "path")
HEADS = {
    "apiVersion: scone/5.8\nkind: genservice\n": (
        "secrets:\n  global:\n",
        "environment:\n  local:\n",
        "injection_files:\n",
    ),
    "apiVersion: scone/5.8\nkind: mesh\n": ("services:\n", "env:\n", "cas:\n"),
}
JUDGES = [each._JUDGE for each in (exposed_secret, malformed_secret, missing_private_key, unsuitable_key)]  # pyright: ignore[reportPrivateUsage]  # what they are made of


def everything(names: Names) -> object:
    found = [one for kind in NameKind for one in names.all(kind)]
    scopes = [names.scopes(one.kind, one.role, one.name) for one in found]
    said = [names.said(one.kind, one.role, one.name) for one in found]
    things = [
        (thing.kind, thing.role, thing.at(base).span, dict(thing.texts), scope)
        for kind in NameKind
        for thing, base, scope in names.things(kind)
    ]
    wanting = [sorted(names.wanting(kind)) for kind in NameKind]
    return (
        sorted(found, key=lambda one: (one.start, one.end, one.kind.value)),
        scopes,
        said,
        things,
        wanting,
        names.doubts,
    )


def nothing(*_: object) -> None:
    """Tell nothing, so that everything is left to the walk."""


def check(text: str) -> None:
    told = [everything(names) for names in Document.open("file:///m.yaml", text).names]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Collector, "_of_unmade", nothing)
        walked = [everything(names) for names in Document.open("file:///m.yaml", text).names]

    assert told == walked, text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_examples(path: Path):
    check(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("seed", range(60))
def test_lists_of_plain_items(seed: int):
    chance = random.Random(seed)
    text = ""
    for head, sections in HEADS.items():
        text += head + "".join(section + items(chance) for section in sections) + "---\n"
    check(text)


@pytest.mark.parametrize("seed", range(40))
def test_a_judge_finds_something_only_in_what_concerns_it(seed: int):
    chance = random.Random(seed)
    text = "apiVersion: scone/5.8\nkind: genservice\nsecrets:\n  global:\n" + items(chance)
    (names,) = Document.open("file:///m.yaml", text).names
    for thing, _, _ in names.things(NameKind.SECRET):
        for judge in JUDGES:
            check_concern(judge, thing)


def check_concern(judge: ThingJudge, thing: Thing) -> None:
    assert judge.concerns(thing) or not list(judge.judge(thing.at(0), thing.field)), thing.texts


def items(chance: random.Random) -> str:
    """Return a list of many like items, so long that it is cut, in the shape of one of a few."""
    shapes = [chance.sample(KEYS, chance.randint(1, 4)) for _ in range(3)]
    lines: list[str] = []
    for _ in range(chance.randint(8, 40)):
        mark = "    - "
        for key in chance.choice(shapes):
            value = chance.choice(VALUES) if chance.random() < 0.5 else f"{key}{len(lines)}"
            lines.append(f"{mark}{key}: {value}".rstrip())
            mark = "      "
    return "\n".join(lines) + "\n"
