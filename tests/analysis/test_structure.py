"""The walk over the structure finds what a JSON Schema validator finds: the same set of paths and keywords.

Exceptions, each with a test of its own: keys that stand twice (the validator sees the last one only), merge keys and
aliases (never expanded), unquoted templates (no JSON), deprecated things (an annotation, no error), patterns (ours judge
the text of numbers, too).
"""

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from scone_ls.analysis import structure
from scone_ls.analysis.structure import violations
from scone_ls.analysis.violations import Keyword
from scone_ls.spec import schema
from scone_ls.syntax import tree
from scone_ls.syntax.file import parse

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
EXAMPLES = sorted(path for path in (ROOT / "examples").rglob("*.y*ml*") if "kind: " in path.read_text(encoding="utf-8"))
OURS_ALONE = {Keyword.DEPRECATED, Keyword.DUPLICATE, Keyword.TEMPLATE}

Found = set[tuple[tuple[str | int, ...], str]]


@cache
def validator(kind: str) -> Any:
    return jsonschema.Draft202012Validator(json.loads(schema.source_text(kind)))


def data(node: tree.Node) -> Any:
    """Plain data, as a loader of YAML 1.2 makes it; the last one of keys that stand twice wins."""
    match node:
        case tree.Mapping():
            return {pair.name: data(pair.value) for pair in node.pairs}
        case tree.Sequence():
            return [data(item.value) for item in node.items]
        case tree.Scalar():
            return scalar(node.value, node.tag.rpartition(":")[2])
        case _:
            return None


def scalar(value: str, tag: str) -> Any:
    match tag:
        case "null":
            return None
        case "bool":
            return value.lower() == "true"
        case "int":
            return int(value.replace("_", ""), 0) if value.lstrip("-+0") else 0
        case "float":
            return float(value.replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))
        case _:
            return value


def by_validator(root: tree.Node, kind: str) -> Found:
    return {(tuple(error.absolute_path), str(error.validator)) for error in validator(kind).iter_errors(data(root))}


def by_walk(text: str, kind: str) -> Found:
    (document,) = parse(text).documents
    found = violations(document.entry, schema.root(kind))
    plain = data(document.root) if document.root else None
    return {
        (one.path, one.keyword.value)
        for one in found
        if one.keyword not in OURS_ALONE
        and (one.keyword is not Keyword.PATTERN or isinstance(value_at(plain, one.path), str))
    }


def value_at(plain: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        plain = plain[step]
    return plain


def check(text: str) -> None:
    file = parse(text)
    assert not file.faults
    root = file.documents[0].root
    assert root is not None
    kind = "mesh" if "kind: mesh" in text else "genservice"

    assert by_walk(text, kind) == by_validator(root, kind), text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_on_each_example(path: Path):
    text = path.read_text(encoding="utf-8")
    if parse(text).faults or "{{station}}" in text:
        return  # The faulty one; what it shows is tested with the rules.

    check(text)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the collected manifests are not here")
def test_on_collected_manifests():
    checked = 0
    for path in sorted(CORPUS.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        if not parse(text).faults:
            check(text)
            checked += 1

    assert checked >= 100


REPLACEMENTS = (
    *("", "~", "null", "true", "False", "0", "-7", "1.5", ".inf", "text", '"text"', "'12'", "/absolute", "relative"),
    *("$NAME", "${NAME}", "$NAME/more", '"{{name}}"', "$$SCONE::name$$", "2022-01-01", "!own text", "{}", "[]"),
    *("[one, two]", "[1, null]", "{inner: outer}", "[{name: x}]", "[[]]", "{name: x, kind: ascii}", "x509", "Upload"),
    *(
        "global",
        "scone/5.8",
        "scone/5.7",
        "mesh",
        "genservice",
        "[$NAME]",
        "yes",
        "0x1F",
        "1e3",
        "|\n  text",
        ">-\n  /a",
    ),
)


def spots(text: str) -> list[tree.Step]:
    """Every pair and item of a manifest whose value stands on one line."""
    root = parse(text).documents[0].root
    assert root is not None
    steps: list[tree.Step] = []
    for node in tree.walk(root):
        match node:
            case tree.Mapping():
                steps += node.pairs
            case tree.Sequence():
                steps += node.items
            case _:
                pass
    return steps


def mutants(text: str, count: int, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    steps = spots(text)
    for _ in range(count):
        step = chance.choice(steps)
        value = step.value
        new = chance.choice(REPLACEMENTS)
        match chance.randrange(4), step:
            case 0, tree.Pair():
                yield (
                    text[: step.key.span.start]
                    + chance.choice(("name", "kinds", "x", "env", "value", "service"))
                    + text[step.key.span.end :]
                )
            case 1, _ if isinstance(value, tree.Scalar) and value.span.end > value.span.start:
                yield text[: step.span.start] + text[value.span.end :]
            case _ if "\n" in new:
                indent = " " * (step.span.start - text.rfind("\n", 0, step.span.start) + 1)
                yield text[: value.span.start] + new.replace("\n", "\n" + indent) + text[value.span.end :]
            case _:
                yield text[: value.span.start] + new + text[value.span.end :]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_with_planted_mistakes(path: Path):
    text = path.read_text(encoding="utf-8")
    if parse(text).faults:
        return
    judged = 0
    for mutant in mutants(text, 100, seed=7):
        file = parse(mutant)
        if not file.faults and file.documents and len(file.documents) == 1 and is_plain(file.documents[0].root):
            check(mutant)
            judged += 1

    assert judged > 30


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_it_does_not_matter_whether_nodes_are_made(path: Path):
    for mutant in mutants(path.read_text(encoding="utf-8"), 60, seed=3):
        check_unmade(mutant)


def test_one_wrong_entry_among_many_that_are_alike():
    chance = random.Random(5)
    keys = ("name: x", "name: /x", "name: 1", "name: 'true'", "name:", "nam: x", "name: x\n      name: y")
    values = ("value: a", "value: 12", "value: ~", "value:", 'value: "b"', "values: c", "value: [d]")
    for _ in range(40):
        items = ["    - name: A\n      value: b\n"] * 50
        for _ in range(chance.randrange(4)):
            items[chance.randrange(50)] = f"    - {chance.choice(keys)}\n      {chance.choice(values)}\n"
        check_unmade("apiVersion: scone/5.8\nkind: genservice\nenvironment:\n  local:\n" + "".join(items))


def nothing(*_: object) -> None:
    """Tell nothing, so that everything is left to the walk."""


def check_unmade(text: str) -> None:
    """Judge a text twice, the second time with a look at every node."""
    root = schema.root("mesh" if "kind: mesh" in text else "genservice")
    found = [list(violations(document.entry, root)) for document in parse(text).documents]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(structure.moulded, "settle", nothing)
        walked = [list(violations(document.entry, root)) for document in parse(text).documents]

    assert found == walked, text


def is_plain(root: tree.Node | None) -> bool:
    """Whether the validator and the walk are asked the same: nothing stands twice, every key is a text."""
    if root is None:
        return False
    for node in tree.walk(root):
        if isinstance(node, tree.Mapping):
            names = [pair.name for pair in node.pairs]
            if None in names or len(set(names)) != len(names) or "<<" in names:
                return False
        if isinstance(node, tree.Alias) or (isinstance(node, tree.Scalar) and not node.tag.startswith("tag:yaml.org")):
            return False
    return True
