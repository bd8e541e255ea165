"""The plan of a reorganisation: read, carried out, shown before it is adopted."""
