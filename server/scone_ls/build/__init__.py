"""Building a manifest with `sconectl`: what to run, where, and running it.

Both faces use it, the command line and the server; it prints nothing and knows no protocol.
"""
