"""One's own account: profile, look."""
