"""The command line, and the launcher of the private PostgreSQL."""
