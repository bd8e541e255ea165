"""Pages of entries: one proposes a change of somebody's data, another decides."""
