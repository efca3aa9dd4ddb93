"""`scone-ls schema KIND`: the JSON Schema of a kind of manifest, for other tools."""

from scone_ls.cli.failure import Failure
from scone_ls.spec import kinds, schema, spelling


def run(kind: str) -> int:
    """Print the schema as it is in its file; raises `Failure` for an unknown kind."""
    known = kinds.current_kinds()
    if kind not in known:
        meant = kinds.replacements().get(kind) or spelling.nearest(kind, known)
        way_out = f"did you mean `{meant}`?" if meant else f"there are {' and '.join(f'`{name}`' for name in known)}"
        raise Failure(f"`{kind}` is not a kind of manifest; {way_out}")
    print(schema.source_text(kind), end="")
    return 0
