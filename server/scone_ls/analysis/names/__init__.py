"""The names in a manifest: what is declared and what is used where, and what cannot be known."""
