"""Migrations of careers."""
