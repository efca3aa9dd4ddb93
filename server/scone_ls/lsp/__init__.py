"""The protocol edge: what editors say becomes calls of the core, and its plain data becomes answers.

Nothing is imported here, so that `initialize` is answered before anything heavy is loaded.
"""
