"""Pages of presence."""
