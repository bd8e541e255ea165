"""Pages of leave: what is left, asking for it, ending it."""
