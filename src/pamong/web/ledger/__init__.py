"""The ledger as pages: how the logs stand, what they hold, what was promised, and the published files."""
