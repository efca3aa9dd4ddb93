"""The manifests of a workspace together: which names they share, and through which images they belong to each other."""
