"""Whether a text may hold a manifest, told from its top-level keys, without reading it as YAML.

It is a sieve, not a judgement: it lets through whatever the parser must decide.
"""

import re
from functools import lru_cache

from scone_ls.spec import kinds

HEAD = 64 * 1024
"""Code points from which a long text is judged: whoever writes a long manifest begins it as one."""

_DOCUMENT_END = re.compile(r"^(?:---|\.\.\.)(?=\s|$)", re.MULTILINE)
_TOP_LEVEL_KEY = re.compile(
    r"""^(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'#%&*!|>@`{}\[\],?:\-][^:\n]*?))[ \t]*:(?:[ \t]+([^\n]*))?$""", re.MULTILINE
)
_COMMENT = re.compile(r"(?:^|[ \t]+)#.*")
_ODD_ROOT = re.compile(r"\A(?:[ \t]*(?:#[^\n]*)?\n)*(?:[ \t]+[^\s#-]|[{?!&])")
_LONG = 1024 * 1024


def may_hold_manifest(string: str) -> bool:
    """Tell whether a text may hold a manifest; only where no document can be one, it is false.

    Of a text of more than a million code points, only the beginning counts.
    """
    looked_at = string if len(string) <= _LONG else string[:HEAD]
    plain = looked_at.replace("\r\n", "\n").replace("\r", "\n")
    return any(_may_be_manifest(part) for part in _DOCUMENT_END.split(plain))


def _may_be_manifest(document: str) -> bool:
    if _ODD_ROOT.match(document):
        return True
    keys = tuple(
        (double or single or bare, _scalar(value)) for double, single, bare, value in _TOP_LEVEL_KEY.findall(document)
    )
    return bool(keys) and _is_ours(keys)


@lru_cache(maxsize=64)
def _is_ours(keys: tuple[tuple[str, str | None], ...]) -> bool:
    return kinds.identify(keys).ours


def _scalar(written: str) -> str | None:
    """Return the value of a key as far as it matters here: without comment and quotes."""
    if not written:
        return None
    value = _COMMENT.sub("", written).strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return value or None
