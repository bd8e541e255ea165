"""Migrations of the ledger: tables, guards, grants."""
