"""Users, roles with their scopes, the gate before every read, and the log of who looked."""
