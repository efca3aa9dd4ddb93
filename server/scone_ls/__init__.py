"""scone-ls: a language server and command line checks for SCONE manifests.

The package exports nothing but its version: import the module that has what you need.
"""

__version__ = "0.1.0"
