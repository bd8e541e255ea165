"""Pages of careers: raises that fall due, one of them, one's own, and the change list of the treasury."""
