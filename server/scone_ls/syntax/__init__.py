"""YAML: from text to a tree that keeps every position. Knows nothing of SCONE."""
