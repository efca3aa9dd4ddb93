"""Why a file or folder can't be read, as one sentence for its reader."""

import os


class UnreadableError(Exception):
    """What can't be read: which file or folder, why, and the way out where there is one."""


def reason(error: OSError) -> str:
    """Return what the system says about an error, in the style of all messages."""
    known = error.errno is not None and error.errno > 0  # Failures to resolve a name have numbers of their own.
    said = os.strerror(error.errno or 0) if known else error.strerror or type(error).__name__
    return said[:1].lower() + said[1:]
