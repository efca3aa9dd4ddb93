"""A document with everything that follows from its text and the specification; it words nothing for the user."""
