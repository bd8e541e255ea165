"""Units, posts, seats and reporting lines through time."""
