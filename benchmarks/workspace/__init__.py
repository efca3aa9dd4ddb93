"""How fast a large workspace is known, and how fast a change in one file shows in the others."""
