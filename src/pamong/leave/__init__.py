"""Leave: a register of who is on leave when, by which document."""
