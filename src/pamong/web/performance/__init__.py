"""Pages of work and behaviour of the month."""
