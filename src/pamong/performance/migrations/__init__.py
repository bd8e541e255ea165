"""Migrations of performance."""
