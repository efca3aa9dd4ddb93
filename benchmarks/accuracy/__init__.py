"""How right a server is about manifests with one mistake in them: `python -m benchmarks.accuracy`."""
