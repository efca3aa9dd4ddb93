"""Speed of language servers from the client's side: `python -m benchmarks.latency`."""
