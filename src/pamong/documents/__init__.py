"""Documents and files: the store of what was handed in, and what is printed."""
