"""One module for each thing that an editor asks for: a document in, plain data out."""
