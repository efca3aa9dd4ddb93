"""Set-up of the whole test run: how hypothesis looks for examples, and that no failure of a rule goes unnoticed."""

import os

from hypothesis import settings

from scone_ls.features import diagnostics

diagnostics.on_failure = diagnostics.raise_failure

# A slow machine is no failure. In CI the examples are always the same, so that a red run is red again on one's desk.
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")
