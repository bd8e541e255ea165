"""A witness of transparency logs: it countersigns what continues what it saw before, and nothing else."""
