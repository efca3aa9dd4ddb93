"""What is known about manifests, read from the files under `schemas/`; it never sees a manifest's text."""
