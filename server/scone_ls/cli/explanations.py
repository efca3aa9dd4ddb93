"""What a rule's documentation says: the docstring of its module, whole or its first sentence, as Markdown or as text."""

import importlib
import inspect
import re
from itertools import cycle

from scone_ls.rules.rule import Rule


def explanation(rule: Rule) -> str:
    """Return the documentation as Markdown; nothing where Python left the docstrings out."""
    module = importlib.import_module(f"scone_ls.rules.{rule.code.replace('-', '_')}")
    return inspect.cleandoc(module.__doc__ or "")


def summary(rule: Rule) -> str:
    """Return the first sentence of the documentation."""
    lines = explanation(rule).splitlines()
    return lines[0] if lines else ""


def plain(markdown: str) -> str:
    """Return Markdown as it reads best on a terminal: code moved in, headings and links without their signs."""
    blocks = re.split(r"^```[^\n]*\n(.*?)^```$", markdown, flags=re.MULTILINE | re.DOTALL)
    return "".join(
        _indented(block) if code else _prose(block) for block, code in zip(blocks, cycle((False, True)), strict=False)
    )


def _indented(code: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in code.splitlines())


def _prose(text: str) -> str:
    text = re.sub(r"^#+ (.*)$", r"\1:", text, flags=re.MULTILINE)
    return re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r"\1 (\2)", text)
