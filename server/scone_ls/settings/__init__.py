"""The settings, shared by the server and the command line: what there are, and how they are read from wherever they stand.

Nothing is imported here, as the name of the section is needed before there is time to load pydantic. What a setting
does is known where it is used.
"""

SECTION = "scone-ls"
"""The name under which clients and `pyproject.toml` keep the settings."""
