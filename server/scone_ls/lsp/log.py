"""The log: lines on standard error, where clients show them; never on standard output, which is the protocol's."""

import logging
import sys

LEVELS = ("error", "warning", "info", "debug")


def start(level: str) -> None:
    """Log from a level of `LEVELS` on; pygls, which logs whole messages at `info`, only with `debug`.

    Raises:
        ValueError: there is no such level.

    """
    logging.basicConfig(
        stream=sys.stderr, level=level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    change(level)


def change(level: str) -> None:
    """Log from another level on."""
    logging.getLogger().setLevel(level.upper())
    quiet = logging.NOTSET if level == "debug" else logging.ERROR
    for name in ("pygls", "asyncio"):
        logging.getLogger(name).setLevel(quiet)
