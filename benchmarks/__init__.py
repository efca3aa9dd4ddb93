"""Benchmarks: how fast and how right the server is, beside another one and beside its own targets."""
