"""Why a command can't do its work: the one exception that a user sees as a sentence."""

import os


class Failure(Exception):  # noqa: N818 -- It says that something can't be done; often that is no error.
    """What can't be done, where, why, and the way out; shown on one line, with exit code 2."""


def reason(error: OSError) -> str:
    """Return what the system says about an error, in the style of all messages."""
    known = error.errno is not None and error.errno > 0  # Failures to resolve a name have numbers of their own.
    said = os.strerror(error.errno or 0) if known else error.strerror or type(error).__name__
    return said[:1].lower() + said[1:]


def unexpected(error: Exception, name: str | None) -> str:
    """Return one line about a defect of this program, met at work on the file of that name."""
    where = f" in `{name}`" if name else ""
    cause = " ".join(f"{type(error).__name__}: {error}".split())
    return f"a defect of scone-ls showed{where}: {cause}; please report it with what --debug prints"
