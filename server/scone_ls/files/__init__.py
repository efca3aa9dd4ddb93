"""The disk: which files hold manifests, what git ignores, which paths exist, what shell files export; nothing is written.

What it finds is plain data for the server and for the command line alike. No protocol, no terminal.
"""
