"""A paid month worked out again: what differs from what was paid, and why. Nothing here writes."""
