"""Verifies, without network, what a Pamong ledger proves. It shares formats with the server, but no code."""
