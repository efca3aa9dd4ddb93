"""What docs/architecture.md promises and no import contract can check; the contracts themselves run in `make lint`."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scone_ls.rules import RULES

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "server" / "scone_ls"
MODULES = sorted(PACKAGE.rglob("*.py"))
EDGES = {"build", "cli", "files", "lsp", "settings", "spec"}
CORE = [path for path in MODULES if path.relative_to(PACKAGE).parts[0] not in EDGES]
NOT_RULES = {"__init__", "judges", "rule"}

LONGEST_MODULE = 350
LONGEST_FUNCTION = 45

# Keys of manifests that are words of other languages as well: of Python, of JSON Schema, of the protocol, of English.
WORDS = {
    *("alias", "build", "command", "content", "copy", "dirs", "env", "environment", "export", "from", "global"),
    *("image", "import", "issuer", "key", "kind", "local", "mode", "name", "path", "policy", "push", "run"),
    *("secrets", "service", "services", "sign", "signature", "size", "stable", "strip", "to", "value", "volume"),
}


def names(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_the_list_of_rules_is_the_directory_of_rules():
    codes = sorted(
        path.stem.replace("_", "-") for path in (PACKAGE / "rules").glob("*.py") if path.stem not in NOT_RULES
    )

    assert codes == sorted(rule.code for rule in RULES)


def test_no_code_is_given_twice():
    codes = [rule.code for rule in RULES]

    assert codes == list(dict.fromkeys(codes))


def test_every_rule_has_a_page():
    pages = sorted(path.stem for path in (ROOT / "docs" / "rules").glob("*.md") if path.stem != "index")

    assert pages == sorted(rule.code for rule in RULES)


def test_every_rule_is_in_the_changelog():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert [rule.code for rule in RULES if f"`{rule.code}`" not in changelog] == []


def test_check_does_without_the_protocol():
    """Neither of the libraries that are slow to import is loaded by `scone-ls check`."""
    program = (
        "import sys; from scone_ls.cli import main; main(['check', sys.argv[1]]);"
        "print(sorted({'pygls', 'lsprotocol', 'cattrs', 'jsonschema'} & sys.modules.keys()), file=sys.stderr)"
    )
    manifest = ROOT / "examples" / "python" / "service.yaml"

    run = subprocess.run([sys.executable, "-c", program, manifest], capture_output=True, text=True, check=False)

    assert run.stderr == "[]\n"


def manifest_keys() -> set[str]:
    def keys(part: Any) -> Iterator[str]:
        match part:
            case dict():
                for name, value in part.items():  # pyright: ignore[reportUnknownVariableType] -- plain JSON data
                    if name == "properties":
                        yield from value  # pyright: ignore[reportUnknownMemberType] -- plain JSON data
                    yield from keys(value)
            case list():
                for item in part:  # pyright: ignore[reportUnknownVariableType] -- plain JSON data
                    yield from keys(item)
            case _:
                pass

    schemas = [json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "schemas").glob("*.schema.json")]
    return {key for schema in schemas for key in keys(schema)}


def test_no_knowledge_about_manifests_is_written_in_python():
    keys = manifest_keys() - WORDS
    found = [
        f"{names(path)}:{node.lineno}: {node.value!r}"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and node.value in keys
    ]

    assert found == []


def test_the_core_opens_no_file():
    found = [
        f"{names(path)}:{node.lineno}"
        for path in CORE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
    ]

    assert found == []


def test_modules_are_short():
    lines = {names(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}

    assert {path: length for path, length in lines.items() if length > LONGEST_MODULE} == {}


def test_functions_are_short():
    lengths = {
        f"{names(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_a_module_says_what_it_is():
    assert [names(path) for path in MODULES if not ast.get_docstring(tree(path))] == []
