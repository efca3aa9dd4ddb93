"""Why a command can't do its work: the one exception that a user sees as a sentence."""


class Failure(Exception):  # noqa: N818 -- It says that something can't be done; often that is no error.
    """What can't be done, where, why, and the way out; shown on one line, with exit code 2."""


def unexpected(error: Exception, name: str | None) -> str:
    """Return one line about a defect of this program, met at work on the file of that name."""
    where = f" in `{name}`" if name else ""
    cause = " ".join(f"{type(error).__name__}: {error}".split())
    return f"a defect of scone-ls showed{where}: {cause}; please report it with what --debug prints"
